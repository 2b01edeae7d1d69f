"""Chooses one of many devices: a search, and the first that match."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.devices.row import DeviceRow
from app.ui.fields import TextField
from app.ui.popover import Popover
from app.ui.tokens import M, S
from app.ui.widgets import label, plain_tip

_WIDTH, _LIST_HEIGHT = 360, 300
_MOST = 60
_KEY = Qt.ItemDataRole.UserRole


class DevicePicker(Popover):
    """``chosen`` gives the key of the device that a person took."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, rows: Callable[[], list[DeviceRow]]) -> None:
        super().__init__(parent, _WIDTH)
        self._rows = rows
        self._left_out: frozenset[str] = frozenset()
        self.setAccessibleName(self.tr("Choose a printer"))
        self.search = TextField(
            self.tr("Search"), self.tr("Search: model, serial, place"), search=True
        )
        self.search.textChanged.connect(lambda _text: self._fill())
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Printers"))
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self._more = label(role="small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, M, M, M)
        layout.setSpacing(S)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        layout.addWidget(self._more)

    def ask(self, opener: QWidget, left_out: frozenset[str] = frozenset()) -> None:
        """Open under a button; the devices ``left_out`` (keys) are not offered."""
        self._left_out = left_out
        self.search.clear()
        self._fill()
        self.open_at(opener)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the list, Enter takes the first."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
            self.list.setCurrentRow(0)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.count():
            self._take(self.list.currentItem() or self.list.item(0))
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        found = [
            row
            for row in self._rows()
            if row.key not in self._left_out and all(word in row.haystack for word in words)
        ]
        found.sort(key=lambda row: row.order[0])
        self.list.clear()
        for row in found[:_MOST]:
            item = QListWidgetItem(f"{row.title} · {row.subtitle}")
            item.setData(_KEY, row.key)
            item.setSizeHint(QSize(0, 30))
            item.setToolTip(plain_tip(item.text()))
            self.list.addItem(item)
        rest = len(found) - _MOST
        text = self.tr("and %1 more: search for one").replace("%1", wording.number(rest), 1)
        if not found:
            text = self.tr("No printer matches.")
        self._more.setText(text)
        self._more.setVisible(rest > 0 or not found)

    def _take(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(str(item.data(_KEY)))
