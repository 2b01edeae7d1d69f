"""XLSX: typed cells, times as times, a header that stays in sight."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from core.export.table import Cell, Column

#: A sheet has 1,048,576 rows; another one is begun before.
ROWS_A_SHEET = 1_000_000
_LONGEST_TEXT = 32_767
# A cell is a binary float: a counter with more digits than that goes in as text.
_LARGEST_NUMBER = 10**15


class WorkbookFile:
    """Writes rows to a workbook at ``path``, with constant memory. Times are UTC.

    Texts are written as texts, never as formulas or links, whatever they begin with. ``work`` is
    a folder for what is not whole yet; the caller removes it. Raises ``OSError``.
    """

    def __init__(
        self,
        path: Path,
        columns: tuple[Column, ...],
        *,
        name: str,
        limit: int = ROWS_A_SHEET,
        work: Path | None = None,
    ) -> None:
        path.open("wb").close()  # said now, and not after all rows
        self._columns = columns
        self._name = name
        self._limit = limit
        self._book: Any = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "tmpdir": None if work is None else str(work)}
        )
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name} {self._sheets}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, column.width)
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, column.title, self._head)
        self._rows = 0

    def row(self, cells: tuple[Cell, ...]) -> None:
        """Write one row."""
        if self._rows == self._limit:
            self._finish()
            self._begin()
        self._rows += 1
        for place, cell in enumerate(cells):
            self._cell(place, cell)

    def _cell(self, place: int, cell: Cell) -> None:
        sheet, row = self._sheet, self._rows
        if cell is None:
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, place, cell)
        elif isinstance(cell, datetime):
            moment = cell.astimezone(UTC).replace(tzinfo=None)
            sheet.write_datetime(row, place, moment, self._time)
        elif isinstance(cell, str):
            sheet.write_string(row, place, cell[:_LONGEST_TEXT])
        elif abs(cell) < _LARGEST_NUMBER:
            sheet.write_number(row, place, cell)
        else:
            sheet.write_string(row, place, str(cell))

    def _finish(self) -> None:
        self._sheet.autofilter(0, 0, self._rows, len(self._columns) - 1)

    def close(self) -> None:
        """Write the file; raises ``OSError``."""
        self._finish()
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
