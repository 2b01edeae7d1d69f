"""The twin of a chart for who walks by keyboard or listens: the same values as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui import wording, words
from app.ui.charts import origins as chart_origins
from app.ui.charts import readout as chart_readout
from app.ui.charts import words as chart_words
from app.ui.charts.data import ChartData, Column, Gap, Level, Line, Marker
from app.ui.charts.span import Span
from app.ui.charts.words import said
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.row_table import as_rows
from app.ui.widgets import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW, _ASIDE = 30, 9
_LEVEL, _WIDE = 3, (1, 4)
_HEADS = (
    QT_TRANSLATE_NOOP("Chart", "From"),
    QT_TRANSLATE_NOOP("Chart", "Until"),
    QT_TRANSLATE_NOOP("Chart", "Supply"),
    QT_TRANSLATE_NOOP("Chart", "Level"),
    QT_TRANSLATE_NOOP("Chart", "Remarks"),
    QT_TRANSLATE_NOOP("Chart", "From where"),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row is of: a bucket, a level of a line, something that happened, or a gap."""

    at: float
    column: Column | None = None
    line: Line | None = None
    level: Level | None = None
    marker: Marker | None = None
    gap: Gap | None = None


class ChartTableModel(QAbstractTableModel):
    """A row a bucket; or one a change of a level, a gap, and what else happened. The newest first.

    Texts are made when they are seen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._data = ChartData(Span(0, 1))
        self._shown: tuple[bool, ...] = ()
        self._zone: tzinfo = UTC
        self._rows: list[_Row] = []
        self._marks: dict[tuple[str, float], list[Marker]] = {}

    def show_data(self, data: ChartData, shown: tuple[bool, ...], zone: tzinfo) -> None:
        """Show what a chart shows."""
        self.beginResetModel()
        self._data, self._shown, self._zone = data, shown, zone
        self._marks = {}
        if data.columns:
            rows = [_Row(column.start, column) for column in data.columns]
        else:
            rows = self._levels()
        self._rows = sorted(rows, key=lambda row: row.at, reverse=True)
        self.endResetModel()

    def _levels(self) -> list[_Row]:
        data = self._data
        lines = [line for line, on in zip(data.lines, self._shown, strict=True) if on]
        rows = [_Row(level.at, line=line, level=level) for line in lines for level in line.levels]
        there = {(line.part.key, level.at) for line in lines for level in line.levels}
        keys = {line.part.key for line in lines} | {""}
        for marker in data.markers:
            place = (marker.part, marker.at)
            if place in there:
                self._marks.setdefault(place, []).append(marker)
            elif marker.part in keys:
                rows.append(_Row(marker.at, marker=marker))
        return rows + [_Row(gap.since, gap=gap) for gap in data.gaps if lines]

    def at(self, row: int) -> float:
        """Give the time of a row that says most of it: the middle of a bucket, else its start."""
        column = self._rows[row].column
        return self._rows[row].at if column is None else (column.start + column.end) / 2

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
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return self._heads()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the text of a cell."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            text = self._cells(self._rows[index.row()])[index.column()]
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        last = self.columnCount() - 1
        is_number = 0 < column < last if self._data.columns else column == _LEVEL
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _heads(self) -> tuple[str, ...]:
        if self._data.columns:
            names = [p.name for p, on in zip(self._data.parts, self._shown, strict=True) if on]
            if self._data.stacked and len(names) > 1:
                names.append(said("Together"))
            return (said("When"), *names, said("Remarks"))
        return tuple(said(head) for head in _HEADS)

    def _cells(self, row: _Row) -> tuple[str, ...]:
        if row.column is not None:
            return self._bucket(row.column)
        if row.line is not None and row.level is not None:
            return self._level(row.line, row.level)
        if row.gap is not None:
            span = (self._moment(row.gap.since), self._moment(row.gap.until))
            return (*span, said("All"), words.not_known(), said("Nobody read it for a while."), "")
        told = "" if row.marker is None else row.marker.told or row.marker.word
        return (self._moment(row.at), self._moment(row.at), "", "", told, "")

    def _bucket(self, column: Column) -> tuple[str, ...]:
        middle = (column.start + column.end) / 2
        told = chart_readout.read(self._data, self._shown, middle, self._zone)
        when = chart_words.bucket(column.start, self._data.bucket, self._zone)
        values = [] if told is None else [row.text for row in told.rows]
        missing = self.columnCount() - 2 - len(values)  # nothing is known of any: no sum either
        values += [words.not_known()] * missing
        return (when, *values, " ".join(told.remarks) if told else "")

    def _level(self, line: Line, level: Level) -> tuple[str, ...]:
        value = words.not_known() if level.value is None else wording.percent(level.value)
        marks = self._marks.get((line.part.key, level.at), [])
        source = chart_origins.own(level, line.sources)
        return (
            self._moment(level.at),
            self._moment(level.until),
            line.part.name,
            value,
            ", ".join(marker.word for marker in marks),
            chart_origins.way(source, line.sources.maker),
        )

    def _moment(self, at: float) -> str:
        return chart_words.moment(at, self._zone)


class _Cells(QStyledItemDelegate):
    """Draws the words under those of the head."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell, its words away from those beside it."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(_ASIDE, 0, -_ASIDE, 0)
        super().paint(painter, inner, index)


class ChartTable(QTableView):
    """Shows a ``ChartTableModel``. ``asked`` gives the time of a row (Unix seconds) of which a
    person wants to know where its values come from.
    """

    asked = Signal(float)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = ChartTableModel()
        self._kind: tuple[bool, int] | None = None
        self.setModel(self.rows)
        self.setItemDelegate(_Cells(self))
        self.activated.connect(lambda index: self.asked.emit(self.rows.at(index.row())))
        self.setAccessibleName(name)
        as_rows(self, _ROW)
        self.horizontalHeader().setStretchLastSection(True)

    def sizeHint(self) -> QSize:
        """Take what the chart takes in whose place it stands."""
        return QSize(640, 128)

    def show_data(self, data: ChartData, shown: tuple[bool, ...], zone: tzinfo) -> None:
        """Show what a chart shows; the place in the list stays."""
        place = self.verticalScrollBar().value()
        self.rows.show_data(data, shown, zone)
        kind = (bool(data.columns), self.rows.columnCount())
        if kind != self._kind:
            self._kind = kind
            for column in range(self.rows.columnCount() - 1):
                wide = column == 0 or (column in _WIDE and not data.columns)
                self.setColumnWidth(column, 200 if wide else 130)
        self.verticalScrollBar().setValue(place)
