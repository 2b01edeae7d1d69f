"""JSON lines: an object a row, with the keys of the columns."""

from __future__ import annotations

from datetime import datetime
from typing import TextIO

from core.export.table import Cell, Column
from core.host.clock import rfc3339
from core.model.jsonio import to_json


class LinesFile:
    """Writes rows to ``stream``. What is not known is null."""

    def __init__(self, stream: TextIO, columns: tuple[Column, ...]) -> None:
        self._stream = stream
        self._keys = tuple(column.key for column in columns)

    def row(self, cells: tuple[Cell, ...]) -> None:
        """Write one row."""
        plain = [rfc3339(cell) if isinstance(cell, datetime) else cell for cell in cells]
        self._stream.write(to_json(dict(zip(self._keys, plain, strict=True))) + "\n")

    def close(self) -> None:
        """Nothing is left to write: the stream is the caller's."""
