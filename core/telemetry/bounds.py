"""How much of what a printer tells a reading keeps, however much it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from core.model.jsonio import to_json
from core.model.provenance import Provenance
from core.model.reading import Note, Reading

MOST_SUPPLIES: Final = 200
MOST_TRAYS: Final = 100
MOST_ALERTS: Final = 500
MOST_LINES: Final = 50  # of the panel
LONGEST: Final = 500  # characters of a text
_FEW_ROWS: Final = 60
#: Octets of a reading's JSON; it shares a body with its device (``core.model.outbox``).
LARGEST: Final = 1_500_000
_SHORTER: Final = (120, 60, 24)  # characters of each text, where the whole would be larger

_MOST: Final = {"supplies": MOST_SUPPLIES, "trays": MOST_TRAYS, "alerts": MOST_ALERTS}
T = TypeVar("T")


def bounded(reading: Reading, left_out: dict[str, int] | None = None) -> Reading:
    """Give the reading with no more rows and no longer texts than a printer has reason for, and a
    note on what was left out. ``left_out`` counts rows of each list that are missing already.
    """
    dropped = dict(left_out or {})
    changes: dict[str, Any] = {}
    for name, most in _MOST.items():
        rows = getattr(reading, name)
        if len(rows) > most:
            changes[name] = rows[:most]
            dropped[name] = dropped.get(name, 0) + len(rows) - most
    if changes:
        reading = _without_orphans(replace(reading, **changes))
    if len(reading.status.display) > MOST_LINES:
        status = replace(reading.status, display=reading.status.display[:MOST_LINES])
        reading = replace(reading, status=status)
    reading = _shorter(reading, LONGEST)
    if any(dropped.values()):
        said = ", ".join(f"{count} {name}" for name, count in dropped.items() if count)
        note = Note("too_many_rows", f"The printer lists more than is kept: {said} were left out.")
        reading = replace(reading, notes=(*reading.notes, note))
    return _small(reading)


def _small(reading: Reading) -> Reading:
    if len(reading.supplies) + len(reading.trays) + len(reading.alerts) <= _FEW_ROWS:
        return reading
    for most in _SHORTER:
        if len(to_json(reading).encode()) <= LARGEST:
            break
        reading = _shorter(reading, most)
    return reading


def _without_orphans(reading: Reading) -> Reading:
    """Drop the provenance of rows that are no longer there."""
    kept = {(name, row.index) for name in _MOST for row in getattr(reading, name)}

    def is_kept(path: str) -> bool:
        name, bracket, rest = path.partition("[")
        return not bracket or name not in _MOST or (name, rest.partition("]")[0]) in kept

    origins = {path: one for path, one in reading.provenance.items() if is_kept(path)}
    return replace(reading, provenance=origins)


def _shorter(reading: Reading, most: int) -> Reading:
    """Cut every text of a printer at ``most`` characters."""
    changes: dict[str, Any] = {}
    identity, status = _row(reading.identity, most), reading.status
    if identity is not reading.identity:
        changes["identity"] = identity
    if any(len(line) > most for line in status.display):
        changes["status"] = replace(status, display=tuple(_cut(x, most) for x in status.display))
    for name in _MOST:
        rows: Sequence[Any] = getattr(reading, name)
        cut = tuple(_row(row, most) for row in rows)
        if any(one is not other for one, other in zip(cut, rows, strict=True)):
            changes[name] = cut
    origins = reading.provenance
    if any(len(text) > most for origin in origins.values() for text in origin.raw):
        changes["provenance"] = {path: _origin(one, most) for path, one in origins.items()}
    return replace(reading, **changes) if changes else reading


def _row(row: T, most: int) -> T:
    found: Any = row
    changes = {
        one.name: _cut(value, most)
        for one in fields(found)
        if isinstance(value := getattr(row, one.name), str) and len(value) > most
    }
    return replace(found, **changes) if changes else row


def _origin(origin: Provenance, most: int) -> Provenance:
    return replace(origin, raw=tuple(_cut(text, most) for text in origin.raw))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
