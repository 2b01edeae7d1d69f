"""What becomes part of a device's history later: another record's, and readings of before it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from functools import partial

from core.host.clock import parse_rfc3339
from core.store import bodies
from core.store.history import chunks, doubtful
from core.store.history.codec import unpack
from core.store.history.head import Head, take
from core.store.history.save import load, store
from core.store.history.values import values


def move(connection: sqlite3.Connection, old: int, device: int) -> None:
    """Give the history of a record to the device that it turned out to be."""
    for row in connection.execute(
        "SELECT path, grade, body FROM history_chunk WHERE device = ?", (old,)
    ).fetchall():
        chunks.put(connection, device, row[0], unpack(row[2]), row[1])
    theirs, ours = load(connection, old), load(connection, device)
    if theirs is not None:
        older, newer = sorted((theirs, ours or Head()), key=lambda head: head.last_at)
        for path in older.lines:
            chunks.put_all(connection, device, path, older.runs(path))
        store(connection, device, newer)
    connection.execute("UPDATE history_doubtful SET device = ? WHERE device = ?", (device, old))


def fold(connection: sqlite3.Connection, limit: int) -> int:
    """Bring readings of before the history into it, for so many devices; gives for how many."""
    rows = connection.execute(
        "SELECT id FROM device WHERE EXISTS (SELECT 1 FROM reading WHERE device = device.id) "
        "AND NOT EXISTS (SELECT 1 FROM history_head WHERE device = device.id) "
        "AND NOT EXISTS (SELECT 1 FROM history_doubtful WHERE device = device.id) LIMIT ?",
        (limit,),
    ).fetchall()
    for (device,) in rows:
        head = Head()
        for (body,) in connection.execute(
            "SELECT body FROM reading WHERE device = ? ORDER BY taken_at, id", (device,)
        ).fetchall():
            reading = bodies.read(body)
            at = int(parse_rfc3339(reading.taken_at).timestamp())
            take(head, at, values(reading), partial(chunks.origin_number, connection))
        store(connection, device, head)
        clock = doubtful.load_clock(connection)
        if head.last_at > (clock.trusted or 0):
            doubtful.save_clock(connection, replace(clock, trusted=head.last_at))
    return len(rows)
