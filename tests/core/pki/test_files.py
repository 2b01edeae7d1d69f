"""Key files: for their owner alone, whole or not at all, and named when they cannot be used."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from core.pki import files
from core.pki.errors import PkiError
from core.pki.files import check_writable, read_bytes, read_certificate, read_key, write_private


def problem_of(path: Path, work: object) -> str:
    assert callable(work)
    with pytest.raises(PkiError) as caught:
        work()
    problem = caught.value.problem
    assert str(path) in problem.text
    assert problem.remedy
    return f"{problem.code}: {problem.text}"


def test_only_the_owner_can_read_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    write_private(path, b"one")
    write_private(path, b"two")
    assert path.read_bytes() == b"two"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_it_does_not_write_through_a_link(tmp_path: Path) -> None:
    other, path = tmp_path / "other", tmp_path / "key"
    other.write_bytes(b"kept")
    path.symlink_to(other)
    write_private(path, b"secret")
    assert other.read_bytes() == b"kept"
    assert not path.is_symlink()


def test_a_failure_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    write_private(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    said = problem_of(path, lambda: write_private(path, b"new"))
    assert said.startswith("certificate_unwritable")
    assert "No space" in said
    assert problem_of(path, lambda: check_writable(path)).startswith("certificate_unwritable")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_trying_whether_it_can_be_written_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "key"
    check_writable(path)
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"old")
    check_writable(path)
    assert path.read_bytes() == b"old"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    path = tmp_path / "file" / "key"
    for work in (lambda: write_private(path, b"x"), lambda: check_writable(path)):
        assert problem_of(path, work).startswith("certificate_unwritable")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "key"
    for read in (read_bytes, read_certificate, read_key):
        assert "certificate_file" in problem_of(path, lambda read=read: read(path))
    path.mkdir()
    assert "directory" in problem_of(path, lambda: read_bytes(path)).lower()


def test_a_file_that_is_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"\0\xff" * 50_000)
    assert "not a certificate" in problem_of(path, lambda: read_certificate(path))
    assert "not a private key" in problem_of(path, lambda: read_key(path))
