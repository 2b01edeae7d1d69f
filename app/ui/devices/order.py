"""The order of the device table: kept while devices come and change, made anew only for another.

To put 10,000 rows in order takes longer than a window may stand still, and while a list is loading
it would be done for every part of it. So each row that comes or changes is put where it belongs by
bisection; what a whole pass costs is left to another column or another filter.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from app.ui.devices.filter import Filter
from app.ui.devices.row import Column, DeviceRow

_Key = Callable[[str], Any]


class DeviceOrder:
    """Rows by key, and which of them are shown in which order: by the values of ``column``, then by
    name; descending is the same turned round. What is not known stands last either way, by name.
    """

    def __init__(self) -> None:
        self.rows: dict[str, DeviceRow] = {}
        self.column = Column.PLACE
        self.descending = False
        self.filter = Filter()
        self._names: list[str] = []  # every key, by name
        self._known: list[str] = []  # with a value in the column, rising
        self._unknown: list[str] = []  # without one, by name
        self._passing: set[str] = set()  # what the filter lets through

    def put(self, row: DeviceRow) -> bool:
        """Take a row; says whether it stands elsewhere now, or is shown or hidden otherwise."""
        before = self.rows.get(row.key)
        place = int(self.column)
        if before is not None and (row.order[0], row.order[place]) == (
            before.order[0],
            before.order[place],
        ):
            self.rows[row.key] = row
            return self._pass(row)
        if before is not None:
            self._take_out(before)
        self.rows[row.key] = row
        insort(self._names, row.key, key=self._name)
        if row.order[place] is None:
            insort(self._unknown, row.key, key=self._name)
        else:
            insort(self._known, row.key, key=self._value)
        self._pass(row)
        return True

    def drop(self, key: str) -> DeviceRow | None:
        """Forget a row; gives it, or ``None`` where there was none."""
        row = self.rows.get(key)
        if row is not None:
            self._take_out(row)
            self._passing.discard(key)
            del self.rows[key]
        return row

    def sort(self, column: Column, *, descending: bool) -> None:
        """Have another order."""
        self.descending = descending
        if column is not self.column:
            self.column = column
            self._arrange()

    def set_filter(self, wanted: Filter) -> None:
        """Let other rows through."""
        self.filter = wanted
        passing: Iterable[DeviceRow] = self.rows.values()
        for test in wanted.tests:
            passing = [row for row in passing if test(row)]
        self._passing = set(map(attrgetter("key"), passing))

    def shown(self) -> list[str]:
        """Give the keys of what is shown, in order."""
        known = reversed(self._known) if self.descending else self._known
        every = [*known, *self._unknown]
        if not self.filter.tests:
            return every
        passing = self._passing
        return [key for key in every if key in passing]

    def _pass(self, row: DeviceRow) -> bool:
        """Note whether the filter lets a row through; says whether that is new."""
        passes = self.filter.holds(row)
        if passes == (row.key in self._passing):
            return False
        (self._passing.add if passes else self._passing.discard)(row.key)
        return True

    def _take_out(self, row: DeviceRow) -> None:
        """Take a row out of its places, which are those of the values it has."""
        unknown = row.order[int(self.column)] is None
        part, rank = (self._unknown, self._name) if unknown else (self._known, self._value)
        _remove(self._names, row.key, self._name)
        _remove(part, row.key, rank)

    def _arrange(self) -> None:
        rows, place = self.rows, int(self.column)
        # By name already, and the sort is stable: only the values are left to compare.
        known = [key for key in self._names if rows[key].order[place] is not None]
        known.sort(key=lambda key: rows[key].order[place])
        self._known = known
        self._unknown = [key for key in self._names if rows[key].order[place] is None]

    def _name(self, key: str) -> tuple[Any, str]:
        return (self.rows[key].order[0], key)

    def _value(self, key: str) -> tuple[Any, Any, str]:
        order = self.rows[key].order
        return (order[int(self.column)], order[0], key)


def _remove(keys: list[str], key: str, rank: _Key) -> None:
    place = bisect_left(keys, rank(key), key=rank)
    del keys[place]
