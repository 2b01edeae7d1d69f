"""What can be done with the devices that are selected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui import wording
from app.ui.tokens import L, M, S
from app.ui.widgets import button, label

LEAST = 2  # selected rows; one has its buttons in the details


class DeviceBar(QFrame):
    """Shows itself while several are selected. What cannot be done says why in its tool tip."""

    read_asked = Signal()
    manage_asked = Signal(bool)
    export_asked = Signal()
    copy_asked = Signal()
    none_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "accent")
        self._chosen = label(role="strong")
        none = button(self.tr("Select none"), "quiet")
        none.clicked.connect(self.none_asked)
        self.copy = button(self.tr("Copy"))
        self.copy.clicked.connect(self.copy_asked)
        self.export = button(self.tr("Export"))
        self.export.clicked.connect(self.export_asked)
        self.ignore = button(self.tr("Ignore"))
        self.ignore.clicked.connect(lambda: self.manage_asked.emit(False))
        self.manage = button(self.tr("Manage"))
        self.manage.clicked.connect(lambda: self.manage_asked.emit(True))
        self.read = button(self.tr("Read now"), "primary")
        self.read.clicked.connect(self.read_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(L, S, M, S)
        layout.setSpacing(S)
        layout.addWidget(self._chosen, 1)
        for each in (none, self.copy, self.export, self.ignore, self.manage, self.read):
            layout.addWidget(each)
        self.hide()

    def show_chosen(self, count: int, managed: int, why_not_read: str, why_not_export: str) -> None:
        """Say how many are selected and ``managed`` of them; the reasons are "" where it can be."""
        said = self.tr("%n printer(s) selected", "", count)
        self._chosen.setText(wording.counted(said, count))
        self.setVisible(count >= LEAST)
        already = self.tr("All of them are managed already.") if managed == count else ""
        ignored = self.tr("All of them are ignored already.") if not managed else ""
        _allow(self.read, why_not_read, self.tr("Read all of them now"))
        _allow(self.export, why_not_export, self.tr("Write them to a CSV or XLSX file"))
        _allow(self.manage, already, self.tr("Read them at the usual times"))
        _allow(self.ignore, ignored, self.tr("Only list them: they are read no more"))

    @property
    def text(self) -> str:
        """What is said."""
        return self._chosen.text()


def _allow(control: QPushButton, why_not: str, tip: str) -> None:
    control.setEnabled(not why_not)
    control.setToolTip(why_not or tip)
    control.setAccessibleDescription(why_not or tip)
