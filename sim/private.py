"""Private OIDs of a model: the maker's own counters and identity, as its data file says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from core.snmp.types import Oid, Value, parse_oid
from sim.layout import Cell, Layout, counter, gauge, integer, octets
from sim.spec import Private, Spec

if TYPE_CHECKING:
    from sim.printer import Printer

ENTERPRISES: Oid = (1, 3, 6, 1, 4, 1)


def add_private(layout: Layout, spec: Spec) -> None:
    """Add every private OID of the model."""
    for row in spec.private:
        layout.instance((*ENTERPRISES, *parse_oid(row.oid)), _cell(row))


def _cell(row: Private) -> Cell:
    """Choose the way that the row gives its value; raises ``ValueError`` if it gives none."""
    for name, make in ((row.counter, counter), (row.gauge, gauge), (row.integer, integer)):
        if name is not None:
            return partial(_number, name, make)
    if row.number is not None:
        return integer(row.number)
    if row.text is not None:
        return partial(_text, row.text, bytes.fromhex(row.prefix))
    if row.records is not None:
        return partial(_records, row.records)
    raise ValueError(f"no value for {row.oid}")


def _number(name: str, make: Callable[[int], Value], printer: Printer) -> Value:
    return make(printer.number(name))


def _text(template: str, prefix: bytes, printer: Printer) -> Value:
    return octets(prefix + printer.text(template).encode())


def _records(records: tuple[tuple[str, str], ...], printer: Printer) -> Value:
    parts = [
        bytes.fromhex(code) + b"\x01\x04" + printer.number(name).to_bytes(4, "big")
        for code, name in records
    ]
    return octets(b"".join(parts) + b"\xff")
