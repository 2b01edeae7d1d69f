"""The tray as a process, in a real panel on a screen, driven as a person does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from core.host.lock import NAME
from tests.support import waiting
from tests.support.agent_status import status_of
from tests.support.need import ROOT, missing
from tests.support.tray_host import TrayHost, size, tray_host
from tests.support.xvfb import Screen, screen
from tests.support.xvfb import missing as missing_programs

_PATIENCE = 30.0

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb and trayer are Linux"),
    pytest.mark.timeout(120),
]


def command(name: str, folder: Path) -> list[str]:
    return [sys.executable, "-P", "-m", "app", name, "--data", str(folder)]


wait_until = partial(waiting.wait_until, patience=_PATIENCE)


@pytest.fixture
def shown() -> Iterator[Screen]:
    if missing_programs():
        missing(f"not installed: {', '.join(missing_programs())}")
    # Wider than the window, so that without a window manager it leaves the panel free.
    with screen(1600, 900) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@contextmanager
def running(name: str, folder: Path, shown: Screen) -> Iterator[subprocess.Popen[str]]:
    """Give ``platen NAME`` once its agent answers; it is gone afterwards."""
    with subprocess.Popen(
        command(name, folder),
        cwd=ROOT,
        env=shown.environment | {"PLATEN_SECRETS": "file"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_until(lambda: status_of(folder), "the agent")
            yield process
        finally:
            process.kill()


def windows(shown: Screen) -> list[str]:
    """Give the windows of Platen that are as large as its window is."""
    found = shown.run("xdotool", "search", "--onlyvisible", "--name", "^Platen$").splitlines()
    return [each for each in found if size(shown, each)[0] >= 900]


def questions(shown: Screen) -> list[str]:
    """Give the windows that ask something."""
    found = shown.run("xdotool", "search", "--onlyvisible", "--name", "^Platen$").splitlines()
    return [each for each in found if 300 < size(shown, each)[0] < 900]


def paused(folder: Path) -> bool:
    found = status_of(folder)
    return found is not None and found.schedule.pause is not None


def ended_in_order(folder: Path) -> bool:
    return (folder / NAME).read_bytes() == b"" and not (folder / "channel.json").exists()


def choose(host: TrayHost, *keys: str) -> None:
    host.menu()
    for key in keys:
        host.shown.key(key)


def test_the_menu_pauses_collects_and_quits(shown: Screen, folder: Path) -> None:
    with running("tray", folder, shown) as tray, tray_host(shown) as host:
        host.place()  # the tray came after the icon
        choose(host, "Down", "Down", "Down", "Down", "Right", "Return")
        wait_until(lambda: paused(folder), "the pause")
        choose(host, *["Down"] * 5, "Return")
        wait_until(lambda: not paused(folder), "the end of the pause")
        choose(host, "Down", "Down", "Return")
        wait_until(lambda: getattr(status_of(folder), "last_collection", None), "the collection")
        choose(host, "Up", "Return")
        wait_until(lambda: questions(shown), "the question")
        assert status_of(folder) is not None  # it only asks
        shown.run("xdotool", "windowfocus", questions(shown)[0])
        shown.key("Escape")
        wait_until(lambda: not questions(shown), "the question's end")
        choose(host, "Up", "Return")
        wait_until(lambda: questions(shown), "the question")
        shown.run("xdotool", "windowfocus", questions(shown)[0])
        shown.key("Tab")
        shown.key("space")
        assert tray.wait(30) == 0
    assert ended_in_order(folder)
    stored = b"".join(part.read_bytes() for part in folder.glob("store.sqlite*"))
    assert b"a person quit it from the tray" in stored  # for whoever looks at the schedule next


def test_a_click_opens_the_window_and_the_next_one_raises_it(shown: Screen, folder: Path) -> None:
    with running("tray", folder, shown) as tray, tray_host(shown) as host:
        host.click()
        wait_until(lambda: len(windows(shown)) == 1, "the window")
        first = windows(shown)
        host.click()
        time.sleep(0.5)
        second = subprocess.run(  # as the icon does: it is answered, so it opens no other
            [sys.executable, "-P", "-m", "app", "--data", str(folder), "--show", "map"],
            cwd=ROOT,
            env=shown.environment,
            timeout=60,
            check=False,
        )
        assert second.returncode == 0
        assert windows(shown) == first
        shown.key("ctrl+q")
        wait_until(lambda: not windows(shown), "the window's end")
        assert status_of(folder) is not None  # the agent goes on in the tray
        again = subprocess.run(
            command("tray", folder), cwd=ROOT, env=shown.environment, timeout=60, check=False
        )
        assert again.returncode == 0  # there is one already
        tray.send_signal(signal.SIGTERM)
        assert tray.wait(30) == 0
    assert ended_in_order(folder)


def test_an_agent_that_is_killed_is_started_again_by_the_tray(shown: Screen, folder: Path) -> None:
    with (
        running("agent", folder, shown) as agent,
        running("tray", folder, shown) as tray,
    ):
        found = status_of(folder)
        assert found is not None
        assert found.pid == agent.pid  # the tray hosts none beside one that runs
        agent.kill()
        agent.wait(10)
        wait_until(lambda: getattr(status_of(folder), "pid", 0) == tray.pid, "the tray's own agent")
        tray.send_signal(signal.SIGINT)
        assert tray.wait(30) == 0
    assert ended_in_order(folder)


def test_the_agent_ends_in_order_when_the_screen_goes_away(folder: Path) -> None:
    if missing_programs():
        missing(f"not installed: {', '.join(missing_programs())}")
    with screen() as shown:
        tray = subprocess.Popen(
            command("tray", folder),
            cwd=ROOT,
            env=shown.environment | {"PLATEN_SECRETS": "file"},
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: status_of(folder), "the agent")
    assert tray.wait(30) == 0
    assert ended_in_order(folder)


def test_without_a_screen_the_agent_runs_all_the_same(folder: Path) -> None:
    bare = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    bare.pop("WAYLAND_DISPLAY", None)
    with subprocess.Popen(
        command("tray", folder), cwd=ROOT, env=bare, stdout=subprocess.DEVNULL, stderr=-3
    ) as tray:
        try:
            wait_until(lambda: status_of(folder), "the agent")
            tray.send_signal(signal.SIGTERM)
            assert tray.wait(30) == 0
        finally:
            tray.kill()
