"""An agent started as a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from app.workers.inside import LastResort
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
    assert launcher._process is not None
    assert launcher._process.wait(20) == 1
    assert problem is not None
    assert (problem.code, problem.text, problem.remedy) == (
        "agent_failed",
        "The disk is full.",
        "Make room.",
    )
    assert (tmp_path / "data" / ERRORS_FILE).exists()


def test_a_tray_whose_agent_cannot_start_tells_why_though_it_lives(tmp_path: Path) -> None:
    code = (
        "import sys, time; sys.stderr.write('a warning\\n'); sys.stderr.flush(); time.sleep(0.3);"
        "sys.stderr.write('platen: The folder is locked.\\n'); sys.stderr.flush(); time.sleep(60)"
    )
    launcher = ProcessLauncher(tmp_path, python(code))
    launcher.start()
    assert launcher._process is not None
    try:
        wait_for(launcher)
        problem = launcher.failure()
        assert problem is not None
        assert problem.text == "The folder is locked."
        assert launcher._process.poll() is None
    finally:
        launcher._process.kill()
        launcher._process.wait(20)


@pytest.mark.parametrize(("status", "word", "inside"), [(7, "", 1), (1, "platen: No.", 0)])
def test_the_last_resort_is_for_what_has_no_cause_that_holds_here_too(
    tmp_path: Path, status: int, word: str, inside: int
) -> None:
    hosted: list[int] = []
    code = f"import sys, os; sys.stderr.write({word!r}); sys.stderr.flush(); os._exit({status})"
    process = ProcessLauncher(tmp_path, python(code))
    launcher = LastResort(process, lambda: hosted.append(1))
    launcher.start()
    assert process._process is not None
    process._process.wait(20)
    assert (launcher.failure() is None) is bool(inside)
    assert len(hosted) == inside


def test_where_no_process_can_be_started_the_agent_runs_in_the_window(tmp_path: Path) -> None:
    hosted: list[int] = []
    process = ProcessLauncher(tmp_path, [str(tmp_path / "no-such-program")])
    launcher = LastResort(process, lambda: hosted.append(1))
    launcher.start()
    assert hosted == [1]
    assert launcher.failure() is None
    launcher.start()  # a person asks again
    assert hosted == [1, 1]


def test_one_that_is_killed_after_it_was_reached_did_not_fail_to_start(tmp_path: Path) -> None:
    hosted: list[int] = []
    process = ProcessLauncher(tmp_path, python("import time; time.sleep(60)"))
    launcher = LastResort(process, lambda: hosted.append(1))
    launcher.start()
    launcher.reached()
    assert process._process is not None
    process._process.kill()
    process._process.wait(20)
    assert launcher.failure() is None
    assert not hosted
    launcher.start()  # a person asks for it
    assert process._process.poll() is None
    process._process.kill()
    process._process.wait(20)
    assert launcher.failure() is None
    assert hosted == [1]  # this one was never reached


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
