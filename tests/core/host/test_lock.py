from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.host.errors import AlreadyRunningError, HostError
from core.host.lock import NAME, AgentLock
from core.host.null import NullBackend

_HOLDER = """
import sys, pathlib
from core.host.lock import AgentLock
lock = AgentLock.take(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def _hold(folder: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def _end(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.communicate()


def test_the_second_one_is_told_who_has_it(tmp_path: Path) -> None:
    child = _hold(tmp_path)
    try:
        with pytest.raises(AlreadyRunningError) as caught:
            AgentLock.take(tmp_path)
    finally:
        _end(child)
    problem = caught.value.problem
    assert problem.code == "agent_already_running"
    assert f"process {child.pid}" in problem.text
    assert str(tmp_path) in problem.text
    assert problem.remedy


def test_a_killed_agent_leaves_no_lock_behind(tmp_path: Path) -> None:
    child = _hold(tmp_path)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert str(child.pid) in (tmp_path / NAME).read_text()
    with AgentLock.take(tmp_path):
        assert str(os.getpid()) in (tmp_path / NAME).read_text()


def test_a_child_process_does_not_keep_the_lock(tmp_path: Path) -> None:
    lock = AgentLock.take(tmp_path)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        lock.release()
        AgentLock.take(tmp_path).release()
    finally:
        child.kill()
        child.communicate()


def test_it_can_be_taken_again_and_released_twice(tmp_path: Path) -> None:
    lock = AgentLock.take(tmp_path)
    with pytest.raises(AlreadyRunningError):
        AgentLock.take(tmp_path)
    lock.release()
    assert (tmp_path / NAME).read_text() == "", "it names a process that has let go"
    lock.release()
    AgentLock.take(tmp_path).release()


def test_two_folders_have_two_locks(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with AgentLock.take(tmp_path / "a"), AgentLock.take(tmp_path / "b"):
        pass


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff" * 9000])
def test_what_a_file_holds_without_a_lock_means_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    host = NullBackend()
    lock = AgentLock.take(tmp_path, host)
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(AlreadyRunningError, match="another process"):
        AgentLock.take(tmp_path, host)
    lock.release()
    AgentLock.take(tmp_path, host).release()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HostError) as caught:
        AgentLock.take(tmp_path / "nowhere")
    assert caught.value.problem.code == "folder_unusable"
    assert str(tmp_path / "nowhere") in caught.value.problem.text
