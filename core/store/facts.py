"""Small facts in the database: the installation, times of the last runs, how much there is."""

from __future__ import annotations

import sqlite3

from core.store import outbox
from core.store.types import Counts


def installation(connection: sqlite3.Connection, made: str, at: str) -> str:
    """Give the installation's UUID; ``made`` becomes it where there is none yet."""
    connection.execute(
        "INSERT OR IGNORE INTO installation (one, uuid, made_at) VALUES (1, ?, ?)", (made, at)
    )
    return str(connection.execute("SELECT uuid FROM installation").fetchone()[0])


def fact(connection: sqlite3.Connection, name: str) -> str | None:
    """Give a fact by its name, ``None`` where it was never set."""
    found = connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
    return None if found is None else str(found[0])


def set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Set a fact."""
    connection.execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", (name, value))


def counts(connection: sqlite3.Connection) -> Counts:
    """Count what there is."""
    return Counts(
        devices=connection.execute("SELECT count(*) FROM device").fetchone()[0],
        readings=connection.execute("SELECT count(*) FROM reading").fetchone()[0],
        waiting=outbox.count(connection, "waiting"),
        refused=outbox.count(connection, "refused"),
    )
