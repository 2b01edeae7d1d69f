"""What can be done with the devices that are selected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.ui import wording
from app.ui.buttons import TextButton
from app.ui.charts.meters import MOST_DEVICES
from app.ui.fitting import FittingRow
from app.ui.tokens import L, M, S
from app.ui.widgets import ElidedLabel

LEAST = 2  # selected rows; one has its buttons in the details


class DeviceBar(QFrame):
    """Shows itself while several are selected. What cannot be done says why in its tool tip; where
    room is short the buttons show their icons alone.
    """

    read_asked = Signal()
    manage_asked = Signal(bool)
    compare_asked = Signal()
    export_asked = Signal()
    copy_asked = Signal()
    none_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "accent")
        self._chosen = ElidedLabel(role="strong")
        none = TextButton(self.tr("Select none"), kind="quiet").give_way("close")
        none.clicked.connect(self.none_asked)
        self.copy = TextButton(self.tr("Copy")).give_way("copy")
        self.copy.clicked.connect(self.copy_asked)
        self.export = TextButton(self.tr("Export")).give_way("download")
        self.export.clicked.connect(self.export_asked)
        self.compare = TextButton(self.tr("Compare")).give_way("history")
        self.compare.clicked.connect(self.compare_asked)
        self.ignore = TextButton(self.tr("Ignore")).give_way("hide", 2)
        self.ignore.clicked.connect(lambda: self.manage_asked.emit(False))
        self.manage = TextButton(self.tr("Manage")).give_way("show", 2)
        self.manage.clicked.connect(lambda: self.manage_asked.emit(True))
        self.read = TextButton(self.tr("Read now"), kind="primary").give_way("refresh", 3)
        self.read.clicked.connect(self.read_asked)
        layout = FittingRow(self._chosen)
        layout.setContentsMargins(L, S, M, S)
        layout.setSpacing(S)
        layout.addWidget(self._chosen, 1)
        buttons = (self.copy, self.export, self.compare, self.ignore, self.manage, self.read)
        for each in (none, *buttons):
            layout.addWidget(each)
        self.setLayout(layout)
        self.hide()

    def show_chosen(self, count: int, managed: int, why_not_read: str, why_not_export: str) -> None:
        """Say how many are selected and ``managed`` of them; the reasons are "" where it can be."""
        said = self.tr("%n selected", "", count)
        self._chosen.setText(wording.counted(said, count))
        self.setVisible(count >= LEAST)
        already = self.tr("All of them are managed already.") if managed == count else ""
        ignored = self.tr("All of them are ignored already.") if not managed else ""
        _allow(self.read, why_not_read, self.tr("Read all of them now"))
        _allow(self.export, why_not_export, self.tr("Write them to a CSV or XLSX file"))
        _allow(self.manage, already, self.tr("Read them at the usual times"))
        _allow(self.ignore, ignored, self.tr("Only list them: they are read no more"))
        _allow(self.compare, self._too_many(count), self.tr("Show their history side by side"))
        _allow(self.copy, "", self.tr("Copy the rows for a spreadsheet"))

    def _too_many(self, count: int) -> str:
        if count <= MOST_DEVICES:
            return ""
        form = self.tr("At most %1 printers can be compared.")
        return form.replace("%1", wording.number(MOST_DEVICES), 1)

    @property
    def text(self) -> str:
        """What is said."""
        return self._chosen.full_text()


def _allow(control: QPushButton, why_not: str, tip: str) -> None:
    control.setEnabled(not why_not)
    control.setToolTip(why_not or tip)
    control.setAccessibleDescription(why_not or tip)
