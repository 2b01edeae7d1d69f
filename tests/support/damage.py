"""Damages a database as a failing disk would: one page of a table becomes noise."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def spoil(path: Path, table: str) -> bytes:
    """Overwrite one leaf in the middle of a table; gives the whole file as it is then."""
    db = sqlite3.connect(path)
    page = db.execute("PRAGMA page_size").fetchone()[0]
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    data = bytearray(path.read_bytes())
    at = (root - 1) * page
    kind, cells = data[at], int.from_bytes(data[at + 3 : at + 5], "big")
    if kind in {5, 2}:  # an interior page: take the leaf of its middle cell
        pointer = at + 12 + 2 * (cells // 2)
        cell = at + int.from_bytes(data[pointer : pointer + 2], "big")
        at = (int.from_bytes(data[cell : cell + 4], "big") - 1) * page
    data[at : at + page] = b"\xa5" * page
    with path.open("r+b") as file:  # in place: a running agent has it open
        file.seek(at)
        file.write(data[at : at + page])
    return bytes(data)
