"""Opening the database file, and transactions on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from core.host.permissions import private_file
from core.store.migrate import Migration, check, migrations, upgrade

NAME = "store.sqlite"
# Bytes of the write-ahead log that are kept on disk once its content is in the database.
_LOG_LIMIT = 16 * 1024 * 1024


def open_writer(
    path: Path, busy_timeout: float, steps: Sequence[Migration] | None = None
) -> sqlite3.Connection:
    """Open the file for the one writer, make it if it is not there, and bring it up to date.

    ``busy_timeout`` is in seconds. Raises ``sqlite3.Error``, ``OSError`` and ``StoreError``.
    """
    steps = migrations() if steps is None else steps
    # Made here so that it is its owner's from the first moment; SQLite gives its log the same bits.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    private_file(path)
    connection = _connect(path, busy_timeout)
    try:
        check(connection, path, steps)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG_LIMIT}")
        # An acknowledged reading must survive a power cut: every commit reaches the disk, on
        # macOS through the drive's own cache too.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
        upgrade(connection, steps)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """Open the file for queries, beside the writer and never in its way."""
    connection = _connect(path, busy_timeout)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path, busy_timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str = "IMMEDIATE") -> Iterator[None]:
    """Run the block as one transaction: all of it, or after any failure nothing."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have rolled back by itself (disk full); a failing rollback must not hide why.
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise
