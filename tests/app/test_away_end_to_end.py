"""The agent is killed and the hub goes away while the window is open: real processes."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import main
from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.agent_controls import AgentControls
from app.views.window import MainWindow
from app.workers.aside import Aside
from app.workers.connection import ConnectionWorker, LinkState
from app.workers.hosting import HostingWorker
from app.workers.keeper import HostedAgent
from app.workers.tray import TrayWorker
from core.model.action import ActionKind, CollectArguments, NoArguments
from tests.support.qt_loop import QtLoop, until
from tests.support.simulated import simulated
from tests.support.site import Site, site

NETWORK = "127.68.2.0/29"
PRINTERS = 2

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="127/8 is Linux"),
    pytest.mark.timeout(180),
]


def _none(_folder: Path) -> AbstractAsyncContextManager[HostedAgent]:
    raise AssertionError("nothing is hosted here")


class Shown:
    """A window on the agent of a site."""

    def __init__(self, made: Site, loop: QtLoop, qtbot: QtBot) -> None:
        self.site, self.loop = made, loop
        self.workers = make_workers(ConnectionWorker(made.agent_data, main.connect))
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        hosting = HostingWorker(made.agent_data, Aside(), _none)
        tray = TrayWorker(self.workers.connection, made.agent_data)
        self.controls = AgentControls(self.window, self.workers.connection, tray, hosting)
        self.tray = tray
        self.window.show()
        self.workers.connection.start()
        loop.wait(lambda: self.window.model.rowCount() == PRINTERS, "the printers")

    @property
    def said(self) -> str:
        """What the banner says, cause and remedy."""
        notice = self.window.banner.notice
        return f"{notice.text} {notice.remedy} {notice.action}" if notice is not None else ""

    @property
    def header(self) -> tuple[str, str, str]:
        return self.window.header.texts()

    async def do(self, kind: ActionKind, arguments: object) -> None:
        """Have the agent do something, to its end, and whatever comes of it."""
        async for _ in self.workers.connection.client().do(kind, arguments):
            pass


@pytest.fixture
def shown(tmp_path: Path, loop: QtLoop, qtbot: QtBot, theme: Theme) -> Iterator[Shown]:
    with simulated(NETWORK, PRINTERS, port=1161), site(tmp_path) as made:
        made.start_hub()
        made.start_agent()
        made.enrol()
        done = made.platen("scan", NETWORK, "--port", "1161", "--fast")
        assert done.returncode == 0, done.stderr
        assert made.platen("collect").returncode == 0
        made.wait_until_delivered()
        result = Shown(made, loop, qtbot)
        yield result
        loop.run(result.tray.close())
        loop.run(close_workers(result.workers))


async def killed(shown: Shown) -> None:
    """The agent goes, and comes back by itself."""
    window, made, link = shown.window, shown.site, shown.workers.connection
    key = next(row.key for row in window.model.rows())
    window.devices.show_key(key)
    stored = made.agent_stored()
    assert made.agent is not None
    await asyncio.to_thread(made.agent.end, signal.SIGKILL)
    await until(lambda: link.link.state is LinkState.AWAY, "the word that it has gone")
    # At once: nothing else has to happen first.
    assert shown.header[1] == "Agent away"
    assert "Last read" in shown.header[2]
    assert "Next" not in shown.header[2]
    assert window.banner.isVisible()
    assert shown.said.startswith("The agent has gone. What is shown is what it said last.")
    assert "by itself" in shown.said
    assert "Try again" in shown.said
    assert window.model.rowCount() == PRINTERS
    await asyncio.to_thread(made.start_agent)
    await until(lambda: link.link.state is LinkState.CONNECTED, "the window's own return")
    await until(lambda: not window.banner.isVisible(), "the banner's end")
    await until(lambda: window.model.rowCount() == PRINTERS, "the printers")
    assert window.devices.table.current_key == key
    assert window.devices.details.key == key
    assert made.agent_stored() == stored
    await until(lambda: "Next" in shown.header[2], "the next run")
    await shown.do(ActionKind.COLLECT, CollectArguments())
    assert made.agent_stored() == stored + PRINTERS


async def away(shown: Shown) -> None:
    """The hub goes, and comes back."""
    window, made = shown.window, shown.site
    await until(lambda: "All delivered" in shown.header[2], "the first word")
    assert made.hub is not None
    await asyncio.to_thread(made.hub.end, signal.SIGKILL)
    await shown.do(ActionKind.COLLECT, CollectArguments())
    await shown.do(ActionKind.DELIVER, NoArguments())
    await until(lambda: f"{PRINTERS} waiting to be delivered" in shown.header[2], "the header")
    begins = f"Nothing can be delivered to the dealer: {PRINTERS} readings kept for later."
    await until(lambda: shown.said.startswith(begins), "the banner")
    notice = window.banner.notice
    assert notice is not None
    assert notice.remedy
    assert notice.action == "Deliver now"
    assert shown.header[1] != "Agent away"
    before = set(made.hub_keys())
    await asyncio.to_thread(made.start_hub)
    window.banner._button.click()
    await until(lambda: "All delivered" in shown.header[2], "the delivery")
    await until(lambda: not window.banner.isVisible(), "the banner's end")
    assert len(set(made.hub_keys()) - before) == PRINTERS


# Each in one run of the loop: gRPC's wake-ups are lost on a loop that is stopped in between.


def test_an_agent_that_is_killed_and_comes_back(shown: Shown) -> None:
    shown.loop.run(killed(shown))


def test_a_hub_that_goes_away_and_comes_back(shown: Shown) -> None:
    shown.loop.run(away(shown))
