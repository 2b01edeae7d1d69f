"""CSV (RFC 4180): commas, quotes where they are needed, lines that end with CR LF."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TextIO

from core.export.table import Cell, Column
from core.host.clock import rfc3339

# What makes a spreadsheet take a text for a formula, or split it into cells; the last four are the
# wide forms of the first, which some of them take for the same.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")


class DelimitedFile:
    """Writes rows to ``stream``, which was opened with ``newline=""``.

    ``mark`` writes a byte order mark first, so that Excel takes the file for UTF-8.
    """

    def __init__(self, stream: TextIO, columns: tuple[Column, ...], *, mark: bool = False) -> None:
        if mark:
            stream.write("\ufeff")
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow([column.title for column in columns])

    def row(self, cells: tuple[Cell, ...]) -> None:
        """Write one row."""
        self._writer.writerow([_text(cell) for cell in cells])

    def close(self) -> None:
        """Nothing is left to write: the stream is the caller's."""


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return rfc3339(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return guarded(cell)
    return str(cell)


def guarded(text: str) -> str:
    """Give a printer's text so that no spreadsheet runs it: an apostrophe stands before it.

    NUL, which no reader of CSV expects, is left out.
    """
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text
