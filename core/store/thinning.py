"""Keeps the outbox within its size while the hub is away: the oldest detail goes first.

A meter counts on: of many readings of a day the last one says how far it came. So first the days,
then the weeks of each device are thinned to their last reading, from the oldest on. Only where
that does not do, whole items go, oldest first, and never the last reading of a device. What the
store itself keeps (the history) is not touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

# Down to this part of the limit, so that it is not done again at the next reading.
_TARGET = 0.9
# How readings are grouped, by what SQLite's strftime makes of the time they were queued.
_GRAINS = (("day", "%Y-%m-%d"), ("week", "%Y-%W"))


@dataclass(frozen=True, slots=True)
class Thinned:
    """What was taken out: readings of which a later one of the same day or week is kept, and
    items of which nothing is kept; the times (RFC 3339) of the oldest and the newest of them.
    """

    thinned: int
    lost: int
    since: str
    until: str


def thin(connection: sqlite3.Connection, limit: int) -> Thinned | None:
    """Bring the outbox below ``limit`` bytes; ``None`` where it is."""
    total = _total(connection)
    if total <= limit:
        return None
    excess = total - int(limit * _TARGET)
    gone: list[tuple[int, str]] = []
    for _, grain in _GRAINS:
        excess -= _take(connection, _superseded(connection, grain), excess, gone)
    thinned = len(gone)
    if excess > 0:
        _take(connection, _oldest(connection), excess, gone)
    if not gone:
        return None
    times = [at for _, at in gone]
    return Thinned(thinned, len(gone) - thinned, min(times), max(times))


def _total(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT total(size) FROM outbox WHERE state = 'waiting'").fetchone()
    return int(row[0])


def _take(
    connection: sqlite3.Connection,
    rows: Iterator[sqlite3.Row],
    excess: int,
    gone: list[tuple[int, str]],
) -> int:
    """Delete rows until ``excess`` bytes are gone; gives how many are."""
    freed, chosen = 0, []
    for row in rows:
        if freed >= excess:
            break
        freed += row["size"]
        chosen.append((row["sequence"], row["queued_at"]))
    connection.executemany("DELETE FROM outbox WHERE sequence = ?", [(n,) for n, _ in chosen])
    gone += chosen
    return freed


def _superseded(connection: sqlite3.Connection, grain: str) -> Iterator[sqlite3.Row]:
    """Give readings after which another of the same device and day (week) waits, oldest first."""
    yield from connection.execute(
        "SELECT sequence, size, queued_at FROM outbox WHERE state = 'waiting' "
        "AND kind = 'reading' AND sequence NOT IN (SELECT max(sequence) FROM outbox WHERE "
        "state = 'waiting' AND kind = 'reading' GROUP BY device, strftime(?, queued_at)) "
        "ORDER BY sequence",
        (grain,),
    )


def _oldest(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Everything but the last reading of each device, oldest first."""
    yield from connection.execute(
        "SELECT sequence, size, queued_at FROM outbox WHERE state = 'waiting' AND sequence NOT IN "
        "(SELECT max(sequence) FROM outbox WHERE state = 'waiting' AND kind = 'reading' "
        "GROUP BY device) ORDER BY sequence"
    )
