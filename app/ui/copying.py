"""Ctrl+C: the selected rows of whatever table has the keyboard, as a spreadsheet takes them."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTreeView

from core.export.delimited import guarded

_NUMBER = re.compile(r"[+-]?[\d.,]+( ?%)?")
_Index = QModelIndex | QPersistentModelIndex


def rows_as_text(view: QAbstractItemView) -> str:
    """Give the selected rows with the column heads, tabs between cells, a line a row.

    Only what is shown, in the order in which it is shown; nothing where nothing is selected.
    """
    model, chosen = view.model(), view.selectionModel()
    if not chosen:  # a view without a model has none
        return ""
    columns = _columns(view)
    rows = {(index.parent(), index.row()): index for index in chosen.selectedIndexes()}
    order = sorted(rows.values(), key=_place)
    if not order:
        return ""
    heads = [_plain(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns]
    lines = ["\t".join(heads)] if any(heads) else []
    for index in order:
        cells = (index.siblingAtColumn(column) for column in columns)
        lines.append("\t".join(_plain(cell.data()) for cell in cells))
    return "\n".join(lines)


def _columns(view: QAbstractItemView) -> list[int]:
    head = _head(view)
    if head is None:
        return [0]
    order = (head.logicalIndex(place) for place in range(head.count()))
    return [column for column in order if not head.isSectionHidden(column)]


def _head(view: QAbstractItemView) -> QHeaderView | None:
    if isinstance(view, QTableView):
        return view.horizontalHeader()
    return view.header() if isinstance(view, QTreeView) else None


def _place(index: _Index) -> tuple[int, ...]:
    way: list[int] = []
    while index.isValid():
        way.append(index.row())
        index = index.parent()
    return tuple(reversed(way))


def _plain(value: object) -> str:
    """Write a cell so that it stays one cell, and no spreadsheet runs what a printer says."""
    text = " ".join(str(value).split()) if value is not None else ""
    return text if _NUMBER.fullmatch(text) else guarded(text)
