"""Devices in the database: rows to dataclasses and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields

from core.model.device import Device, DeviceSummary, LatestReading
from core.model.evidence import Evidence
from core.model.identity import Endpoint, Identity
from core.model.jsonio import from_json
from core.model.problem import Problem
from core.model.reading import DeviceState
from core.store import evidence
from core.store.errors import unknown_device
from core.store.types import Page

_IDENTITY = tuple(field.name for field in fields(Identity))

_SUMMARY = """
    SELECT device.*, latest.body AS latest, problem.body AS problem, problem.at AS problem_at,
        memory.offline, memory.stale
    FROM device
    LEFT JOIN latest ON latest.device = device.id
    LEFT JOIN problem ON problem.device = device.id
    LEFT JOIN memory ON memory.device = device.id
"""


def row_of(connection: sqlite3.Connection, key: str) -> int | None:
    """Give the row number of a device by its key or a former one."""
    found = connection.execute(
        "SELECT id FROM device WHERE key = ?1 UNION ALL "
        "SELECT device FROM former_key WHERE key = ?1",
        (key,),
    ).fetchone()
    return None if found is None else int(found[0])


def known_row(connection: sqlite3.Connection, key: str) -> int:
    """Give the row number of a device; raises ``StoreError`` (``unknown_device``)."""
    row = row_of(connection, key)
    if row is None:
        raise unknown_device(key)
    return row


def device(connection: sqlite3.Connection, row: int) -> Device:
    """Give the device in a row."""
    return summary(connection, row).device


def summary(connection: sqlite3.Connection, row: int) -> DeviceSummary:
    """Give the device in a row with its last reading and problem."""
    rows = connection.execute(f"{_SUMMARY} WHERE device.id = ?", (row,)).fetchall()
    return _summaries(connection, rows)[0]


def by_key(connection: sqlite3.Connection, key: str) -> DeviceSummary | None:
    """Give a device by its key or a former one."""
    row = row_of(connection, key)
    return None if row is None else summary(connection, row)


def page(connection: sqlite3.Connection, after: str, limit: int) -> Page[DeviceSummary]:
    """Give the devices whose key is greater than ``after``, ordered by key; at least one."""
    limit = max(limit, 1)
    rows = connection.execute(
        f"{_SUMMARY} WHERE device.key > ? ORDER BY device.key LIMIT ?", (after, limit + 1)
    ).fetchall()
    total = connection.execute("SELECT count(*) FROM device").fetchone()[0]
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(tuple(_summaries(connection, shown)), shown[-1]["key"] if more else "", total)


def set_managed(connection: sqlite3.Connection, row: int, *, managed: bool) -> None:
    """Say whether a device is to be read."""
    connection.execute("UPDATE device SET managed = ? WHERE id = ?", (managed, row))


def set_quirks(connection: sqlite3.Connection, row: int, quirks: Iterable[str]) -> None:
    """Keep how a device wants to be asked."""
    connection.execute("UPDATE device SET quirks = ? WHERE id = ?", (" ".join(sorted(quirks)), row))


def managed(connection: sqlite3.Connection) -> tuple[Device, ...]:
    """Give every device that is to be read, ordered by key."""
    rows = connection.execute("SELECT * FROM device WHERE managed = 1 ORDER BY key").fetchall()
    spoken = evidence.load(connection, [row["id"] for row in rows])
    return tuple(_device(row, spoken.get(row["id"], ())) for row in rows)


def identity_of(row: sqlite3.Row) -> Identity:
    """Read the identity columns of a device's row."""
    return Identity(**{name: row[name] for name in _IDENTITY})


def _summaries(connection: sqlite3.Connection, rows: list[sqlite3.Row]) -> list[DeviceSummary]:
    spoken = evidence.load(connection, [row["id"] for row in rows])
    return [_summary(row, spoken.get(row["id"], ())) for row in rows]


def _summary(row: sqlite3.Row, spoken: tuple[Evidence, ...]) -> DeviceSummary:
    latest = from_json(row["latest"], LatestReading) if row["latest"] else None
    state = None if latest is None else latest.status.state
    return DeviceSummary(
        device=_device(row, spoken),
        latest=latest,
        problem=from_json(row["problem"], Problem) if row["problem"] else None,
        problem_at=row["problem_at"],
        state=DeviceState.OFFLINE if row["offline"] else state,
        stale=bool(row["stale"]),
    )


def _device(row: sqlite3.Row, spoken: tuple[Evidence, ...]) -> Device:
    return Device(
        key=row["key"],
        identity=identity_of(row),
        endpoint=Endpoint(row["address"], row["port"]),
        evidence=spoken,
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        device_index=row["device_index"],
        segment=row["segment"],
        version=row["version"],
        community_index=row["community_index"],
        provisional=bool(row["provisional"]),
        managed=bool(row["managed"]),
        hops=row["hops"],
        quirks=tuple(row["quirks"].split()),
    )
