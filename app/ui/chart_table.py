"""The twin of a chart for who walks by keyboard or listens: the same values as a table."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui import chart_readout, chart_words, wording, words
from app.ui.chart_data import ChartData, Line
from app.ui.chart_span import Span
from app.ui.chart_words import said

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = 30


class ChartTableModel(QAbstractTableModel):
    """A row a bucket, or a row a change of a level; the newest first. Texts are made when seen."""

    def __init__(self) -> None:
        super().__init__()
        self._data = ChartData(Span(0, 1))
        self._shown: tuple[bool, ...] = ()
        self._zone: tzinfo = UTC
        self._rows: list[tuple[float, int, int]] = []

    def show_data(self, data: ChartData, shown: tuple[bool, ...], zone: tzinfo) -> None:
        """Show what a chart shows."""
        self.beginResetModel()
        self._data, self._shown, self._zone = data, shown, zone
        if data.columns:
            rows = [(column.start, place, 0) for place, column in enumerate(data.columns)]
        else:
            rows = [
                (level.at, number, place)
                for number, line in enumerate(data.lines)
                if shown[number]
                for place, level in enumerate(line.levels)
            ]
        self._rows = sorted(rows, reverse=True)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Give how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Give how many columns there are."""
        return 0 if parent.isValid() else len(self._heads())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._heads()[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the text of a cell."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._cells(index.row())[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_number(index.column()):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _heads(self) -> tuple[str, ...]:
        if self._data.columns:
            names = (p.name for p, on in zip(self._data.parts, self._shown, strict=True) if on)
            return (said("When"), *names, said("Remarks"))
        return (said("From"), said("Until"), said("Supply"), said("Level"), said("From where"))

    def _is_number(self, column: int) -> bool:
        last = self.columnCount() - 1
        return 0 < column < last if self._data.columns else column == 3

    def _cells(self, row: int) -> tuple[str, ...]:
        at, number, place = self._rows[row]
        if not self._data.columns:
            return self._level(self._data.lines[number], place)
        column = self._data.columns[number]
        told = chart_readout.read(self._data, self._shown, at, self._zone)
        values = (
            chart_readout.amount(found)
            for found, on in zip(column.amounts, self._shown, strict=True)
            if on
        )
        remarks = " ".join(told.remarks) if told else ""
        return (chart_words.bucket(at, self._data.bucket, self._zone), *values, remarks)

    def _level(self, line: Line, place: int) -> tuple[str, ...]:
        level = line.levels[place]
        value = words.not_known() if level.value is None else wording.percent(level.value)
        return (
            chart_words.moment(level.at, self._zone),
            chart_words.moment(level.until, self._zone),
            line.part.name,
            value,
            line.origin,
        )


class ChartTable(QTableView):
    """Shows a ``ChartTableModel``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = ChartTableModel()
        self._kind: tuple[bool, int] | None = None
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setStretchLastSection(True)

    def show_data(self, data: ChartData, shown: tuple[bool, ...], zone: tzinfo) -> None:
        """Show what a chart shows; the place in the list stays."""
        place = self.verticalScrollBar().value()
        self.rows.show_data(data, shown, zone)
        kind = (bool(data.columns), self.rows.columnCount())
        if kind != self._kind:
            self._kind = kind
            for column in range(self.rows.columnCount() - 1):
                wide = column == 0 or (column == 1 and not data.columns)
                self.setColumnWidth(column, 190 if wide else 130)
        self.verticalScrollBar().setValue(place)
