"""How devices are asked beside SNMP, in the database: what was learned of IPP."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from core.store import devices
from core.store.thread import DatabaseThread

_SAVE = """
    INSERT OR REPLACE INTO way (device, port, tls, path, adds, learned_at, snmp_silent_since)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class KnownWay:
    """What is known of a device and IPP. Times are RFC 3339 in UTC.

    ``port`` (with ``tls`` and ``path``) is where it answered, ``None`` where it was asked at
    ``learned_at`` and did not; ``adds`` are words for what it tells beyond SNMP.
    ``snmp_silent_since`` is when IPP first had to stand in for SNMP, until SNMP answers again.
    """

    learned_at: str
    port: int | None = None
    tls: bool = False
    path: str | None = None
    adds: tuple[str, ...] = ()
    snmp_silent_since: str | None = None


class Ways:
    """The part of the store for ways; one transaction a call. Raises ``StoreError``."""

    def __init__(self, writer: DatabaseThread, reader: DatabaseThread) -> None:
        self._writer = writer
        self._reader = reader

    async def of(self, device_key: str) -> KnownWay | None:
        """Give what is known, or ``None`` where nothing was learned yet."""
        return await self._reader.run(lambda db: _load(db, device_key))

    async def save(self, device_key: str, way: KnownWay) -> None:
        """Keep what was learned; raises ``StoreError`` for an unknown key."""
        await self._writer.run(lambda db: _save(db, device_key, way))


def _load(connection: sqlite3.Connection, device_key: str) -> KnownWay | None:
    row = devices.row_of(connection, device_key)
    found = connection.execute("SELECT * FROM way WHERE device = ?", (row,)).fetchone()
    if found is None:
        return None
    return KnownWay(
        learned_at=found["learned_at"],
        port=found["port"],
        tls=bool(found["tls"]),
        path=found["path"],
        adds=tuple(found["adds"].split()),
        snmp_silent_since=found["snmp_silent_since"],
    )


def _save(connection: sqlite3.Connection, device_key: str, way: KnownWay) -> None:
    row = devices.known_row(connection, device_key)
    values = (way.port, way.tls, way.path, " ".join(sorted(way.adds)), way.learned_at)
    connection.execute(_SAVE, (row, *values, way.snmp_silent_since))
