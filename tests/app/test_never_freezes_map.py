"""The map with as many printers as it is made for, while a sweep goes on: nothing holds it on.

2,000 printers stand on it, a sweep of 65,536 addresses tells its progress 20 times a second with
finds and refusals, and readings come at 500 a minute and faster, through the window's real workers;
the agent is in memory. ``test_never_freezes.py`` has a real one, and what else a person does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.collector import Collector
from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow, Workers
from app.workers.connection import ConnectionWorker
from core.model.event import AddressRejected, EventKind, Progress, ReadingStored, SegmentProgress
from tests.support.fake_agent import AT, FOLDER, FakeAgent
from tests.support.gui_watch import watching
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import SEGMENTS, summaries, summary

DEVICES, ADDRESSES, SECONDS = 2_000, 65_536, 2.0
PER_SECOND = 20  # events of progress, as the agent limits them
READINGS = 500 / 60  # a second


class Opened:
    """A window on an agent in memory."""

    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent = loop, agent
        self.workers: Workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        self.window.show()

    def loaded(self) -> bool:
        return self.window.devices._loaded


@pytest.fixture
def opened(
    loop: QtLoop, agent: FakeAgent, qtbot: QtBot, qapp: QApplication, theme: Theme
) -> Iterator[Opened]:
    collector = Collector(qapp)
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(close_workers(made.workers))
    collector.end()
    collector.deleteLater()


async def load(agent: FakeAgent, devices: int, seconds: float) -> None:
    """Say what a real agent says in so many seconds of a busy sweep."""
    agent.start_scan()
    ticks = int(seconds * PER_SECOND)
    number = 0
    for tick in range(ticks):
        done = ADDRESSES * (tick + 1) // ticks
        agent.publish(EventKind.ACTION_PROGRESS, Progress("addresses", done, ADDRESSES), "scan-1")
        segment = SEGMENTS[tick % len(SEGMENTS)]
        told = SegmentProgress(segment, done, ADDRESSES, tick, tick)
        agent.publish(EventKind.SEGMENT_PROGRESS, told, "scan-1")
        refused = AddressRejected(f"10.9.{tick}.1", 161, segment, "It refused.")
        agent.publish(EventKind.ADDRESS_REJECTED, refused, "scan-1")
        while number < (tick + 1) / PER_SECOND * READINGS + tick:
            number += 1
            device = summary(number * 37 % devices)
            key = device.device.key
            agent.publish(EventKind.READING_STORED, ReadingStored(key, AT))
            agent.tell(device)
        await asyncio.sleep(1 / PER_SECOND)
    agent.end_scan(found=ticks)


def test_a_sweep_and_readings_hold_nothing(opened: Opened) -> None:
    opened.agent.put(*summaries(DEVICES))
    opened.workers.connection.start()
    opened.loop.wait(opened.loaded, "the devices")
    opened.window.open_view("map")
    # A busy machine's caches make one turn dearer now and then; what holds on does so every time.
    for _ in range(3):
        with watching() as working:
            opened.loop.run(load(opened.agent, DEVICES, SECONDS))
        if not working.late:
            break
    assert opened.window.model.total == DEVICES
    assert working.turns > 50
    assert not working.late, str(working)
