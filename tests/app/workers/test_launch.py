"""An agent started as a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from app.workers.launch import ERRORS_FILE, ProcessLauncher, agent_command


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def wait_for(launcher: ProcessLauncher) -> None:
    end = time.monotonic() + 20
    while launcher.failure() is None:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_the_command_is_the_agent_of_that_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = [sys.executable, "-P", "-m", "app", "agent", "--data", str(tmp_path)]
    assert agent_command(tmp_path) == usual
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert agent_command(tmp_path) == [sys.executable, "agent", "--data", str(tmp_path)]


def test_one_that_fails_tells_its_own_words(tmp_path: Path) -> None:
    code = (
        "import sys; sys.stderr.write('platen: The disk is full.\\n        Make room.\\n');"
        "sys.exit(1)"
    )
    launcher = ProcessLauncher(tmp_path / "data", python(code))
    assert launcher.failure() is None
    launcher.start()
    wait_for(launcher)
    problem = launcher.failure()
    assert problem is not None
    assert (problem.code, problem.text, problem.remedy) == (
        "agent_failed",
        "The disk is full.",
        "Make room.",
    )
    assert (tmp_path / "data" / ERRORS_FILE).exists()


def test_one_that_says_nothing_tells_its_status(tmp_path: Path) -> None:
    launcher = ProcessLauncher(tmp_path, python("import os; os._exit(7)"))
    launcher.start()
    wait_for(launcher)
    problem = launcher.failure()
    assert problem is not None
    assert "exit status 7" in problem.text
    assert "platen agent" in problem.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="sessions are POSIX")
def test_it_lives_in_a_session_of_its_own_and_outlives_the_window(tmp_path: Path) -> None:
    launcher = ProcessLauncher(tmp_path, python("import time; time.sleep(60)"))
    launcher.start()
    pid = launcher.pid
    assert pid is not None
    try:
        assert os.getsid(pid) == pid
        assert os.getsid(pid) != os.getsid(0)
        assert launcher.failure() is None
        launcher.forget()
        assert launcher.pid is None
        os.kill(pid, 0)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
