"""What can be done with the alerts that are selected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui import wording
from app.ui.tokens import L, M, S
from app.ui.widgets import button, label


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
        self._chosen = label(role="strong")
        every = button(self.tr("Select all"), "quiet")
        every.clicked.connect(lambda: self.all_asked.emit(True))
        none = button(self.tr("Select none"), "quiet")
        none.clicked.connect(lambda: self.all_asked.emit(False))
        tip = self.tr("Skip next time: pass the next one over")
        skip = button(self.tr("Skip next time"), tip=tip)
        skip.clicked.connect(self.skip_asked)
        self.acknowledge = button(self.tr("Acknowledge"), "primary")
        self.acknowledge.clicked.connect(self.acknowledge_asked)
        layout = QHBoxLayout(self)
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

    @property
    def text(self) -> str:
        """What is said."""
        return self._chosen.text()
