from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from core.host import permissions
from core.host.backend import Exposure
from core.host.errors import HostError
from core.host.null import NullBackend


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class OthersBackend(NullBackend):
    """Everything belongs to another user, who lets all in."""

    def exposure(self, path: Path) -> Exposure:
        path.stat()
        return Exposure(readable=True, writable=True, mine=False)


class FailingBackend(NullBackend):
    """The disk is full when a new file is to take its place."""

    def replace(self, source: Path, target: Path) -> None:
        raise OSError(28, os.strerror(28))


def test_a_folder_that_others_can_write_in_is_tightened(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o775)
    permissions.private_folder(folder)
    assert _mode(folder) == 0o700


def test_a_folder_that_others_can_read_only_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    permissions.private_folder(folder)
    assert _mode(folder) == 0o755


def test_a_folder_for_everybody_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    with pytest.raises(HostError) as caught:
        permissions.private_folder(folder)
    assert caught.value.problem.code == "folder_exposed"
    assert _mode(folder) == 0o1777


def test_another_user_s_open_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostError) as caught:
        permissions.private_folder(tmp_path, OthersBackend())
    assert caught.value.problem.code == "folder_exposed"


def test_a_file_that_others_can_read_is_tightened(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text("x")
    file.chmod(0o644)
    permissions.private_file(file)
    assert _mode(file) == 0o600


def test_another_user_s_open_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text("x")
    with pytest.raises(HostError) as caught:
        permissions.private_file(file, OthersBackend())
    assert caught.value.problem.code == "file_exposed"


def test_an_atomic_write_is_the_owner_s_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        permissions.atomic_write(tmp_path / "f", b"new")
    finally:
        os.umask(old)
    assert (tmp_path / "f").read_bytes() == b"new"
    assert _mode(tmp_path / "f") == 0o600


def test_a_failed_write_leaves_the_old_text_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"old")
    with pytest.raises(OSError, match="No space"):
        permissions.atomic_write(file, b"new", FailingBackend())
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"mine")
    (tmp_path / "f").symlink_to(target)
    permissions.atomic_write(tmp_path / "f", b"new")
    assert target.read_bytes() == b"mine"
    assert not (tmp_path / "f").is_symlink()
