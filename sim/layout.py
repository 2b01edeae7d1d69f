"""Which OIDs a printer model has, in order, and how each gets its value.

A layout is shared by all printers of a model; what differs between two of them (serial, counters,
levels) is taken from the printer when a value is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from core.snmp.types import Oid, Tag, Value

if TYPE_CHECKING:
    from sim.printer import Printer

Cell: TypeAlias = "Value | Callable[[Printer], Value]"


def integer(number: int) -> Value:
    """Make an INTEGER."""
    return Value(Tag.INTEGER, number)


def text(words: str) -> Value:
    """Make an OCTET STRING from UTF-8 text."""
    return Value(Tag.OCTET_STRING, words.encode())


def octets(data: bytes) -> Value:
    """Make an OCTET STRING."""
    return Value(Tag.OCTET_STRING, data)


def counter(number: int) -> Value:
    """Make a Counter32, which wraps as real ones do (RFC 2578, 7.1.6)."""
    return Value(Tag.COUNTER32, number % 2**32)


def gauge(number: int) -> Value:
    """Make a Gauge32, which latches at its limits."""
    return Value(Tag.GAUGE32, max(0, min(number, 2**32 - 1)))


def ticks(seconds: float) -> Value:
    """Make TimeTicks (hundredths of a second, wrapping) from seconds."""
    return Value(Tag.TIME_TICKS, int(seconds * 100) % 2**32)


def name(oid: Oid) -> Value:
    """Make an OBJECT IDENTIFIER."""
    return Value(Tag.OBJECT_IDENTIFIER, oid)


class Layout:
    """OIDs with their cells. Built once, then only read."""

    def __init__(self) -> None:
        self.cells: dict[Oid, Cell] = {}
        self._order: list[Oid] = []
        self._objects: set[Oid] = set()

    def scalar(self, oid: Oid, cell: Cell) -> None:
        """Add a scalar object; its instance is ``.0``."""
        self._objects.add(oid)
        self.cells[(*oid, 0)] = cell

    def row(self, entry: Oid, index: Oid, columns: dict[int, Cell]) -> None:
        """Add one row to the table whose entry (…Entry) is ``entry``."""
        for column, cell in columns.items():
            self._objects.add((*entry, column))
            self.cells[(*entry, column, *index)] = cell

    def instance(self, oid: Oid, cell: Cell) -> None:
        """Add one instance; all but its last number is taken as the object."""
        self._objects.add(oid[:-1])
        self.cells[oid] = cell

    def close(self) -> None:
        """Put the OIDs in order; to be called after the last one was added."""
        self._order = sorted(self.cells)

    def after(self, oid: Oid) -> Oid | None:
        """Give the first OID after this one, or ``None``."""
        position = bisect_right(self._order, oid)
        return self._order[position] if position < len(self._order) else None

    def has_object(self, oid: Oid) -> bool:
        """Say whether this lies within an object that there is: noSuchInstance, not Object."""
        return any(oid[:length] in self._objects for length in range(1, len(oid) + 1))
