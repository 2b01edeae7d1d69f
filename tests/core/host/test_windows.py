"""The Windows backend against a double of msvcrt that keeps its rules: ranges, at the position."""

from __future__ import annotations

import importlib
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.host.errors import AlreadyRunningError
from core.host.lock import AgentLock


class Msvcrt(types.ModuleType):
    """Locks of byte ranges: one holder a byte, wherever the descriptor stands."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.locked: set[tuple[int, int]] = set()

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert count == 1
        byte = (os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        if mode == self.LK_UNLCK:
            self.locked.remove(byte)
        elif byte in self.locked:
            raise PermissionError(13, "Permission denied")
        else:
            self.locked.add(byte)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    if sys.platform == "win32":
        pytest.skip("the real one is tested by test_lock.py here")
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt())
    monkeypatch.setattr(sys, "platform", "win32")
    module = importlib.import_module("core.host.windows")
    monkeypatch.setattr(sys, "platform", "linux")
    yield module
    sys.modules.pop("core.host.windows")


def test_one_holder_and_a_text_that_others_can_read(tmp_path: Path, windows: Any) -> None:
    host = windows.WindowsBackend()
    lock = AgentLock.take(tmp_path, host)
    with pytest.raises(AlreadyRunningError, match=f"process {os.getpid()}"):
        AgentLock.take(tmp_path, host)
    bytes_locked = {byte for _, byte in windows.msvcrt.locked}
    assert min(bytes_locked) > 1_000_000, "a locked byte of the text could not be read"
    lock.release()
    AgentLock.take(tmp_path, host).release()
    assert not windows.msvcrt.locked


def test_a_file_held_by_a_scanner_is_replaced_when_it_lets_go(
    tmp_path: Path, windows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(windows.time, "sleep", waits.append)
    replace = Path.replace

    def held(source: Path, target: Path) -> Path:
        if len(waits) < 3:
            raise PermissionError(13, "Permission denied")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", held)
    (tmp_path / "new").write_text("x")
    windows.WindowsBackend().replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "x"
    assert len(waits) == 3


def test_a_file_held_for_good_is_an_error(
    tmp_path: Path, windows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_source: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(windows.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PermissionError):
        windows.WindowsBackend().replace(tmp_path / "new", tmp_path / "old")
