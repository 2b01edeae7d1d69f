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


def absorb(connection: sqlite3.Connection, old: int, row: int) -> None:
    """Give a device what is known of a record that turned out to be it, and its alerts."""
    places = {"old": old, "row": row}
    connection.execute("UPDATE occurrence SET device = :row WHERE device = :old", places)
    connection.execute("UPDATE OR IGNORE memory SET device = :row WHERE device = :old", places)
    connection.execute("UPDATE OR IGNORE skip_next SET device = :row WHERE device = :old", places)
