from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.store.errors import StoreError, explained


def _raised(path: Path, error: Exception) -> StoreError:
    with pytest.raises(StoreError) as caught, explained(path):
        raise error
    assert caught.value.__cause__ is error
    assert caught.value.problem.remedy
    return caught.value


def _sqlite(code: int, name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_CORRUPT_INDEX, "store_corrupt"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "store_read_only"),
        (sqlite3.SQLITE_BUSY_RECOVERY, "store_locked"),
        (sqlite3.SQLITE_FULL, "store_full"),
        (sqlite3.SQLITE_IOERR_FSYNC, "store_failed"),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, "store_failed"),
    ],
)
def test_extended_codes_of_sqlite_are_known_by_their_primary(
    tmp_path: Path, code: int, expected: str
) -> None:
    error = _raised(tmp_path / "store.sqlite", _sqlite(code, "SQLITE_SOMETHING"))
    assert error.problem.code == expected
    assert str(tmp_path) in error.problem.text
    if expected == "store_failed":
        assert "SQLITE_SOMETHING" in error.problem.text


def test_a_failed_file_operation_on_a_full_disk_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=4096))
    error = _raised(tmp_path / "s", _sqlite(sqlite3.SQLITE_IOERR_WRITE, "SQLITE_IOERR_WRITE"))
    assert error.problem.code == "store_full"


def test_a_failed_file_operation_in_a_folder_without_rights_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    error = _raised(tmp_path / "s", _sqlite(sqlite3.SQLITE_CANTOPEN, "SQLITE_CANTOPEN"))
    assert error.problem.code == "store_read_only"


def test_a_folder_that_is_gone_is_a_failure(tmp_path: Path) -> None:
    error = _raised(tmp_path / "gone" / "s", _sqlite(sqlite3.SQLITE_CANTOPEN, "SQLITE_CANTOPEN"))
    assert error.problem.code == "store_failed"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "store_full"),
        (errno.EDQUOT, "store_full"),
        (errno.EROFS, "store_read_only"),
        (errno.EACCES, "store_read_only"),
        (errno.EIO, "store_failed"),
    ],
)
def test_errors_of_the_file_system_are_named(tmp_path: Path, number: int, expected: str) -> None:
    assert _raised(tmp_path, OSError(number, os.strerror(number))).problem.code == expected


def test_an_error_that_tells_nothing_is_still_told(tmp_path: Path) -> None:
    assert "odd" in _raised(tmp_path, sqlite3.ProgrammingError("odd")).problem.text
    assert _raised(tmp_path, OSError()).problem.code == "store_failed"
