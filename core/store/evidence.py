"""What speaks for a device, in the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from core.model.evidence import Evidence
from core.model.provenance import Source


def save(connection: sqlite3.Connection, row: int, found: Iterable[Evidence]) -> None:
    """Store evidence for a device, in place of what the same sources said before."""
    found = tuple(found)
    connection.executemany(
        "DELETE FROM evidence WHERE device = ? AND source = ?",
        [(row, source) for source in {item.source for item in found}],
    )
    connection.executemany(
        "INSERT INTO evidence (device, source, place, detail, url) VALUES (?, ?, ?, ?, ?)",
        [(row, item.source, place, item.detail, item.url) for place, item in enumerate(found)],
    )


def add(connection: sqlite3.Connection, row: int, found: Iterable[Evidence]) -> None:
    """Store evidence for a device from sources that have said nothing yet."""
    known = {item.source for item in load(connection, [row]).get(row, ())}
    save(connection, row, [item for item in found if item.source not in known])


def move(connection: sqlite3.Connection, source_row: int, target_row: int) -> None:
    """Give a device what speaks for another, where the same source has said nothing for it."""
    add(connection, target_row, load(connection, [source_row]).get(source_row, ()))


def load(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, tuple[Evidence, ...]]:
    """Give the evidence of these devices, by row number, in the order it was told."""
    found: dict[int, list[Evidence]] = {}
    for row, source, detail, url in connection.execute(
        "SELECT device, source, detail, url FROM evidence "
        "WHERE device IN (SELECT value FROM json_each(?)) ORDER BY device, place, source",
        (json.dumps(list(rows)),),
    ):
        found.setdefault(row, []).append(Evidence(Source(source), detail, url))
    return {row: tuple(items) for row, items in found.items()}
