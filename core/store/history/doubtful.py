"""Readings taken while the clock was wrong: kept beside the history, and put into it when their
time proves right.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from core.model.history import Run
from core.store.history.clock import Clock
from core.store.history.head import Head

#: So many of one device are kept, the last ones.
MOST = 2000
#: The stretch of readings that were trusted until the clock was put back. It never proves right.
REVOKED = -1


class Told(NamedTuple):
    """A value of a doubtful reading, as in ``Run``."""

    path: str
    run: Run


_decoder = msgspec.msgpack.Decoder(list[Told])


def load_clock(connection: sqlite3.Connection) -> Clock:
    """Give what is known of the clock."""
    found = connection.execute(
        "SELECT trusted, doubt_from, doubt_to, settled FROM history_clock"
    ).fetchone()
    return Clock() if found is None else Clock(found[0] or None, *found[1:])


def save_clock(connection: sqlite3.Connection, clock: Clock) -> None:
    """Store what is known of the clock."""
    connection.execute(
        "INSERT OR REPLACE INTO history_clock (one, trusted, doubt_from, doubt_to, settled) "
        "VALUES (1, ?, ?, ?, ?)",
        (clock.trusted or 0, clock.doubt_from, clock.doubt_to, clock.settled),
    )


def keep(
    connection: sqlite3.Connection, device: int, at: int, stretch: int, told: list[Told]
) -> None:
    """Store a doubtful reading."""
    body = zlib.compress(msgspec.msgpack.encode(told))
    connection.execute(
        "INSERT INTO history_doubtful (device, taken_at, stretch, body) VALUES (?, ?, ?, ?)",
        (device, at, stretch, body),
    )
    connection.execute(
        "DELETE FROM history_doubtful WHERE device = ?1 AND id <= (SELECT id FROM "
        "history_doubtful WHERE device = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        (device, MOST),
    )


def proved_right(
    connection: sqlite3.Connection, device: int, stretch: int, since: int, until: int
) -> list[tuple[int, list[Told]]]:
    """Take out the readings of a stretch that has settled, between two times, by time."""
    rows = connection.execute(
        "SELECT id, taken_at, body FROM history_doubtful WHERE device = ? AND stretch = ? "
        "AND taken_at > ? AND taken_at < ? ORDER BY taken_at, id",
        (device, stretch, since, until),
    ).fetchall()
    connection.executemany("DELETE FROM history_doubtful WHERE id = ?", [(r[0],) for r in rows])
    return [(row[1], _decoder.decode(zlib.decompress(row[2]))) for row in rows]


def told(connection: sqlite3.Connection, device: int) -> Iterable[Told]:
    """Give all doubtful values of a device, in the order they were read."""
    for (body,) in connection.execute(
        "SELECT body FROM history_doubtful WHERE device = ? ORDER BY id", (device,)
    ):
        yield from _decoder.decode(zlib.decompress(body))


def revoke(
    connection: sqlite3.Connection,
    device: int,
    head: Head,
    chunks: Mapping[str, Iterable[Run]],
    at: int,
) -> None:
    """Put aside all that was stored for times from ``at`` on: the clock was ahead then.

    Takes it out of ``head``; ``chunks`` are runs that the caller has taken out of the chunks.
    """
    later: dict[int, list[Told]] = {}
    for path in list(head.lines):
        runs = head.runs(path)
        kept = [run._replace(until=min(run.until, at)) for run in runs if run.at < at]
        for run in runs:
            if run.at >= at:
                later.setdefault(run.at, []).append(Told(path, run))
        if kept:
            head.lines[path] = kept
        else:
            del head.lines[path]
    for path, lost in chunks.items():
        for run in lost:
            later.setdefault(run.at, []).append(Told(path, run))
    for moment in sorted(later):
        keep(connection, device, moment, REVOKED, later[moment])
    head.last_at = max((runs[-1].until for runs in head.lines.values()), default=0)
