"""The map's twin for who walks by keyboard or listens: the same printers as a tree."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from app.ui.map.list_model import MapListModel, Part
from app.ui.map.scene import MapScene
from app.workers.batch import Throttle

_WIDTHS = {Part.STATE: 150, Part.SUPPLY: 130, Part.ADDRESS: 120}


class MapList(QTreeView):
    """``picked`` gives the key of the printer that became current, ``opened`` the one entered."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, scene: MapScene) -> None:
        super().__init__()
        self._map = scene
        self._quiet = False
        self._rows = MapListModel(scene)
        self.setModel(self._rows)
        self.setAccessibleName(self.tr("Printers by network"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        heads = self.header()
        heads.setStretchLastSection(False)
        heads.setSectionResizeMode(Part.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            heads.resizeSection(column, width)
        self.activated.connect(self._open)
        self._later = Throttle(self)
        self._later.fired.connect(self._refresh)
        scene.renewed.connect(self._poke)

    def show_key(self, key: str | None) -> None:
        """Make a printer current without a word about it."""
        self._quiet = True
        index = self._rows.index_of(key) if key else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        elif self._rows.key(self.currentIndex()) is not None:  # who stands on a segment stays
            self.selectionModel().clear()
        self._quiet = False

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell which printer is current now."""
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.picked.emit(self._rows.key(current) or "")

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date at first sight."""
        self._refresh()
        super().showEvent(event)

    def _open(self, index: QModelIndex) -> None:
        key = self._rows.key(index)
        if key is not None:
            self.opened.emit(key)

    def _poke(self) -> None:
        if self.isVisible():
            self._later.poke()

    def _refresh(self) -> None:
        groups = self._rows.rowCount()
        closed = {self._rows.group(row) for row in range(groups) if not self._is_open(row)}
        self._quiet = True
        renewed = self._rows.refresh()
        for row in range(self._rows.rowCount() if renewed else 0):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            self.setExpanded(self._rows.index(row, 0), self._rows.group(row) not in closed)
        self._quiet = False
        if self._rows.key(self.currentIndex()) != self._map.selected:
            self.show_key(self._map.selected)

    def _is_open(self, row: int) -> bool:
        return self.isExpanded(self._rows.index(row, 0))
