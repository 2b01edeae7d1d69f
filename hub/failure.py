"""What the database or its disk refused, in words for the dealer."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from hub.errors import HubError, HubFullError

# Less than this is as good as full: SQLite needs a few pages at a time.
_FULL = 64 * 1024
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_FORBIDDEN = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
#: These two only say that a file operation failed; the file system knows why.
_VAGUE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


def explain(error: DBAPIError | OSError, folder: Path) -> HubError:
    """Name the cause of a database failure: ``hub_disk_full``, ``hub_folder``,
    ``hub_database_locked``, ``hub_database_damaged``, or else ``hub_database``.
    """
    if isinstance(error, OSError):
        return _full(folder) if error.errno in _NO_ROOM else _unusable(folder, error.strerror)
    code = (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (code in _VAGUE and _has_no_room(folder)):
        return _full(folder)
    if code in _FORBIDDEN or (code in _VAGUE and not os.access(folder, os.W_OK)):
        return _unusable(folder, str(error.orig))
    if code in _LOCKED:
        return HubError(
            "hub_database_locked",
            f"Another program holds the database in {folder} locked.",
            "Close it (a database viewer, a backup) and try again. Nothing was lost.",
        )
    if code in _DAMAGED:
        return HubError(
            "hub_database_damaged",
            f"The database in {folder} is damaged, or is none of a hub.",
            "Nothing in it was changed. Restore it from a backup.",
        )
    return HubError(
        "hub_database", f"The hub's database failed: {error.orig}.", "See the hub's log."
    )


def _has_no_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _FULL
    except OSError:
        return False


def _full(folder: Path) -> HubError:
    return HubFullError(
        "hub_disk_full", f"The hub's disk is full ({folder}).", "Make room. Nothing was lost."
    )


def _unusable(folder: Path, reason: str | None) -> HubError:
    return HubError(
        "hub_folder",
        f"The hub's folder {folder} cannot be written: {reason or 'it is refused'}.",
        "See that it exists and that this user may write there.",
    )
