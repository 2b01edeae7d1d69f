"""What is not lost when the connection is: events, words, and the patience to try again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.workers.connection import ConnectionWorker, LinkState
from core.channel.address import AgentAwayError, ChannelAddress, publish
from core.model.event import Event, EventKind
from core.model.problem import PlatenError, Problem
from tests.support.fake_agent import AT, FOLDER, FakeAgent, FakeClient
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summary


class Odd(FakeClient):
    """A connection whose ``watch`` begins with these events, and ends with this error."""

    def __init__(self, agent: FakeAgent, events: list[Event], error: PlatenError | None) -> None:
        super().__init__(agent)
        self._events, self._error = events, error

    async def watch(self) -> AsyncIterator[Event]:
        for event in self._events:
            yield event
        if self._error is not None:
            raise self._error
        async for event in super().watch():
            yield event


class Watched:
    """A connection to ``FakeAgent`` whose first connects are odd ones."""

    def __init__(self, agent: FakeAgent, folder: Path = FOLDER) -> None:
        self.agent = agent
        self.odd: list[tuple[list[Event], PlatenError | None]] = []
        self.pauses: list[float] = []
        self.states: list[LinkState] = []
        self.problems: list[Problem] = []
        self.connects: list[int] = []
        self.starts = 0
        self.nap = 0.001
        self.worker = ConnectionWorker(folder, self._connect, self, sleep=self._sleep)
        self.worker.link_changed.connect(lambda link: self.states.append(link.state))
        self.worker.misunderstood.connect(self.problems.append)
        self.worker.connected.connect(lambda: self.connects.append(len(agent._watchers)))

    def start(self) -> None:
        self.starts += 1

    def reached(self) -> None:
        """An end after that is no start that failed: nothing here starts."""

    def failure(self) -> Problem | None:
        return None

    async def _connect(self, folder: Path) -> FakeClient:
        client = await self.agent.connect(folder)
        return Odd(self.agent, *self.odd.pop(0)) if self.odd else client

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(self.nap)

    def is_in(self, state: LinkState) -> bool:
        return self.worker.link.state is state


@pytest.fixture
def watched(loop: QtLoop, agent: FakeAgent) -> Iterator[Watched]:
    made = Watched(agent)
    yield made
    loop.run(made.worker.close())


def status(body: str) -> Event:
    return Event(1, AT, EventKind.AGENT_STATUS, "", body)


def test_it_is_listened_to_before_anything_is_asked_for(loop: QtLoop, watched: Watched) -> None:
    watched.worker.start()
    loop.wait(lambda: watched.connects)
    assert watched.connects == [1]  # what changes from now on is heard


def test_events_that_were_missed_are_no_reason_to_say_that_the_agent_is_away(
    loop: QtLoop, watched: Watched
) -> None:
    missed = PlatenError("events_missed", "This listener was too slow.")
    event = Event(1, AT, EventKind.DELIVERY, "", "{}")
    watched.odd = [([event], missed), ([event], missed)]
    watched.worker.start()
    loop.wait(lambda: len(watched.connects) == 3)
    assert watched.states == [LinkState.CONNECTED]


def test_a_status_that_cannot_be_read_is_said_once_and_the_agent_kept(
    loop: QtLoop, watched: Watched
) -> None:
    watched.odd = [([status('{"state": 7}'), status("[]")], None)]
    watched.worker.start()
    loop.wait(lambda: watched.is_in(LinkState.CONNECTED) and watched.agent._watchers)
    assert [problem.code for problem in watched.problems] == ["agent_version"]
    assert watched.problems[0].remedy
    assert watched.agent.connects == 1


def test_an_event_that_a_worker_cannot_read_is_said(loop: QtLoop, watched: Watched) -> None:
    heard: list[EventKind] = []

    def take(event: Event) -> None:
        heard.append(event.kind)
        raise PlatenError("bad_json", "not a valid Reading")

    watched.worker.hear(take)
    watched.worker.start()
    loop.wait(lambda: heard)
    watched.agent.tell(summary(1))
    loop.wait(lambda: len(heard) == 2)
    assert [problem.code for problem in watched.problems] == ["agent_version"]


def test_a_connection_that_ends_at_once_again_and_again_is_sought_ever_more_seldom(
    loop: QtLoop, watched: Watched
) -> None:
    gone = AgentAwayError(FOLDER, "it has ended")
    watched.odd = [([status("{}")], gone)] * 6
    watched.worker.start()
    loop.wait(lambda: len(watched.pauses) >= 6)
    assert watched.pauses[:6] == [0.25, 0.5, 1, 2, 4, 8]


@pytest.mark.parametrize(
    ("code", "starts"),
    [("agent_away", 1), ("agent_foreign", 1), ("agent_silent", 0), ("agent_forbidden", 0)],
)
def test_none_is_started_where_one_runs_already(
    loop: QtLoop, agent: FakeAgent, code: str, starts: int
) -> None:
    watched = Watched(agent)

    async def connect(folder: Path) -> FakeClient:
        raise AgentAwayError(folder, code=code)

    watched.worker._connector = connect
    watched.worker.start()
    loop.wait(lambda: watched.pauses)
    assert watched.starts == starts
    if not starts:
        problem = watched.worker.link.problem
        assert problem is not None
        assert problem.code == code
    loop.run(watched.worker.close())


def test_an_agent_that_comes_up_is_found_at_once(
    loop: QtLoop, agent: FakeAgent, tmp_path: Path
) -> None:
    agent.away = True
    watched = Watched(agent, tmp_path)
    watched.nap = 600.0  # the wait after a failure, and no wait for that is over in this test
    watched.worker.start()
    loop.wait(lambda: watched.pauses)
    agent.away = False
    publish(tmp_path, ChannelAddress("unix:x", 1))
    loop.wait(lambda: watched.is_in(LinkState.CONNECTED))
    loop.run(watched.worker.close())
