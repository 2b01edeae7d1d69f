"""The list of devices: pages, events, and what is no more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.workers.connection import ConnectionWorker, LinkState
from app.workers.devices import PAGE_SIZE, DevicesWorker
from core.channel.convert import QueryPage
from core.model.device import DeviceSummary
from core.model.event import EventKind, ReadingStored
from core.model.problem import PlatenError, Problem
from core.model.query import QueryKind
from core.model.reading import Reading
from tests.support.fake_agent import FOLDER, FakeAgent, FakeClient
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries, summary
from tests.support.sample_readings import reading


class Devices:
    """The worker with everything that it said."""

    def __init__(self, agent: FakeAgent) -> None:
        self.agent = agent
        self.connection = ConnectionWorker(FOLDER, agent.connect)
        self.worker = DevicesWorker(self.connection)
        self.batches: list[list[DeviceSummary]] = []
        self.removed: list[str] = []
        self.loads = 0
        self.readings: list[tuple[str, Reading | None]] = []
        self.worker.changed.connect(self.batches.append)
        self.worker.removed.connect(self.removed.extend)
        self.worker.loaded.connect(self._count)
        self.worker.reading_loaded.connect(lambda k, r: self.readings.append((k, r)))

    def _count(self) -> None:
        self.loads += 1

    @property
    def keys(self) -> list[str]:
        return [s.device.key for batch in self.batches for s in batch]

    async def close(self) -> None:
        await self.worker.close()
        await self.connection.close()


@pytest.fixture
def devices(loop: QtLoop, agent: FakeAgent) -> Iterator[Devices]:
    made = Devices(agent)
    yield made
    loop.run(made.close())


def test_the_whole_list_comes_in_pages(loop: QtLoop, devices: Devices) -> None:
    many = summaries(PAGE_SIZE * 2 + 50)
    devices.agent.put(*many)
    devices.connection.start()
    loop.wait(lambda: devices.loads)
    assert sorted(devices.keys) == [s.device.key for s in many]
    assert devices.agent.queries == 3


def test_loaded_is_said_after_everything_was_given(loop: QtLoop, devices: Devices) -> None:
    devices.agent.put(*summaries(700))
    known_when_loaded: list[int] = []
    devices.worker.loaded.connect(lambda: known_when_loaded.append(len(devices.keys)))
    devices.connection.start()
    loop.wait(lambda: devices.loads)
    assert known_when_loaded == [700]


def test_news_come_together(loop: QtLoop, devices: Devices) -> None:
    devices.connection.start()
    loop.wait(lambda: devices.loads)
    for number in range(50):
        devices.agent.tell(summary(number), "found")
    devices.agent.tell(replace(summary(3), latest=None))
    loop.wait(lambda: len(devices.keys) == 50)
    assert len(devices.batches) == 1
    told = {s.device.key: s for s in devices.batches[0]}
    assert told["d00003"].latest is None


def test_after_a_loss_the_list_is_loaded_again_and_the_gone_go(
    loop: QtLoop, devices: Devices
) -> None:
    devices.agent.put(*summaries(5))
    devices.connection.start()
    loop.wait(lambda: devices.loads == 1)
    devices.agent.go_away()
    loop.wait(lambda: devices.connection.link.state is LinkState.AWAY)
    del devices.agent.devices["d00002"]
    devices.agent.put(summary(9))
    devices.agent.away = False
    devices.connection.retry()
    loop.wait(lambda: devices.loads == 2)
    assert devices.removed == ["d00002"]
    assert "d00009" in devices.keys


def test_two_loads_at_once_drop_nothing(loop: QtLoop, devices: Devices) -> None:
    devices.agent.put(*summaries(PAGE_SIZE + 10))
    devices.connection.start()
    loop.wait(lambda: devices.loads == 1)
    devices.worker.reload()
    devices.worker.reload()
    loop.wait(lambda: devices.loads == 2)
    loop.spin()
    assert devices.removed == []


def test_the_reading_of_the_wanted_device_comes_and_comes_again(
    loop: QtLoop, devices: Devices
) -> None:
    devices.agent.put(summary(0), summary(1))
    devices.agent.readings["d00000"] = reading(summary(0))
    devices.connection.start()
    loop.wait(lambda: devices.loads)
    devices.worker.want("d00000")
    loop.wait(lambda: len(devices.readings) == 1)
    assert devices.readings[0] == ("d00000", reading(summary(0)))
    devices.agent.publish(EventKind.READING_STORED, ReadingStored("d00001", "x"))
    devices.agent.publish(EventKind.READING_STORED, ReadingStored("d00000", "x"))
    loop.wait(lambda: len(devices.readings) == 2)
    loop.spin()
    assert [key for key, _ in devices.readings] == ["d00000", "d00000"]


def test_a_device_that_was_never_read_has_no_reading(loop: QtLoop, devices: Devices) -> None:
    devices.agent.put(summary(0))
    devices.connection.start()
    loop.wait(lambda: devices.loads)
    devices.worker.want("d00000")
    loop.wait(lambda: devices.readings)
    assert devices.readings == [("d00000", None)]


def test_a_reading_that_comes_too_late_is_not_shown(loop: QtLoop, devices: Devices) -> None:
    devices.agent.put(summary(0), summary(1))
    devices.connection.start()
    loop.wait(lambda: devices.loads)
    devices.worker.want("d00000")
    devices.worker.want("d00001")
    loop.wait(lambda: devices.readings)
    loop.spin()
    assert [key for key, _ in devices.readings] == ["d00001"]


def test_while_the_agent_is_away_asking_says_so(loop: QtLoop, devices: Devices) -> None:
    codes: list[str] = []
    devices.worker.failed.connect(lambda problem: codes.append(problem.code))
    devices.worker.want("d00000")
    loop.wait(lambda: codes)
    assert codes == ["agent_away"]


def test_what_an_event_says_is_not_undone_by_an_older_page(loop: QtLoop, devices: Devices) -> None:
    agent = devices.agent
    agent.put(*summaries(3))
    newer = replace(summary(1), latest=None)
    asked = FakeClient.query

    async def slow(client: FakeClient, *asking: Any, **more: Any) -> QueryPage:
        page = await asked(client, *asking, **more)
        if asking[0] is QueryKind.DEVICES:  # it was made, and is on its way
            agent.tell(newer)
            await asyncio.sleep(0.05)
        return page

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeClient, "query", slow)
        devices.connection.start()
        loop.wait(lambda: devices.loads)
    last = {each.device.key: each for batch in devices.batches for each in batch}
    assert last["d00001"] == newer
    assert len(last) == 3


def test_a_list_that_cannot_be_loaded_is_asked_for_again(
    loop: QtLoop, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices.agent.put(*summaries(3))
    monkeypatch.setattr("app.workers.devices.RETRIES", (0.01, 0.01))
    failures = [PlatenError("store_busy", "The database is in use.", "Wait.")] * 2
    told: list[Problem] = []
    devices.worker.failed.connect(told.append)
    asked = FakeClient.query

    async def failing(client: FakeClient, *asking: Any, **more: Any) -> QueryPage:
        if asking[0] is QueryKind.DEVICES and failures:
            raise failures.pop()
        return await asked(client, *asking, **more)

    monkeypatch.setattr(FakeClient, "query", failing)
    devices.connection.start()
    loop.wait(lambda: devices.loads)
    assert [problem.code for problem in told] == ["store_busy", "store_busy"]
    assert len(devices.keys) == 3
