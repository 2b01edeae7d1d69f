"""A table model whose rows are known by a key, so that what points at a row follows it anywhere."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject


class KeyedModel(QAbstractTableModel):
    """Rows in sight by key; what is in them is with whoever inherits this."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visible: list[str] = []
        self._place: dict[str, int] = {}

    def key_at(self, row: int) -> str | None:
        """Give the key of a row; ``None`` where there is none."""
        return self._visible[row] if 0 <= row < len(self._visible) else None

    def index_of(self, key: str) -> QModelIndex:
        """Give the first cell of a row, or an invalid index where the filter hides it."""
        place = self._place.get(key)
        return QModelIndex() if place is None else self.index(place, 0)

    def places(self, keys: Iterable[str]) -> list[int]:
        """Give where these rows are, rising; what is hidden is left out."""
        return sorted(self._place[key] for key in keys if key in self._place)

    def _rearrange(self, order: list[str]) -> None:
        """Show these rows in this order; persistent indexes follow their key."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [self._visible[index.row()] for index in held]
        self._visible = order
        self._place = {key: place for place, key in enumerate(order)}
        moved = [self._moved(key, index.column()) for key, index in zip(keys, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _moved(self, key: str, column: int) -> QModelIndex:
        place = self._place.get(key)
        return QModelIndex() if place is None else self.createIndex(place, column)

    def _tell_changed(self, keys: Iterable[str]) -> None:
        places = self.places(keys)
        if places:
            self._tell(places[0], places[-1])

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
