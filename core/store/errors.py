"""What the database refused, in words for a person."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.model.problem import PlatenError

# Less than this is as good as full: SQLite needs a few pages at a time.
_FULL = 64 * 1024

_CODES = {
    sqlite3.SQLITE_CORRUPT: "store_corrupt",
    sqlite3.SQLITE_NOTADB: "store_corrupt",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_PERM: "store_read_only",
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
}
_ERRNOS = {
    errno.EROFS: "store_read_only",
    errno.EACCES: "store_read_only",
    errno.EPERM: "store_read_only",
    errno.ENOSPC: "store_full",
    errno.EDQUOT: "store_full",
}
#: Codes of what the disk is the cause of: it lasts until somebody sees to the disk.
OF_THE_DISK = frozenset(
    {"store_corrupt", "store_full", "store_read_only", "store_locked", "store_failed"}
)
_TEXTS = {
    "store_corrupt": (
        "The file {path} is damaged, or is not a store of Platen.",
        (
            "Start the agent again: it then puts this file aside and saves what is legible in it. "
            "Send the logs to support."
        ),
    ),
    "store_full": (
        "There is no room left on the disk for {path}.",
        "Nothing stored was lost. Free some space; Platen goes on by itself.",
    ),
    "store_read_only": (
        "The file {path} cannot be written.",
        (
            "Nothing stored was lost. Give this user the right to write in its folder, or choose "
            "another data folder."
        ),
    ),
    "store_locked": (
        "Another program holds {path} locked.",
        (
            "Nothing stored was lost. Close the program that has it open (a database viewer, a "
            "backup) and try again."
        ),
    ),
    "store_failed": (
        "The database {path} failed: {reason}.",
        "Nothing stored was lost. Look at the disk and its quota, then try again.",
    ),
}


class StoreError(PlatenError):
    """The store cannot do what was asked; what was stored before is still there.

    Codes: ``store_newer``, ``store_corrupt``, ``store_read_only``, ``store_full``,
    ``store_locked``, ``store_failed``, ``store_closed``, ``unknown_device``.
    """


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system into ``StoreError``."""
    try:
        yield
    except sqlite3.Error as error:
        raise _store_error(_code(error, path), path, _name(error)) from error
    except OSError as error:
        code = _ERRNOS.get(error.errno or 0, "store_failed")
        raise _store_error(code, path, error.strerror or type(error).__name__) from error


def corrupt(path: Path) -> StoreError:
    """Give the error for a file that is not a store of Platen."""
    return _store_error("store_corrupt", path, "")


def closed() -> StoreError:
    """Give the error for a store that was closed."""
    return StoreError("store_closed", "The store is closed.", "Start the agent again.")


def unknown_device(key: str) -> StoreError:
    """Give the error for a key that names no device."""
    return StoreError(
        "unknown_device", f"There is no device {key[:64]}.", "Look it up in the list of devices."
    )


def _store_error(code: str, path: Path, reason: str) -> StoreError:
    text, remedy = _TEXTS[code]
    return StoreError(code, text.format(path=path, reason=reason), remedy)


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", None) or str(error)


def _code(error: sqlite3.Error, path: Path) -> str:
    primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    known = _CODES.get(primary)
    if known or primary not in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return known or "store_failed"
    # These two only say that a file operation failed; the file system knows why.
    try:
        if shutil.disk_usage(path.parent).free < _FULL:
            return "store_full"
        return "store_failed" if os.access(path.parent, os.W_OK) else "store_read_only"
    except OSError:
        return "store_failed"
