"""What can be done with the alerts that are selected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui import wording
from app.ui.alerts import words as alert_words
from app.ui.buttons import TextButton
from app.ui.fitting import FittingRow
from app.ui.tokens import L, M, S
from app.ui.widgets import ElidedLabel, button


class AlertBar(QFrame):
    """Shows itself while something is selected. ``all_asked`` gives whether all rows or none are
    to be selected.
    """

    acknowledge_asked = Signal()
    skip_asked = Signal()
    all_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "accent")
        self._chosen = ElidedLabel(role="strong")
        every = TextButton(self.tr("Select all"), kind="quiet").give_way("check", 1)
        every.clicked.connect(lambda: self.all_asked.emit(True))
        none = TextButton(self.tr("Select none"), kind="quiet").give_way("close", 1)
        none.clicked.connect(lambda: self.all_asked.emit(False))
        skip = button(self.tr("Skip once"), tip=alert_words.skip_tip())
        skip.clicked.connect(self.skip_asked)
        self._skip = skip
        self.acknowledge = button(self.tr("Acknowledge"), "primary")
        self.acknowledge.clicked.connect(self.acknowledge_asked)
        layout = FittingRow(self._chosen)
        self.setLayout(layout)
        layout.setContentsMargins(L, S, M, S)
        layout.setSpacing(S)
        layout.addWidget(self._chosen, 1)
        for widget in (every, none, skip, self.acknowledge):
            layout.addWidget(widget)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are selected; hide where none is."""
        said = self.tr("%n selected", "", count)
        self._chosen.setText(wording.counted(said, count))
        self.setVisible(bool(count))

    def wait(self) -> None:
        """Take no more until what was asked for is done."""
        for each in (self._skip, self.acknowledge):
            each.setEnabled(False)

    def go_on(self) -> None:
        """Take more."""
        for each in (self._skip, self.acknowledge):
            each.setEnabled(True)

    @property
    def text(self) -> str:
        """What is said."""
        return self._chosen.full_text()
