"""What is remembered of each device to judge its next reading."""

from __future__ import annotations

import sqlite3

from core.model.occurrence import Judged


def load(connection: sqlite3.Connection, row: int) -> str | None:
    """Give what the last judgement of the device in a row left."""
    found = connection.execute("SELECT body FROM memory WHERE device = ?", (row,)).fetchone()
    return None if found is None else str(found[0])


def save(connection: sqlite3.Connection, row: int, judged: Judged) -> None:
    """Keep what a judgement left."""
    connection.execute(
        "INSERT OR REPLACE INTO memory (device, offline, stale, body) VALUES (?, ?, ?, ?)",
        (row, judged.offline, judged.stale, judged.memory),
    )


def absorb(connection: sqlite3.Connection, old: int, row: int) -> bool:
    """Give a device what is remembered of a record that turned out to be it.

    Says no where the device has a memory of its own: the record's is then lost.
    """
    given = connection.execute(
        "UPDATE OR IGNORE memory SET device = ? WHERE device = ?", (row, old)
    ).rowcount
    lost = connection.execute("SELECT 1 FROM memory WHERE device = ?", (old,)).fetchone()
    return bool(given) or lost is None


def offline(connection: sqlite3.Connection) -> frozenset[str]:
    """Give the keys of the devices that are offline."""
    rows = connection.execute(
        "SELECT device.key FROM memory JOIN device ON device.id = memory.device "
        "WHERE memory.offline = 1"
    )
    return frozenset(str(key) for (key,) in rows)
