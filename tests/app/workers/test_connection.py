"""The agent found, started, lost and found again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workers.connection import ConnectionWorker, Link, LinkState
from app.workers.face import AgentFace
from core.channel.address import AgentAwayError
from core.model.event import EventKind
from core.model.problem import PlatenError, Problem
from core.model.status import AgentStatus
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop


class FakeLauncher:
    """Starts nothing, and says so if it is told to fail."""

    def __init__(self, agent: FakeAgent | None = None) -> None:
        self.agent = agent
        self.starts = self.came = 0
        self.broken: Problem | None = None
        self.error: OSError | None = None

    def start(self) -> None:
        self.starts += 1
        if self.error is not None:
            raise self.error
        if self.agent is not None:
            self.agent.away = False

    def reached(self) -> None:
        self.came += 1

    def failure(self) -> Problem | None:
        return self.broken


class Watched:
    """A connection with everything that it said."""

    def __init__(self, agent: FakeAgent, launcher: FakeLauncher | None = None) -> None:
        self.agent = agent
        self.pauses: list[float] = []
        self.worker = ConnectionWorker(FOLDER, agent.connect, launcher, sleep=self._sleep)
        self.links: list[Link] = []
        self.statuses: list[AgentStatus] = []
        self.kinds: list[EventKind] = []
        self.connects = 0
        self.worker.link_changed.connect(self.links.append)
        self.worker.status_changed.connect(self.statuses.append)
        self.worker.received.connect(lambda event: self.kinds.append(event.kind))
        self.worker.connected.connect(self._count)

    def _count(self) -> None:
        self.connects += 1

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0.001)

    @property
    def states(self) -> list[LinkState]:
        return [link.state for link in self.links]

    def in_state(self, state: LinkState) -> bool:
        return self.worker.link.state is state


@pytest.fixture
def watched(loop: QtLoop, agent: FakeAgent) -> Iterator[Watched]:
    made = Watched(agent)
    yield made
    loop.run(made.worker.close())


def test_it_connects_and_tells_status_and_events(loop: QtLoop, watched: Watched) -> None:
    watched.worker.start()
    loop.wait(lambda: watched.statuses)
    assert watched.states == [LinkState.CONNECTED]
    assert watched.connects == 1
    watched.agent.set_status(waiting=12)
    loop.wait(lambda: len(watched.statuses) == 2)
    assert watched.statuses[-1].waiting == 12
    assert watched.kinds == [EventKind.AGENT_STATUS] * 2


def test_an_agent_that_goes_is_said_at_once_and_found_again(loop: QtLoop, watched: Watched) -> None:
    watched.worker.start()
    loop.wait(lambda: watched.in_state(LinkState.CONNECTED))
    watched.agent.go_away()
    loop.wait(lambda: watched.in_state(LinkState.AWAY))
    problem = watched.worker.link.problem
    assert problem is not None
    assert problem.code == "agent_away"
    with pytest.raises(AgentAwayError):
        watched.worker.client()
    loop.wait(lambda: len(watched.pauses) > 8)
    watched.agent.away = False
    loop.wait(lambda: watched.connects == 2)


def test_it_asks_ever_more_seldom(loop: QtLoop, watched: Watched) -> None:
    watched.agent.away = True
    watched.worker.start()
    loop.wait(lambda: len(watched.pauses) >= 8)
    assert watched.pauses[:7] == [0.25, 0.5, 1, 2, 4, 8, 8]
    assert watched.states == [LinkState.AWAY]


def test_where_there_is_none_one_is_started_once(loop: QtLoop, agent: FakeAgent) -> None:
    agent.away = True
    launcher = FakeLauncher()
    watched = Watched(agent, launcher)
    watched.worker.start()
    loop.wait(lambda: len(watched.pauses) > 5)
    assert watched.states == [LinkState.STARTING]
    agent.away = False
    loop.wait(lambda: watched.in_state(LinkState.CONNECTED))
    assert (launcher.starts, launcher.came) == (1, 1)
    agent.go_away()
    loop.wait(lambda: watched.in_state(LinkState.AWAY))
    loop.wait(lambda: len(watched.pauses) > 12)
    assert launcher.starts == 1  # somebody ended it: it is looked for, not started again
    watched.worker.retry()
    loop.wait(lambda: launcher.starts == 2)
    loop.run(watched.worker.close())


def test_an_agent_that_was_there_and_goes_is_not_replaced(loop: QtLoop, agent: FakeAgent) -> None:
    launcher = FakeLauncher()
    watched = Watched(agent, launcher)
    watched.worker.start()
    loop.wait(lambda: watched.in_state(LinkState.CONNECTED))
    agent.go_away()
    loop.wait(lambda: len(watched.pauses) > 4)
    assert launcher.starts == 0
    loop.run(watched.worker.close())


def test_an_agent_that_cannot_start_says_why(loop: QtLoop, agent: FakeAgent) -> None:
    agent.away = True
    launcher = FakeLauncher()
    watched = Watched(agent, launcher)
    watched.worker.start()
    loop.wait(lambda: watched.in_state(LinkState.STARTING))
    launcher.broken = Problem("agent_failed", "The disk is full.", "Make room.")
    loop.wait(lambda: watched.in_state(LinkState.AWAY))
    assert watched.worker.link.problem == launcher.broken
    loop.run(watched.worker.close())


def test_a_start_that_the_system_refuses_is_explained(loop: QtLoop, agent: FakeAgent) -> None:
    agent.away = True
    launcher = FakeLauncher()
    launcher.error = PermissionError(13, "Permission denied")
    watched = Watched(agent, launcher)
    watched.worker.start()
    loop.wait(lambda: watched.in_state(LinkState.AWAY))
    problem = watched.worker.link.problem
    assert problem is not None
    assert "Permission denied" in problem.text
    loop.run(watched.worker.close())


def test_starting_takes_only_so_long(loop: QtLoop, agent: FakeAgent) -> None:
    agent.away = True
    watched = Watched(agent, FakeLauncher())
    watched.worker.start()
    loop.wait(lambda: watched.in_state(LinkState.AWAY))
    assert sum(p for p in watched.pauses if p == 0.2) == pytest.approx(30, abs=1)
    loop.run(watched.worker.close())


def test_any_failure_of_the_channel_is_survived(loop: QtLoop, agent: FakeAgent) -> None:
    failures: list[Exception] = [
        PlatenError("channel_failed", "It broke."),
        OSError(2, "No such file"),
    ]

    async def connect(folder: Path) -> AgentFace:
        if failures:
            raise failures.pop(0)
        return await agent.connect(folder)

    async def nap(_seconds: float) -> None:
        await asyncio.sleep(0)

    worker = ConnectionWorker(FOLDER, connect, sleep=nap)
    worker.start()
    loop.wait(lambda: worker.link.state is LinkState.CONNECTED)
    loop.run(worker.close())
