"""What the filter box understands, with examples that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui import fonts
from app.ui.devices import filter as device_filter
from app.ui.popover import Popover
from app.ui.tokens import L, M, S
from app.ui.widgets import button, label

_WIDTH = 430


def examples() -> list[tuple[str, str]]:
    """Give each example with what it shows."""
    return [
        ("kyocera reception", QCoreApplication.translate("Filter", "both words, anywhere")),
        ('"front desk"', QCoreApplication.translate("Filter", "these words one after the other")),
        ("vendor:HP", QCoreApplication.translate("Filter", "a word in one field")),
        ("state:offline", QCoreApplication.translate("Filter", "a state, as its chip says it")),
        ("supply<20", QCoreApplication.translate("Filter", "the lowest supply is under 20 %")),
        ("total>=100000", QCoreApplication.translate("Filter", "from so many pages on")),
        ("is:stale", QCoreApplication.translate("Filter", "nothing for weeks, off the reports")),
        ("-archive", QCoreApplication.translate("Filter", "not this word")),
    ]


class FilterHelp(Popover):
    """``chosen`` gives the example that was pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        layout.addWidget(label(self.tr("What can be written here"), "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, (text, said) in enumerate(examples()):
            press = button(text, "link")
            press.setFont(fonts.mono())
            press.setAccessibleName(f"{text}: {said}")
            press.clicked.connect(lambda _=False, text=text: self._press(text))
            grid.addWidget(press, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(said, wrap=True), row, 1)
        layout.addLayout(grid)
        fields = ", ".join((*device_filter.TEXTS, *device_filter.NUMBERS))
        states = ", ".join(device_filter.STATES)
        layout.addWidget(label(self.tr("Fields: %1").replace("%1", fields, 1), "small", wrap=True))
        said = self.tr("After “is:”: %1").replace("%1", states, 1)
        layout.addWidget(label(said, "small", wrap=True))
        layout.setSpacing(S)

    def _press(self, text: str) -> None:
        self.hide()
        self.chosen.emit(text)
