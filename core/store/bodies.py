"""Bodies of readings in the database: compressed; those of an older Platen are plain JSON."""

from __future__ import annotations

import sqlite3
import zlib

from core.model.jsonio import from_json, to_json
from core.model.reading import Reading

#: So many whole readings of a device are kept; what they said before is in its history.
KEPT = 10


def write(reading: Reading) -> bytes:
    """Give the body of a reading."""
    return zlib.compress(to_json(reading).encode(), 6)


def read(body: str | bytes) -> Reading:
    """Give the reading of a body."""
    return from_json(zlib.decompress(body) if isinstance(body, bytes) else body, Reading)


def drop_old(connection: sqlite3.Connection, device: int) -> None:
    """Forget the bodies of all but the last readings to arrive."""
    connection.execute(
        "DELETE FROM reading WHERE device = ?1 AND id <= (SELECT id FROM reading "
        "WHERE device = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        (device, KEPT),
    )
