"""Writes a reading's values into the history of its device, in the reading's own transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from core.host.clock import parse_rfc3339, rfc3339
from core.model.history import Run
from core.model.provenance import Provenance
from core.model.reading import Note, Reading
from core.store.history import chunks, doubtful
from core.store.history.clock import EARLIEST, SLACK, Clock, judge
from core.store.history.codec import unpack
from core.store.history.doubtful import Told
from core.store.history.head import Head, decode, encode, full, take
from core.store.history.values import Seen, values

CLOCK_SUSPECT = "clock_suspect"


def load(connection: sqlite3.Connection, device: int) -> Head | None:
    """Give the head of a device, ``None`` where it has no history yet."""
    found = connection.execute(
        "SELECT last_at, body FROM history_head WHERE device = ?", (device,)
    ).fetchone()
    return None if found is None else decode(found[0], found[1])


def store(connection: sqlite3.Connection, device: int, head: Head) -> None:
    """Write the head of a device; what is full goes into chunks."""
    for path, runs in full(head):
        chunks.put(connection, device, chunks.path_number(connection, path), runs)
    connection.execute(
        "INSERT INTO history_head (device, last_at, body) VALUES (?, ?, ?) ON CONFLICT (device) "
        "DO UPDATE SET last_at = excluded.last_at, body = excluded.body",
        (device, head.last_at, encode(head)),
    )


def note(connection: sqlite3.Connection, reading: Reading) -> Note | None:
    """Judge a reading's time, once; gives the remark on it where the clock is in doubt."""
    before = doubtful.load_clock(connection)
    right, after = judge(before, _seconds(reading.taken_at))
    if after != before:
        doubtful.save_clock(connection, after)
    if right:
        return None
    known = datetime.fromtimestamp(after.trusted or EARLIEST, UTC)
    return Note(
        CLOCK_SUSPECT,
        f"This computer's clock said {reading.taken_at}, after it had said {rfc3339(known)}: the "
        "time of this reading is in doubt.",
    )


def save(connection: sqlite3.Connection, device: int, reading: Reading) -> None:
    """Add a reading, which carries the remark of ``note``, to the history of a device."""
    at = _seconds(reading.taken_at)
    clock = doubtful.load_clock(connection)
    seen = values(reading)
    number = partial(chunks.origin_number, connection)
    if any(remark.code == CLOCK_SUSPECT for remark in reading.notes):
        told = [
            Told(path, Run(at, at, value.value, number(value.origin), _raw(value)))
            for path, value in seen.items()
        ]
        stretch = at if clock.doubt_from is None else clock.doubt_from
        doubtful.keep(connection, device, at, stretch, told)
        return
    head = load(connection, device) or Head()
    if at < head.last_at - SLACK:
        # The clock has settled before what this device's readings say: all since then is void.
        _revoke(connection, device, head, min(at, clock.settled or at))
    _prove(connection, device, head, clock, at)
    # A clock that was put right by less than the slack does not turn the order of readings.
    take(head, max(at, head.last_at), seen, number)
    store(connection, device, head)


def _raw(seen: Seen) -> tuple[str, ...] | None:
    return None if seen.origin is None else seen.origin.raw


def _seconds(text: str) -> int:
    return int(parse_rfc3339(text).timestamp())


def _revoke(connection: sqlite3.Connection, device: int, head: Head, at: int) -> None:
    """Put aside what was stored for times from ``at`` on."""
    lost: dict[str, list[Run]] = {}
    for path in chunks.paths(connection, device):
        number = chunks.path_number(connection, path)
        for start, grade, body in connection.execute(
            "SELECT start, grade, body FROM history_chunk WHERE device = ? AND path = ? "
            "AND finish >= ?",
            (device, number, at),
        ).fetchall():
            connection.execute(
                "DELETE FROM history_chunk WHERE device = ? AND path = ? AND start = ?",
                (device, number, start),
            )
            runs = unpack(body)
            lost.setdefault(path, []).extend(run for run in runs if run.at >= at)
            kept = [run._replace(until=min(run.until, at)) for run in runs if run.at < at]
            chunks.put(connection, device, number, kept, grade)
    doubtful.revoke(connection, device, head, lost, at)


def _prove(connection: sqlite3.Connection, device: int, head: Head, clock: Clock, at: int) -> None:
    """Put in what was in doubt and has proved right."""
    if clock.settled is None:
        return
    for moment, told in doubtful.proved_right(connection, device, clock.settled, head.last_at, at):
        seen = {path: Seen(run.value, _origin(connection, run)) for path, run in told}
        take(head, moment, seen, partial(chunks.origin_number, connection))


def _origin(connection: sqlite3.Connection, run: Run) -> Provenance | None:
    found = chunks.origin(connection, run.origin)
    return None if found is None else replace(found, raw=run.raw or ())
