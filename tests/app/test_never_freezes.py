"""The window under the heaviest load there is: nothing holds its thread over 50 ms.

10,000 devices are listed (2,000 where the map is open: that is what it is made for), a sweep of
65,536 addresses tells its progress 20 times a second with finds and refusals, and readings come at
500 a minute and faster, all at once and through the window's real workers. Time is processor time
of a turn of the loop, see ``tests/support/gui_watch.py``. While the list is being loaded for the
first time a turn may take longer: every part of it puts all rows and the map in order.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.collector import Collector
from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow, Workers
from app.workers.connection import ConnectionWorker
from core.model.event import AddressRejected, EventKind, Progress, ReadingStored, SegmentProgress
from tests.support.fake_agent import AT, FOLDER, FakeAgent
from tests.support.gui_watch import LIMIT, watching
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import SEGMENTS, summaries, summary

DEVICES, ADDRESSES, SECONDS = 10_000, 65_536, 2.0
PER_SECOND = 20  # events of progress, as the agent limits them
FIRST_LOAD = 0.150  # seconds
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


@pytest.mark.parametrize(
    ("devices", "views"), [(DEVICES, ("devices", "alerts")), (2_000, ("map",))]
)
def test_a_sweep_and_readings_hold_nothing(
    opened: Opened, devices: int, views: tuple[str, ...]
) -> None:
    opened.agent.put(*summaries(devices))
    with watching() as loading:
        opened.workers.connection.start()
        opened.loop.wait(opened.loaded, "the devices")
    # A busy machine's caches make one turn dearer now and then; what holds on does so every time.
    for _ in range(3):
        with watching() as working:
            for view in views:
                opened.window.open_view(view)
                opened.loop.run(load(opened.agent, devices, SECONDS))
        if not working.late:
            break
    assert opened.window.model.total == devices
    assert loading.turns > 50
    assert working.turns > 50
    assert not working.late, f"at work: {working}"
    assert loading.longest < FIRST_LOAD, f"while loading: {loading}"


def test_the_watch_sees_and_names_what_holds_on(loop: QtLoop) -> None:
    def hold_on() -> None:
        end = time.thread_time() + 1.5 * LIMIT
        while time.thread_time() < end:
            pass

    with watching() as watch:
        QTimer.singleShot(20, hold_on)
        loop.spin(0.3)
    assert watch.late
    assert "hold_on" in str(watch)
