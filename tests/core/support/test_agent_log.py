"""The log's files: bounded, owner only, masked, and never a reason for the agent to fail."""

from __future__ import annotations

import asyncio
import gc
import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.border import Border, Pseudonyms
from core.settings.privacy import Privacy
from core.support.agent_log import AgentLog, log_files
from core.support.context import ACTION
from core.support.crashes import crashes_logged

OPEN = Border(Privacy(), Pseudonyms.passing())
CLOSED = Border(Privacy(addresses="mask", macs="mask"), Pseudonyms.passing())
_log = logging.getLogger("core.test_of_the_log")


@pytest.fixture
def log() -> Iterator[AgentLog]:
    handler = AgentLog(largest=2_000, kept=3)
    root, ours = logging.getLogger(), logging.getLogger("core")
    before = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    ours.setLevel(before)
    handler.close()


def text_of(folder: Path) -> str:
    return "".join(path.read_text() for path in reversed(log_files(folder)))


def test_a_line_has_time_level_logger_action_and_text(tmp_path: Path, log: AgentLog) -> None:
    _log.info("before the folder was known")
    log.start(tmp_path, lambda: OPEN)
    ACTION.set("a-1")
    _log.warning("one\ntwo \x1b[31m")
    ACTION.set("")
    first, second, third = text_of(tmp_path).splitlines()
    assert first.endswith("INFO core.test_of_the_log before the folder was known")
    assert second[10] == "T"
    assert second[19] == "Z"
    assert second.endswith(" WARNING core.test_of_the_log [a-1] one")
    assert third == "    two ?[31m"


def test_it_is_bounded_and_its_owners(tmp_path: Path, log: AgentLog) -> None:
    log.start(tmp_path, lambda: OPEN)
    for number in range(200):
        _log.info("line %d of many", number)
    files = log_files(tmp_path)
    assert [path.name for path in files] == ["agent.log", "agent.log.1", "agent.log.2"]
    for path in (*files, tmp_path / "logs"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert all(path.stat().st_size <= 2_000 for path in files)
    assert "line 199 of" in files[0].read_text()
    assert log.status().lost == 0


def test_what_is_hidden_and_what_is_secret_is_never_written(tmp_path: Path, log: AgentLog) -> None:
    log.start(tmp_path, lambda: CLOSED)
    error = ValueError("at 10.9.8.7 with community=c4nary")
    _log.error("asking 10.9.8.7, password: c4nary", exc_info=error, stack_info=True)
    told = text_of(tmp_path)
    assert "ValueError: at hidden-" in told
    assert "Stack (most recent call last)" in told
    assert "10.9.8.7" not in told


class Dying:
    def __del__(self) -> None:
        raise RuntimeError("lost at 10.9.8.7")


def test_pythons_own_hooks_write_no_crash_as_it_is(
    tmp_path: Path, log: AgentLog, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, f"__{name}__"))
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    log.start(tmp_path, lambda: CLOSED)

    def fail() -> None:
        raise RuntimeError("a fault at 10.9.8.7")

    with crashes_logged():
        thread = threading.Thread(target=fail, name="breaking")
        thread.start()
        thread.join()
        Dying()
        gc.collect()
    assert "10.9.8.7" not in capsys.readouterr().err
    told = text_of(tmp_path)
    assert "the thread breaking ended by a fault" in told
    assert "a fault where nobody could hear of it" in told
    assert "10.9.8.7" not in told
    assert "c4nary" not in told


def test_a_disk_that_takes_nothing_is_counted_and_said(
    tmp_path: Path, log: AgentLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.start(tmp_path, lambda: OPEN)
    _log.info("good")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("core.support.agent_log.os.write", full)
        _log.info("lost")
        _log.info("lost too")
        status = log.status()
    assert status.lost == 2
    assert status.problem is not None
    assert "No space left" in status.problem.text
    _log.info("good again")
    assert log.status().problem is None
    assert log.status().lost == 2
    assert "good again" in text_of(tmp_path)


async def test_crashes_are_in_it(
    tmp_path: Path, log: AgentLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sys, threading):  # whose they were hears of it too, and would fail this test
        monkeypatch.setattr(module, "excepthook", lambda *_: None)
    log.start(tmp_path, lambda: CLOSED)

    def fail() -> None:
        raise RuntimeError("a fault at 10.9.8.7")

    with crashes_logged():
        thread = threading.Thread(target=fail, name="breaking")
        thread.start()
        thread.join()
        try:
            fail()
        except RuntimeError as error:
            sys.excepthook(RuntimeError, error, error.__traceback__)
        asyncio.get_running_loop().call_exception_handler(
            {"message": "Task exception was never retrieved", "exception": RuntimeError("10.9.8.7")}
        )
    told = text_of(tmp_path)
    assert "the thread breaking ended by a fault" in told
    assert "the process ends by a fault" in told
    assert "ERROR asyncio" in told
    assert told.count("RuntimeError") >= 3
    assert "10.9.8.7" not in told
