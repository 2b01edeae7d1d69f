"""The window as a process, on a screen, beside a real agent and simulated printers."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from core.channel.client import AgentClient
from core.model.device import DeviceSummary
from core.model.problem import PlatenError
from tests.support import waiting
from tests.support.need import ROOT
from tests.support.simulated import simulated
from tests.support.xvfb import Screen, missing, screen

NETWORK = "127.28.7.0/28"
PORT = 1161
SCAN_BUTTON = (1196, 86)
LATER_BUTTON = (88, 767)
_PATIENCE = 40.0

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb and 127/8 are Linux"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


def platen(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "app", *arguments]


def devices(folder: Path) -> list[DeviceSummary]:
    """Ask the agent of ``folder`` for its devices; raises ``AgentAwayError``."""

    async def query() -> list[DeviceSummary]:
        client = await AgentClient.connect(folder)
        try:
            return [device async for device in client.devices()]
        finally:
            await client.close()

    return asyncio.run(query())


def answers(folder: Path) -> bool:
    """Say whether an agent answers for ``folder``."""
    try:
        devices(folder)
    except PlatenError:
        return False
    return True


@contextmanager
def opened(shown: Screen, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a window on ``folder``, shown on that screen; it is gone afterwards."""
    with subprocess.Popen(
        platen("--data", str(folder)),
        cwd=ROOT,
        env=shown.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            shown.window("Platen")
            yield process
        finally:
            process.kill()


wait_until = partial(waiting.wait_until, patience=_PATIENCE)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose agent, if one was started, is ended afterwards."""
    data = tmp_path / "data"
    yield data
    stop = platen("agent", "--stop", "--data", str(data))
    subprocess.run(stop, cwd=ROOT, capture_output=True, timeout=60, check=False)


@pytest.fixture
def shown() -> Iterator[Screen]:
    with screen() as made:
        yield made


def settled(shown: Screen, path: Path) -> Path:
    """Give a picture of a window that has stopped changing: it has loaded, and takes clicks."""
    before = b""
    for _ in range(100):
        now = shown.picture(path).read_bytes()
        if now == before:
            break
        before = now
        time.sleep(0.2)
    return path


def changed(before: Path, after: Path) -> bool:
    return before.read_bytes() != after.read_bytes()


@pytest.mark.timeout(180)
def test_from_nothing_to_printers_and_the_agent_lives_on(
    shown: Screen, folder: Path, tmp_path: Path
) -> None:
    with simulated(NETWORK, 5, port=PORT) as printers, opened(shown, folder) as window:
        wait_until(lambda: answers(folder), f"the agent that the window starts: {folder}/*.log")
        settled(shown, tmp_path / "steps.png")
        shown.click(*LATER_BUTTON)
        empty = settled(shown, tmp_path / "empty.png")
        shown.click(*SCAN_BUTTON)
        wait_until(lambda: changed(empty, shown.picture(tmp_path / "p.png")), "the scan panel")
        shown.type(NETWORK)
        shown.key("Tab")
        shown.key("ctrl+a")
        shown.type(str(PORT))
        shown.key("Return")
        wait_until(lambda: len(devices(folder)) == len(printers), "the printers")
        wait_until(lambda: all(d.latest for d in devices(folder)), "their readings")
        listed = shown.picture(tmp_path / "devices.png")
        shown.key("ctrl+1")
        wait_until(lambda: changed(listed, shown.picture(tmp_path / "m.png")), "the map")
        shown.key("ctrl+q")
        _, said = window.communicate(timeout=60)
        assert (window.returncode, said) == (0, "")
        assert shown.gone("Platen")
    found = {d.device.identity.serial for d in devices(folder)}  # so the agent lives on
    assert found == {p.serial for p in printers}


def test_without_a_screen_it_says_so(folder: Path) -> None:
    done = subprocess.run(
        platen("--data", str(folder)),
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "no screen" in done.stderr.lower()
    assert "platen agent" in done.stderr


_QUITS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.main import make_application, run_window
application = make_application([])
QTimer.singleShot(300, application.quit)
sys.exit(run_window(Path(sys.argv[1]), start_agent=False))
"""


def test_the_systems_own_quit_ends_in_order(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _QUITS, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [])


def test_a_screen_that_goes_away_is_said_in_a_sentence(folder: Path) -> None:
    with screen() as going:
        window = subprocess.Popen(
            platen("--data", str(folder)),
            cwd=ROOT,
            env=going.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        going.window("Platen")
    _, said = window.communicate(timeout=60)
    own = [line for line in said.splitlines() if "X11" not in line]  # Qt tells of it, too
    assert window.returncode == 0
    assert own in ([], ["platen: The screen went away. An agent beside it goes on."]), said
