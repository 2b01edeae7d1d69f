"""The table of devices: live, sorted and filtered in the model itself.

A proxy model in Python costs a call a comparison; here the order is kept by ``DeviceOrder``, so
that 10,000 rows sort and filter within a frame or two. Persistent indexes follow their device, so
selection survives every change; the view keeps its scroll position by itself (``DeviceTable``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.ui.devices.columns import PLAIN, RIGHT, head, missing_text, plain_text
from app.ui.devices.filter import Filter, parse
from app.ui.devices.order import DeviceOrder
from app.ui.devices.row import Column, DeviceRow, make_row
from app.ui.keyed_model import KeyedModel
from app.ui.widgets import plain_tip
from core.model.device import DeviceSummary

ROW_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class DeviceModel(KeyedModel):
    """Devices by key. ``data(index, ROW_ROLE)`` gives the ``DeviceRow`` that delegates paint."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = DeviceOrder()
        self._rows = self._order.rows
        self._text = ""
        self._tally: Counter[str] = Counter()
        self._newest = ""

    # --- what the rest of the window asks -------------------------------------------------------

    @property
    def total(self) -> int:
        """How many devices there are, filtered out or not."""
        return len(self._rows)

    @property
    def needing_attention(self) -> int:
        """How many of them somebody should look at."""
        return self._tally["attention"]

    @property
    def newest_reading(self) -> str | None:
        """When a device was read last (RFC 3339), of all of them."""
        return self._newest or None

    @property
    def silent(self) -> int:
        """How many of them do not answer."""
        return self._tally["silent"]

    def row(self, key: str) -> DeviceRow | None:
        """Give a device by key, filtered out or not."""
        return self._rows.get(key)

    def rows(self) -> list[DeviceRow]:
        """Give all devices, filtered out or not, in no order."""
        return list(self._rows.values())

    # --- changes --------------------------------------------------------------------------------

    def update(self, summaries: Sequence[DeviceSummary]) -> None:
        """Take new and changed devices in one go."""
        moved = False
        for summary in summaries:
            row = make_row(summary)
            self._count(self._rows.get(row.key), -1)
            self._count(row, 1)
            moved = self._order.put(row) or moved
            if summary.latest is not None:
                self._newest = max(self._newest, summary.latest.taken_at)
        keys = [s.device.key for s in summaries]
        if moved:
            self._settle(keys)
        else:
            self._tell_changed(keys)

    def remove(self, keys: Iterable[str]) -> None:
        """Drop devices that are no more."""
        for key in keys:
            self._count(self._order.drop(key), -1)
        self._settle([])

    def set_filter(self, text: str) -> None:
        """Show only devices of which every term of ``text`` holds (``device_filter``)."""
        text = text.strip()
        if text != self._text:
            self._text = text
            self._order.set_filter(parse(text))
            self._settle([])

    @property
    def filter(self) -> Filter:
        """The filter as it was understood."""
        return self._order.filter

    def visible(self) -> list[str]:
        """Give the keys of what is shown, in order."""
        return list(self._visible)

    def _count(self, row: DeviceRow | None, step: int) -> None:
        if row is not None:
            self._tally["attention"] += step * row.chip.needs_attention
            self._tally["silent"] += step * row.chip.silent

    def _settle(self, touched: list[str]) -> None:
        order = self._order.shown()
        if order == self._visible:
            self._tell_changed(touched)
            return
        self._rearrange(order)

    # --- QAbstractTableModel --------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is not known stands last either way."""
        if column < 0:
            return
        self._order.sort(Column(column), descending=order is Qt.SortOrder.DescendingOrder)
        self._settle([])

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Count the visible devices."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the row for delegates, the words for tool tips and screen readers."""
        if not index.isValid() or index.row() >= len(self._visible):
            return None
        row = self._rows.get(self._visible[index.row()])
        if row is None:  # gone, and its line goes within this turn
            return None
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return cell_text(row, Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tool_tip(row, Column(index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the column heads."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return head(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def cell_text(row: DeviceRow, column: Column) -> str:
    """Give a cell in words."""
    if column in PLAIN:
        return plain_text(row.summary, column) or missing_text(row.summary, column)
    texts = {
        Column.PLACE: f"{row.title}, {row.subtitle}",
        Column.STATE: row.chip.word,
        Column.SUPPLIES: row.supplies_text.replace("\n", ", "),
        Column.TOTAL: row.total,
        Column.ADDRESS: f"{row.address}, {row.serial}",
    }
    return texts[column]


def _tool_tip(row: DeviceRow, column: Column) -> str | None:
    problem = row.summary.problem
    if column is Column.SUPPLIES:
        text = row.supplies_text
    elif column is Column.STATE and problem is not None:
        text = f"{row.chip.word}\n{problem.text}\n{problem.remedy}".strip()
    else:
        return None
    return plain_tip(text)
