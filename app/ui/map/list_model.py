"""The map as a tree: segments, and in each of them its printers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from app.ui import fonts
from app.ui.devices import words as device_words
from app.ui.map import words as map_words
from app.ui.map.items import NodeItem
from app.ui.map.scene import MapScene
from core.model.device import DeviceSummary

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Part(IntEnum):
    """The columns."""

    NAME = 0
    STATE = 1
    SUPPLY = 2
    ADDRESS = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """An arc: its name, its distance, and the keys of its printers."""

    name: str
    hops: int | None
    keys: tuple[str, ...]


class MapListModel(QAbstractItemModel):
    """Takes what the map holds when it is told to ``refresh``."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._map = scene
        self._groups: tuple[_Group, ...] = ()
        self._known: dict[str, DeviceSummary] = {}

    def refresh(self) -> bool:
        """Take what the map holds now; true where other rows are there than before."""
        groups = tuple(
            _Group(arc.sector.name, arc.sector.hops, keys) for arc, keys in self._map.by_arc()
        )
        if groups != self._groups:
            self.beginResetModel()
            self._groups = groups
            self._known = {node.key: node.summary for node in self._map.nodes}
            self.endResetModel()
            return True
        self._tell_news()
        return False

    def _tell_news(self) -> None:
        last = len(Part) - 1
        for row, group in enumerate(self._groups):
            home = self.index(row, 0)
            for place, key in enumerate(group.keys):
                node = self._map.node(key)
                if node is not None and self._known.get(key) is not node.summary:
                    self._known[key] = node.summary
                    end = self.index(place, last, home)
                    self.dataChanged.emit(self.index(place, 0, home), end)

    def key(self, index: _Index) -> str | None:
        """Give the key of the printer in a row; ``None`` for a segment."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].keys[index.row()]

    def group(self, row: int) -> tuple[str, int | None]:
        """Give name and distance of a segment."""
        return self._groups[row].name, self._groups[row].hops

    def index_of(self, key: str) -> QModelIndex:
        """Give where a printer stands; an index that is not valid where it does not."""
        for row, group in enumerate(self._groups):
            if key in group.keys:
                return self.index(group.keys.index(key), 0, self.index(row, 0))
        return QModelIndex()

    # --- what Qt asks ---------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        """Give an index: a segment's carries 0, a printer's the number of its segment plus one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: _Index) -> QModelIndex:  # type: ignore[override]
        """Give the segment of a printer."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Count segments, or the printers of one."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() or parent.column():
            return 0
        return len(self._groups[parent.row()].keys)

    def columnCount(self, _parent: _Index = _ROOT) -> int:
        """Count the columns."""
        return len(Part)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Part.NAME: QCoreApplication.translate("Map", "Printer"),
            Part.STATE: QCoreApplication.translate("Map", "State"),
            Part.SUPPLY: QCoreApplication.translate("Map", "Lowest supply"),
            Part.ADDRESS: QCoreApplication.translate("Map", "Address"),
        }[Part(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give words; the whole row in one line for screen readers."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.FontRole:
            return None if index.internalId() else fonts.strong()
        parts = self._words(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return parts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [part for part in parts if part]
            return ", ".join(said) if index.column() == 0 else parts[index.column()]
        return None

    def _words(self, index: _Index) -> tuple[str, str, str, str]:
        if not index.internalId():
            group = self._groups[index.row()]
            count = map_words.segment(len(group.keys), 1.0, None)
            return f"{group.name} · {count} · {map_words.ring(group.hops)}", "", "", ""
        node = self._map.node(self.key(index) or "")
        return _printer(node) if node is not None else ("", "", "", "")


def _printer(node: NodeItem) -> tuple[str, str, str, str]:
    summary = node.summary
    supply = device_words.supply_line(node.lowest) if node.lowest is not None else ""
    name = device_words.place_name(summary)
    model = device_words.model_name(summary.device.identity)
    named = f"{name} · {model}" if model and model != name else name
    return named, node.chip.word, supply, summary.device.endpoint.address
