"""A damaged database: kept aside, and what is legible of it taken over into a new one.

The file itself is never written to: what it holds may be legible to somebody with more patience.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.host.permissions import private_folder
from core.store.connection import NAME, open_writer, transaction
from core.store.errors import explained

#: Stands beside the database once a page of it was found damaged while the agent ran.
MARK = "store.damaged"
_PARTS = ("", "-wal", "-shm")
_STEP = 256  # rows that are read at once; where one of them is illegible, they are read one by one
_TRIES = 2_000  # row numbers that are tried behind an illegible row; the second half in leaps


@dataclass(frozen=True, slots=True)
class Rescued:
    """Where the damaged file lies now, and how many rows were legible, by table."""

    aside: Path
    rows: dict[str, int]

    @property
    def text(self) -> str:
        """Say it in a sentence."""
        devices, waiting = self.rows.get("device", 0), self.rows.get("outbox", 0)
        return (
            f"The store was damaged. It is kept in {self.aside}; {devices} devices and {waiting} "
            "undelivered items were legible and taken over into a new one."
        )


def is_damaged(folder: Path) -> bool:
    """Say whether the store was marked as damaged, and is; a mark that is wrong is removed."""
    mark, path = folder / MARK, folder / NAME
    if not mark.exists():
        return False
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            sound = [row[0] for row in db.execute("PRAGMA integrity_check(1)")] == ["ok"]
    except sqlite3.Error:
        sound = False
    if sound:
        mark.unlink(missing_ok=True)
    return not sound


def mark_damaged(folder: Path) -> None:
    """Leave word for the next start that the store has to be looked at."""
    with contextlib.suppress(OSError):  # the disk may be what fails
        (folder / MARK).touch()


def rescue(folder: Path, at: datetime) -> Rescued:
    """Put the damaged store of ``folder`` aside and begin a new one with what is legible of it.

    Blocks for as long as it takes to read the file. Raises ``StoreError`` where the disk is full
    or cannot be written; then everything is left where it was.
    """
    path = folder / NAME
    aside = folder / f"damaged-{at:%Y%m%d-%H%M%S}"
    with explained(path):
        private_folder(aside)
        _copy(path, aside)
        _forget(path)
        (folder / MARK).unlink(missing_ok=True)
    try:
        rows = _take_over(aside / NAME, path)
    except BaseException:
        with contextlib.suppress(OSError):
            _forget(path)
            _copy(aside / NAME, folder)
            mark_damaged(folder)
        raise
    return Rescued(aside, rows)


def _copy(path: Path, target: Path) -> None:
    for part in _PARTS:
        source = path.with_name(path.name + part)
        if source.exists():
            shutil.copy2(source, target / source.name)


def _forget(path: Path) -> None:
    for part in _PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)


def _take_over(damaged: Path, path: Path) -> dict[str, int]:
    with explained(path), contextlib.closing(open_writer(path, 5.0)) as new:
        work = damaged.parent / "work"
        work.mkdir(exist_ok=True)
        try:
            _copy(damaged, work)
            with contextlib.closing(sqlite3.connect(work / NAME)) as old:
                return _all_tables(old, new)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _all_tables(old: sqlite3.Connection, new: sqlite3.Connection) -> dict[str, int]:
    taken: dict[str, int] = {}
    new.execute("PRAGMA foreign_keys = OFF")
    with transaction(new):
        for table in _tables(new):
            columns = _columns(new, table) & _columns(old, table)
            if columns:
                taken[table] = _table(old, new, table, sorted(columns))
        _drop_orphans(new)
    return taken


def _tables(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return sorted(str(row[0]) for row in rows if not str(row[0]).startswith("sqlite_"))


def _columns(db: sqlite3.Connection, table: str) -> set[str]:
    try:
        return {str(row[1]) for row in db.execute(f'PRAGMA table_info("{table}")')}
    except sqlite3.DatabaseError:
        return set()


def _table(old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: list[str]) -> int:
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    insert = f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608
    numbered = _has_row_numbers(new, table)
    legible = _by_number(old, table, names) if numbered else _from_both_ends(old, table, names)
    count = 0
    for row in legible:
        with contextlib.suppress(sqlite3.IntegrityError):
            count += max(new.execute(insert, row).rowcount, 0)
    return count


def _has_row_numbers(db: sqlite3.Connection, table: str) -> bool:
    row = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return "WITHOUT ROWID" not in str(row[0]).upper()


def _by_number(db: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows by their numbers, over the gaps that cannot be read."""
    query = f'SELECT rowid, {names} FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT ?'  # noqa: S608
    last, bad = 0, 0
    while bad < _TRIES:
        rows = _read(db, query, (last, _STEP))
        if rows is None:
            rows = _read(db, query, (last, 1))
        if rows is None:
            bad += 1
            last += 1 if bad < _TRIES // 2 else 2 ** min(bad - _TRIES // 2, 40)
            continue
        if not rows:
            return
        bad = 0
        last = rows[-1][0]
        yield from (tuple(row)[1:] for row in rows)


def _from_both_ends(db: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows up to what cannot be read, then those behind it from the other end."""
    keys = [str(r[1]) for r in db.execute(f'PRAGMA table_info("{table}")') if r[5]]
    for direction in ("ASC", "DESC"):
        order = ", ".join(f'"{key}" {direction}' for key in keys) or "1"
        try:
            rows = db.execute(f'SELECT {names} FROM "{table}" ORDER BY {order}')  # noqa: S608
            for row in rows:
                yield tuple(row)
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            continue
        return


def _read(db: sqlite3.Connection, query: str, values: tuple[int, int]) -> list[Any] | None:
    try:
        return db.execute(query, values).fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None


def _drop_orphans(db: sqlite3.Connection) -> None:
    """Remove rows whose device was not legible."""
    while found := db.execute("PRAGMA foreign_key_check").fetchmany(500):
        for table, rowid, *_ in map(tuple, found):
            if rowid is None:  # a table without row numbers: its device column leads to nobody
                db.execute(
                    f'DELETE FROM "{table}" WHERE device NOT IN (SELECT id FROM device)'  # noqa: S608
                )
                break
            db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608
