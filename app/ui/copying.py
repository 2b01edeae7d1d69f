"""Ctrl+C: the selected rows of whatever table has the keyboard, as a spreadsheet takes them."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableView,
    QTreeView,
    QWidget,
)

from app.ui.widgets import ElidedLabel
from core.export.delimited import guarded

_NUMBER = re.compile(r"[+-]?[\d.,]+( ?%)?")
_Index = QModelIndex | QPersistentModelIndex
_WORDS = (QLabel, QAbstractButton)
_VALUES = {"value", "link"}  # buttons that show something, beside those that do something
_SAME_LINE = 6  # px


def rows_as_text(view: QAbstractItemView) -> str:
    """Give the selected rows with the column heads, tabs between cells, a line a row.

    Only what is shown, in the order in which it is shown; nothing where nothing is selected.
    """
    chosen = view.selectionModel()
    if not chosen:  # a view without a model has none
        return ""
    rows = {(index.parent(), index.row()): index for index in chosen.selectedIndexes()}
    return _as_text(view, sorted(rows.values(), key=_place))


def all_as_text(view: QAbstractItemView) -> str:
    """Give all rows of a flat view with the column heads; nothing where there are none."""
    model = view.model()
    count = model.rowCount() if model is not None else 0
    return _as_text(view, [model.index(row, 0) for row in range(count)])


def words_as_text(home: QWidget) -> str:
    """Give the words of labels and values in sight, a line each line that is read."""
    found = [w for w in home.findChildren(QWidget) if isinstance(w, _WORDS) and w.isVisible()]
    lines: dict[int, list[tuple[int, str]]] = {}
    for each in found:
        text = each.full_text() if isinstance(each, ElidedLabel) else each.text()
        if text and (isinstance(each, QLabel) or each.property("kind") in _VALUES):
            at = each.mapTo(home, QPoint(0, each.height() // 2))
            near = next((y for y in lines if abs(y - at.y()) <= _SAME_LINE), at.y())
            lines.setdefault(near, []).append((at.x(), _plain(text)))
    return "\n".join("\t".join(word for _, word in sorted(lines[y])) for y in sorted(lines))


def _as_text(view: QAbstractItemView, order: list[QModelIndex]) -> str:
    if not order:
        return ""
    model, columns = view.model(), _columns(view)
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
