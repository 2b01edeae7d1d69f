"""Packed runs in the database: chunks of one value of one device, and the names of both."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from core.model.history import Run
from core.model.jsonio import from_json, to_json
from core.model.provenance import Provenance
from core.store.history.codec import alike, pack, unpack

RAW, DAILY, MONTHLY = 0, 1, 2
_DAY = 86_400


def path_number(connection: sqlite3.Connection, path: str) -> int:
    """Give the number of a path, and make one where there is none."""
    found = connection.execute("SELECT id FROM history_path WHERE path = ?", (path,)).fetchone()
    if found is not None:
        return int(found[0])
    made = connection.execute("INSERT INTO history_path (path) VALUES (?)", (path,))
    return int(made.lastrowid or 0)


def origin_number(connection: sqlite3.Connection, origin: Provenance | None) -> int:
    """Give the number of an origin, without its raw values and when it was learned; 0 for none."""
    if origin is None:
        return 0
    body = to_json(replace(origin, raw=(), learned_at=None))
    found = connection.execute("SELECT id FROM history_origin WHERE body = ?", (body,)).fetchone()
    if found is not None:
        return int(found[0])
    made = connection.execute("INSERT INTO history_origin (body) VALUES (?)", (body,))
    return int(made.lastrowid or 0)


def origin(connection: sqlite3.Connection, number: int) -> Provenance | None:
    """Give the origin with a number."""
    found = connection.execute("SELECT body FROM history_origin WHERE id = ?", (number,)).fetchone()
    return None if found is None else from_json(found[0], Provenance)


def put(
    connection: sqlite3.Connection, device: int, path: int, runs: Sequence[Run], grade: int = RAW
) -> None:
    """Store runs of one kind as a chunk."""
    if not runs:
        return
    start = min(run.at for run in runs)
    body = pack(runs)
    finish = max(run.until for run in runs)
    # Two records of one printer that became one may have chunks from the same second.
    while not connection.execute(
        "INSERT OR IGNORE INTO history_chunk (device, path, start, finish, grade, count, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (device, path, start, finish, grade, len(runs), body),
    ).rowcount:
        start += 1


def put_all(connection: sqlite3.Connection, device: int, path: str, runs: list[Run]) -> None:
    """Store runs as chunks of one kind each."""
    number = path_number(connection, path)
    for part in alike(runs):
        put(connection, device, number, part)


def within(
    connection: sqlite3.Connection,
    device: int,
    path: str,
    since: int,
    until: int,
    raw_from: int | None = 0,
    days: int | None = None,
) -> list[Run]:
    """Give the runs of the chunks that reach into a span of time, and those runs alone.

    Of chunks that end before ``raw_from`` (``None``: of all) raw values are not unpacked, and the
    newest are enough that tell of ``days`` days (``None``: of all).
    """
    found: list[list[Run]] = []
    seen: set[int] = set()
    for start, finish, body in connection.execute(
        "SELECT start, finish, history_chunk.body FROM history_chunk JOIN history_path "
        "ON history_path.id = history_chunk.path WHERE device = ? AND history_path.path = ? "
        "AND start <= ? AND finish >= ? ORDER BY start DESC",
        (device, path, until, since),
    ):
        shown = raw_from is not None and finish >= raw_from
        if not shown and days is not None and len(seen) >= days:
            continue
        runs = unpack(body, raw=shown)
        if start < since or finish > until:
            runs = [run for run in runs if run.until >= since and run.at <= until]
        if days is not None:
            seen.update(run.at // _DAY for run in runs)
        found.append(runs)
    return [run for runs in reversed(found) for run in runs]


def paths(connection: sqlite3.Connection, device: int) -> list[str]:
    """Name what a device has chunks of."""
    return [
        str(name)
        for (name,) in connection.execute(
            "SELECT path FROM history_path WHERE id IN "
            "(SELECT DISTINCT path FROM history_chunk WHERE device = ?)",
            (device,),
        )
    ]
