"""The outbox in the database: oldest first, until the hub has acknowledged or refused."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence

from core.model.outbox import OutboxItem

_LEVEL = 6  # of zlib: a reading of 15 KB becomes 2 KB in 0.3 ms


def add(
    connection: sqlite3.Connection, *, key: str, kind: str, device: str, body: str, at: str
) -> None:
    """Queue one item."""
    packed = zlib.compress(body.encode(), _LEVEL)
    connection.execute(
        "INSERT INTO outbox (key, kind, device, body, packed, size, queued_at) "
        "VALUES (?, ?, ?, '', ?, ?, ?)",
        (key, kind, device, packed, len(packed), at),
    )


def waiting(connection: sqlite3.Connection, limit: int, max_bytes: int) -> tuple[OutboxItem, ...]:
    """Give the oldest waiting items, at most ``limit`` and ``max_bytes`` of bodies (UTF-8).

    The oldest one is given even where it alone is larger: it would block the rest for ever.
    """
    items: list[OutboxItem] = []
    size = 0
    for row in connection.execute(
        "SELECT key, kind, device, body, packed FROM outbox "
        "WHERE state = 'waiting' ORDER BY sequence LIMIT ?",
        (limit,),
    ):
        body = unpacked(row)
        size += len(body)
        if items and size > max_bytes:
            break
        items.append(OutboxItem(row["key"], row["kind"], row["device"], body.decode()))
    return tuple(items)


def unpacked(row: sqlite3.Row) -> bytes:
    """Give an item's body (UTF-8) from its columns ``body`` and ``packed``; empty where it is not
    legible: the hub refuses that, so that it is set aside and holds nothing up behind it.
    """
    packed = row["packed"]
    try:
        return str(row["body"]).encode() if packed is None else zlib.decompress(packed)
    except zlib.error:
        return b""


def acknowledge(connection: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Forget items that the hub has; keys that are not here are passed over."""
    connection.executemany("DELETE FROM outbox WHERE key = ?", [(key,) for key in keys])


def refuse(connection: sqlite3.Connection, key: str, reason: str) -> None:
    """Put an item aside that the hub will never take, with its reason."""
    connection.execute(
        "UPDATE outbox SET state = 'refused', reason = ? WHERE key = ?", (reason, key)
    )


def count(connection: sqlite3.Connection, state: str) -> int:
    """Count the items in a state ("waiting" or "refused")."""
    # Two texts, not a parameter: only so does SQLite see that a partial index fits.
    query = {
        "waiting": "SELECT count(*) FROM outbox WHERE state = 'waiting'",
        "refused": "SELECT count(*) FROM outbox WHERE state = 'refused'",
    }[state]
    return int(connection.execute(query).fetchone()[0])
