"""Which values of a reading have a history, with their origins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from core.model.history import Value
from core.model.provenance import Provenance
from core.model.reading import Reading

#: A printer has some dozens; one that invents a new row at every visit is not followed.
MOST_PATHS = 400
_LARGEST = 1 << 63  # no counter of a printer is that long


class Seen(NamedTuple):
    """A value as it was read."""

    value: Value
    origin: Provenance | None


def values(reading: Reading) -> dict[str, Seen]:
    """Give the values that are followed, by path; those that are not known are not there."""
    return {
        path: Seen(value, _origin(reading, path))
        for path, value in _paths(reading)
        if value is not None and not (isinstance(value, int) and abs(value) >= _LARGEST)
    }


def _paths(reading: Reading) -> Iterator[tuple[str, Value]]:
    for name, count in reading.meters.items():
        yield f"meters.{name}", count
    if reading.engine_life is not None:
        yield "engine_life", reading.engine_life.value
    for supply in reading.supplies:
        at = f"supplies[{supply.index}]"
        level = supply.level_percent
        yield f"{at}.level_percent", None if level is None else float(level)
        yield f"{at}.state", supply.state.value
        yield f"{at}.serial", supply.serial
        yield f"{at}.remaining_pages", supply.remaining_pages
    yield "status.state", reading.status.state.value
    yield "status.conditions", " ".join(sorted(reading.status.conditions))


def _origin(reading: Reading, path: str) -> Provenance | None:
    """Give what a value, or the row that it belongs to, came from."""
    found = reading.provenance.get(path)
    if found is None and path.startswith("supplies["):
        row, _, _ = path.rpartition(".")
        found = reading.provenance.get(row) or reading.provenance.get(f"{row}.level_percent")
    return found
