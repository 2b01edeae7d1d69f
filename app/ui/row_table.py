"""A table of rows that are known by a key: one height, chosen by key, and still while rows move."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui.keyed_model import KeyedModel
from app.ui.tokens import ROW_HEIGHT

_HEAD = 36


def as_rows(table: QTableView, height: int) -> None:
    """Have a table show whole rows of one height, that are chosen and not edited."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(height)
    table.horizontalHeader().setHighlightSections(False)


class RowTable(QTableView):
    """Shows a ``KeyedModel``, which is set by whoever inherits this."""

    def __init__(self, keyed: KeyedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyed = keyed
        self._anchor: tuple[str, int] | None = None
        as_rows(self, ROW_HEIGHT)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.horizontalHeader().setFixedHeight(_HEAD)

    def select_key(self, key: str) -> bool:
        """Make a row current and bring it into sight; false where the filter hides it."""
        index = self._keyed.index_of(key)
        if not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def remember_anchor(self) -> None:
        """Note which row stands at the top, before rows move."""
        offset = self.verticalScrollBar().value()
        index = self.indexAt(self.viewport().rect().topLeft())
        key = self._keyed.key_at(index.row()) if index.isValid() else None
        self._anchor = None
        # At the very top new rows may come in above; anywhere else what is read stays put.
        if offset > 0 and key is not None:
            self._anchor = (key, self.rowViewportPosition(index.row()))

    def restore_anchor(self) -> None:
        """Put that row where it stood."""
        if self._anchor is None:
            return
        key, position = self._anchor
        self._anchor = None
        index = self._keyed.index_of(key)
        if index.isValid():
            self.doItemsLayout()
            self.verticalScrollBar().setValue(index.row() * ROW_HEIGHT - position)
