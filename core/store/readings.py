"""Readings and problems in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from core.host.clock import parse_rfc3339, rfc3339
from core.model.device import LatestReading
from core.model.evidence import Evidence
from core.model.identity import Endpoint
from core.model.jsonio import to_json
from core.model.occurrence import Told
from core.model.outbox import DeliveredReading
from core.model.problem import BadInputError, Problem
from core.model.reading import Reading
from core.store import bodies, devices, evidence, occurrences, outbox
from core.store.history import save as history
from core.store.identify import Visit, identify
from core.store.occurrences import Keeping
from core.store.types import Page, SavedReading


def normal_time(text: str) -> str:
    """Write a time in the one form that sorts as text; raises ``ValueError``."""
    return rfc3339(parse_rfc3339(text))


def save(
    connection: sqlite3.Connection,
    reading: Reading,
    visit: Visit,
    key: str,
    queued_at: str,
    make_key: Callable[[], str],
    keeping: Keeping | None = None,
) -> SavedReading:
    """Store a reading, its device as it is now, and the item of the outbox that carries both; and
    what a judge says of it.
    """
    row, what = identify(connection, visit, make_key)
    if (doubt := history.note(connection, reading)) is not None:
        reading = replace(reading, notes=(*reading.notes, doubt))
    evidence.add(connection, row, [Evidence(s, "It gave a reading.") for s in reading.sources])
    connection.execute(
        "INSERT INTO reading (key, device, taken_at, body) VALUES (?, ?, ?, ?)",
        (key, row, visit.at, bodies.write(reading)),
    )
    bodies.drop_old(connection, row)
    history.save(connection, row, reading)
    connection.execute(
        "INSERT OR REPLACE INTO latest (device, taken_at, body) VALUES (?, ?, ?)",
        (row, visit.at, to_json(_latest(reading))),
    )
    connection.execute("DELETE FROM problem WHERE device = ?", (row,))
    device = devices.device(connection, row)
    body = to_json(DeliveredReading(device, reading))
    outbox.add(connection, key=key, kind="reading", device=device.key, body=body, at=queued_at)
    return SavedReading(device, key, what, occurrences.judge(connection, row, what, keeping))


def visit_of(
    reading: Reading, segment: str | None, version: str | None, community_index: int | None
) -> Visit:
    """Say who was read, where and when."""
    return Visit(
        identity=reading.identity,
        endpoint=Endpoint(reading.address, reading.port),
        device_index=reading.device_index,
        at=normal_time(reading.taken_at),
        segment=segment,
        version=version,
        community_index=community_index,
    )


def save_problem(
    connection: sqlite3.Connection,
    device_key: str,
    problem: Problem,
    at: str,
    keeping: Keeping | None = None,
) -> Told:
    """Store why a visit gave nothing; the next good reading clears it."""
    row = devices.known_row(connection, device_key)
    connection.execute(
        "INSERT OR REPLACE INTO problem (device, at, body) VALUES (?, ?, ?)",
        (row, normal_time(at), to_json(problem)),
    )
    return occurrences.judge(connection, row, "missed", keeping)


def page(connection: sqlite3.Connection, device_key: str, before: str, limit: int) -> Page[Reading]:
    """Give a device's readings, newest first; at least one where there are any.

    ``before`` is a time, or the ``next`` of the page before: a time and a row number. Raises
    ``BadInputError`` (``bad_page``) where it is neither.
    """
    limit = max(limit, 1)
    row = devices.row_of(connection, device_key)
    place = _place(before)
    rows = connection.execute(
        "SELECT id, taken_at, body FROM reading WHERE device = ? AND (taken_at, id) < (?, ?) "
        "ORDER BY taken_at DESC, id DESC LIMIT ?",
        (row, *place, limit + 1),
    ).fetchall()
    total = connection.execute("SELECT count(*) FROM reading WHERE device = ?", (row,)).fetchone()
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(
        tuple(bodies.read(found["body"]) for found in shown),
        f"{shown[-1]['taken_at']}|{shown[-1]['id']}" if more else "",
        total[0],
    )


def _place(before: str) -> tuple[str, int]:
    if not before:
        return "~", 0  # behind every time
    at, _, number = before.partition("|")
    try:
        return normal_time(at), int(number or 0)
    except ValueError:
        raise BadInputError(
            "bad_page", f"Not a time or a page of readings: {before[:64]!r}.", "Start at the top."
        ) from None


def _latest(reading: Reading) -> LatestReading:
    return LatestReading(
        taken_at=reading.taken_at,
        status=reading.status,
        supplies=reading.supplies,
        meters=reading.meters,
        engine_life=reading.engine_life,
        notes=reading.notes,
    )
