"""What was learned of devices' agents, in the database: texts that ``core.telemetry`` reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from core.store import devices
from core.store.thread import DatabaseThread


@dataclass(frozen=True, slots=True)
class StoredShape:
    """A shape as text: ``body`` is what was learned, ``last`` what the visit before saw."""

    version: int
    learned_at: str
    body: str
    last: str


class Shapes:
    """The shapes of the store; every method is one transaction and raises ``StoreError``."""

    def __init__(self, writer: DatabaseThread, reader: DatabaseThread) -> None:
        self._writer = writer
        self._reader = reader

    async def load(self, device_keys: Sequence[str]) -> StoredShape | None:
        """Give the shape of the first of these devices that has one.

        Devices behind one agent share its shape; it is kept with one of them.
        """
        return await self._reader.run(lambda db: _load(db, device_keys))

    async def save(self, device_key: str, shape: StoredShape) -> None:
        """Keep what was learned; raises ``StoreError`` for an unknown key."""
        await self._writer.run(lambda db: _save(db, devices.known_row(db, device_key), shape))

    async def forget(self, device_key: str) -> None:
        """Have the next visit to a device read all; a device that is not known has no shape."""
        await self._writer.run(lambda db: _forget(db, devices.row_of(db, device_key)))


def _load(connection: sqlite3.Connection, keys: Sequence[str]) -> StoredShape | None:
    for key in keys:
        found = connection.execute(
            "SELECT version, learned_at, body, last FROM shape WHERE device = ?",
            (devices.row_of(connection, key),),
        ).fetchone()
        if found is not None:
            return StoredShape(*found)
    return None


def _save(connection: sqlite3.Connection, row: int, shape: StoredShape) -> None:
    """Write what differs: mostly that is ``last`` alone."""
    changed = connection.execute(
        "UPDATE shape SET last = ? WHERE device = ? AND version = ? AND learned_at = ? "
        "AND body = ?",
        (shape.last, row, shape.version, shape.learned_at, shape.body),
    )
    if changed.rowcount == 0:
        connection.execute(
            "INSERT OR REPLACE INTO shape (device, version, learned_at, body, last) "
            "VALUES (?, ?, ?, ?, ?)",
            (row, shape.version, shape.learned_at, shape.body, shape.last),
        )


def _forget(connection: sqlite3.Connection, row: int | None) -> None:
    connection.execute("DELETE FROM shape WHERE device = ?", (row,))
