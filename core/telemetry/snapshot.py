"""Everything that was fetched from one agent, to be read as scalars and tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import ItemsView, Iterable, Mapping
from dataclasses import dataclass

from core.snmp.types import Oid, Value


class Snapshot:
    """An immutable picture of an agent: OID to value, only of values that are present.

    Rows of a table are found by the index that follows the column's OID.
    """

    __slots__ = ("_keys", "_values")

    def __init__(self, values: Mapping[Oid, Value]) -> None:
        self._values = {oid: value for oid, value in values.items() if value.data is not None}
        self._keys = sorted(self._values)

    def with_values(self, more: Mapping[Oid, Value]) -> Snapshot:
        """Give a snapshot that also holds ``more``."""
        return Snapshot({**self._values, **more})

    def value(self, oid: Oid) -> Value | None:
        """Give the value at exactly ``oid``."""
        return self._values.get(oid)

    def number(self, oid: Oid) -> int | None:
        """Give the number at ``oid``, or ``None``."""
        value = self._values.get(oid)
        return None if value is None else value.number()

    def octets(self, oid: Oid) -> bytes | None:
        """Give the octets at ``oid``, or ``None``."""
        value = self._values.get(oid)
        return None if value is None else value.octets()

    def column(self, column: Oid) -> dict[Oid, Value]:
        """Give every row of ``column``: index (what follows the column's OID) to value."""
        size = len(column)
        found: dict[Oid, Value] = {}
        for at in range(bisect_left(self._keys, column), len(self._keys)):
            oid = self._keys[at]
            if oid[:size] != column:
                break
            if len(oid) > size:
                found[oid[size:]] = self._values[oid]
        return found

    def indexes(self, columns: Iterable[Oid], device: int) -> list[Oid]:
        """Give the row indexes of these columns that begin with ``device``, in order."""
        rows = {index for column in columns for index in self.column(column)}
        return sorted(index for index in rows if len(index) > 1 and index[0] == device)

    def items(self) -> ItemsView[Oid, Value]:
        """Give every OID with its value, in no order."""
        return self._values.items()

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a table, those that any of its ``columns`` has: ``most`` of them at most."""

    columns: tuple[Oid, ...]
    most: int

    def rows(self, snapshot: Snapshot, device: int) -> list[Oid]:
        """Give the indexes of one printer's rows, in order."""
        return snapshot.indexes(self.columns, device)[: self.most]

    def left_out(self, snapshot: Snapshot, device: int) -> int:
        """Count those beyond."""
        if len(snapshot) <= self.most:
            return 0
        return max(0, len(snapshot.indexes(self.columns, device)) - self.most)
