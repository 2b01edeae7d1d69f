"""What every kind of file is made from: columns, and rows of typed cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

#: ``None`` is not known, and stays empty. Times are aware.
Cell: TypeAlias = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is its name for programs (JSON), ``title`` for people; ``width`` in characters."""

    key: str
    title: str
    width: int = 12


class TableFile(Protocol):
    """A file that rows are written to, one at a time; each has as many cells as there are columns.

    ``close`` makes the file whole.
    """

    def row(self, cells: tuple[Cell, ...]) -> None:
        """Write one row."""
        ...

    def close(self) -> None:
        """Write what is left."""
        ...
