"""How to ask for known places in few octets: by name, or by column in at most two GETBULKs.

A name costs its OID in the request and in the answer; a row of a GETBULK costs it in the answer
alone, but each column goes one row too far, and all columns of a request go equally far. Whether a
row has come is seen by that further row: of each table that is watched, one column is read so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from core.snmp.types import Oid, Value
from core.telemetry.shape import Rows
from core.telemetry.shape_places import ALERTS, WATCHED, Changing
from core.telemetry.snapshot import Snapshot

_HEADERS: Final = 126  # IP, UDP and SNMP, there and back
_NAME: Final = 6  # tags and lengths of a variable with an empty value, beside its name
_ROOM: Final = 1_350  # octets of variables that an answer should have at most
_BEYOND: Final = 6  # octets of a value that is not the column's own


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask: names, and columns."""

    scalars: tuple[Oid, ...]
    tables: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: the rows there are, and what asking costs in octets."""

    oid: Oid
    rows: int
    wanted: tuple[Oid, ...]
    values: int

    def by_name(self) -> int:
        return sum(2 * (len(oid) + _NAME) for oid in self.wanted) + self.values

    def answer(self, rows: int) -> int:
        """How long the answer to a GETBULK of so many rows is."""
        each = len(self.oid) + 2 + _NAME
        return (rows + 1) * each + self.values + (rows + 1 - self.rows) * _BEYOND

    def in_bulk(self, rows: int) -> int:
        return len(self.oid) + _NAME + self.answer(rows)


def plan(snapshot: Snapshot, wanted: Sequence[Oid], changing: Changing) -> Plan:
    """Say how to ask for ``wanted``, all of which the snapshot holds."""
    by_column: dict[Oid, list[Oid]] = {}
    scalars = []
    for oid in wanted:
        column = changing.column_of(oid)
        if column is None:
            scalars.append(oid)
        else:
            by_column.setdefault(column, []).append(oid)
    columns = {c: _column(snapshot, c, rows) for c, rows in by_column.items()}
    watched = list(_watched(snapshot, columns))
    rest = [column for column in columns.values() if column not in watched]
    ways = [_way(watched, rest, split) for split in _splits(len(watched))]
    _, tables, named = min(ways, key=lambda way: way[0])
    return Plan((*scalars, *(oid for column in named for oid in column.wanted)), tables)


def _column(snapshot: Snapshot, column: Oid, wanted: Sequence[Oid]) -> _Column:
    rows = snapshot.column(column)
    values = sum(_size(value) for value in rows.values())
    return _Column(column, len(rows), tuple(wanted), values)


def _watched(snapshot: Snapshot, columns: dict[Oid, _Column]) -> Iterator[_Column]:
    """Give the column of each watched table that has the most rows, and is short."""
    for table in WATCHED:
        present = [columns[c] for c in table if c in columns]
        if present:
            yield max(present, key=lambda column: (column.rows, -column.values))
        elif table is ALERTS:
            yield _column(snapshot, table[0], ())


def _splits(count: int) -> Iterator[tuple[int, ...]]:
    """Give the ways to share so many columns between two requests, of which it is all the same
    which is the first.
    """
    return ((0, *rest)[:count] for rest in product((0, 1), repeat=max(count - 1, 0)))


def _way(
    watched: Sequence[_Column], rest: Sequence[_Column], split: tuple[int, ...]
) -> tuple[int, tuple[Rows, ...], list[_Column]]:
    groups = [[c for c, at in zip(watched, split, strict=True) if at == side] for side in (0, 1)]
    groups = [group for group in groups if group]
    reach = [max(column.rows for column in group) for group in groups]
    named = []
    for column in rest:
        fitting = [at for at, rows in enumerate(reach) if rows >= column.rows]
        best = min(fitting, key=lambda at: column.in_bulk(reach[at]), default=None)
        if best is None or column.in_bulk(reach[best]) >= column.by_name():
            named.append(column)
        else:
            groups[best].append(column)
    octets = sum(column.by_name() for column in named)
    for group, rows in zip(groups, reach, strict=True):
        octets += sum(column.in_bulk(rows) for column in group)
        octets += _HEADERS * -(-sum(column.answer(rows) for column in group) // _ROOM)
    tables = tuple(
        Rows(tuple(column.oid for column in group), rows)
        for group, rows in zip(groups, reach, strict=True)
    )
    return octets, tables, named


def _size(value: Value) -> int:
    data = value.data
    if isinstance(data, int):
        return max(1, (data.bit_length() + 8) // 8)
    return len(data or ())
