"""A search followed by its events, whoever asked for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.workers.connection import ConnectionWorker, LinkState
from app.workers.discovery import DiscoveryWorker
from app.workers.scan import MOST_FOUND, Scan
from core.model.action import ActionKind, DiscoverArguments
from core.model.event import (
    AddressRejected,
    EventKind,
    Finished,
    Progress,
    SegmentProgress,
)
from core.model.problem import Problem
from core.model.status import RunningAction
from tests.support.fake_agent import AT, FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summary


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Search:
    """The worker with everything that it said."""

    def __init__(self, agent: FakeAgent) -> None:
        self.agent = agent
        self.clock = Clock()
        self.connection = ConnectionWorker(FOLDER, agent.connect)
        self.worker = DiscoveryWorker(self.connection, clock=self.clock)
        self.words: list[str] = []
        self.problems: list[Problem] = []
        for name in ("begun", "accepted", "ended"):
            getattr(self.worker, name).connect(lambda name=name: self.words.append(name))
        self.worker.refused.connect(self.problems.append)

    @property
    def scan(self) -> Scan:
        assert self.worker.scan is not None
        return self.worker.scan

    def go(self, loop: QtLoop) -> None:
        self.connection.start()
        loop.wait(lambda: self.connection.link.state is LinkState.CONNECTED)
        loop.spin(0.02)  # until it watches

    async def close(self) -> None:
        await self.worker.close()
        await self.connection.close()


@pytest.fixture
def search(loop: QtLoop, agent: FakeAgent) -> Iterator[Search]:
    made = Search(agent)
    yield made
    loop.run(made.close())


def test_a_search_asked_for_here_is_followed_to_its_end(loop: QtLoop, search: Search) -> None:
    agent = search.agent

    def play(action_id: str) -> None:
        agent.publish(EventKind.SEGMENT_PROGRESS, SegmentProgress("s", 100, 40, 3, 1), action_id)
        agent.publish(EventKind.ACTION_PROGRESS, Progress("addresses", 40, 100, 1), action_id)
        agent.tell(summary(0), "found", action_id)
        agent.tell(summary(0), "read", action_id)
        rejected = AddressRejected("10.0.0.9", 161, "s", "is a switch")
        agent.publish(EventKind.ADDRESS_REJECTED, rejected, action_id)
        agent.publish(EventKind.ACTION_PROGRESS, Progress("devices", 1, 2), action_id)
        agent.publish(EventKind.ACTION_FINISHED, Finished({"found": 1}, "1 found"), action_id)

    agent.on_discover = play
    search.go(loop)
    search.worker.start(DiscoverArguments(read_found=True))
    loop.wait(lambda: "ended" in search.words)
    assert sorted(search.words[:2]) == ["accepted", "begun"]  # two streams, either first
    assert search.words[2:] == ["ended"]
    scan = search.scan
    assert (scan.asked, scan.addresses, scan.found, scan.answered) == (40, 100, 1, 3)
    assert (scan.read, scan.to_read) == (1, 2)
    assert [s.device.key for s in scan.newest] == ["d00000"]
    assert list(scan.rejected) == ["10.0.0.9"]
    assert scan.result == Finished({"found": 1}, "1 found")
    assert not scan.running
    assert search.problems == []


def test_a_refusal_is_told_and_nothing_begins(loop: QtLoop, search: Search) -> None:
    search.agent.refusal = Problem("already_running", "A search is running.", "Wait.")
    search.go(loop)
    search.worker.start(DiscoverArguments())
    loop.wait(lambda: search.problems)
    assert search.problems == [search.agent.refusal]
    assert search.words == []


def test_wrong_targets_are_told_though_the_action_began(loop: QtLoop, search: Search) -> None:
    wrong = Problem("bad_target", "It is no address.", "Write it like 10.0.0.1.")
    search.agent.on_discover = lambda action: search.agent.publish(
        EventKind.ACTION_FAILED, wrong, action
    )
    search.go(loop)
    search.worker.start(DiscoverArguments())
    loop.wait(lambda: search.problems)
    loop.wait(lambda: "ended" in search.words)
    assert search.problems == [wrong]
    assert "accepted" not in search.words
    assert search.scan.problem == wrong


def test_while_the_agent_is_away_a_search_is_refused(loop: QtLoop, search: Search) -> None:
    search.worker.start(DiscoverArguments())
    loop.wait(lambda: search.problems)
    assert search.problems[0].code == "agent_away"


def test_a_search_of_somebody_else_is_followed_and_can_be_cancelled(
    loop: QtLoop, search: Search
) -> None:
    search.go(loop)
    search.agent.start_scan("theirs")
    loop.wait(lambda: search.worker.running)
    search.worker.cancel()
    loop.wait(lambda: not search.worker.running)
    assert search.scan.cancelled
    assert search.agent.done[0][0] is ActionKind.CANCEL
    assert search.agent.done[0][1].action_id == "theirs"


def test_a_search_under_way_is_joined_by_a_window_that_comes_late(
    loop: QtLoop, search: Search
) -> None:
    search.agent.set_status(running=(RunningAction("old", "discover", "hub", AT),))
    search.go(loop)
    loop.wait(lambda: search.worker.running)
    search.agent.publish(EventKind.ACTION_FINISHED, Finished(), "old")
    loop.wait(lambda: not search.worker.running)
    search.agent.publish(EventKind.AGENT_STATUS, search.agent.status)  # late: it has ended
    loop.spin()
    assert not search.worker.running


def test_an_agent_that_goes_ends_the_search(loop: QtLoop, search: Search) -> None:
    search.go(loop)
    search.agent.start_scan()
    loop.wait(lambda: search.worker.running)
    search.agent.go_away()
    loop.wait(lambda: not search.worker.running)
    assert search.scan.problem is not None
    assert search.scan.problem.code == "agent_away"


def test_a_search_that_goes_on_though_the_connection_was_lost_is_shown_again(
    loop: QtLoop, search: Search
) -> None:
    search.go(loop)
    search.agent.start_scan()
    loop.wait(lambda: search.worker.running)
    search.agent.go_away()
    loop.wait(lambda: not search.worker.running)
    assert search.scan.problem is not None
    assert "not known" in search.scan.problem.text
    search.agent.away = False
    loop.wait(lambda: search.worker.running)
    assert search.scan.problem is None
    search.agent.end_scan()
    loop.wait(lambda: not search.worker.running)
    assert search.scan.result is not None


def test_news_of_other_actions_are_not_of_the_search(loop: QtLoop, search: Search) -> None:
    search.go(loop)
    search.agent.start_scan()
    loop.wait(lambda: search.worker.running)
    search.agent.publish(EventKind.ACTION_PROGRESS, Progress("addresses", 5, 9, 5), "another")
    search.agent.publish(EventKind.ACTION_FINISHED, Finished(), "another")
    loop.spin()
    assert search.worker.running
    assert search.scan.addresses == 0


def test_the_rest_is_estimated_only_when_it_can_be(loop: QtLoop, search: Search) -> None:
    search.go(loop)
    search.agent.start_scan()
    loop.wait(lambda: search.worker.running)
    assert search.worker.seconds_left() is None
    search.clock.now += 10
    search.scan.take_progress(Progress("addresses", 50, 200))
    assert search.worker.seconds_left() == pytest.approx(30)
    search.scan.take_progress(Progress("devices", 1, 5))
    assert search.worker.seconds_left() is None
    assert search.scan.share() == pytest.approx(0.2)


def test_lists_have_an_end() -> None:
    scan = Scan("a", 0.0)
    for number in range(MOST_FOUND * 2):
        scan.take_found(summary(number))
    assert len(scan.newest) == MOST_FOUND
    assert scan.newest[0].device.key == f"d{MOST_FOUND * 2 - 1:05}"
    for number in range(1000):
        scan.take_rejected(AddressRejected(f"10.0.{number // 256}.{number % 256}", 161, None, "no"))
    assert len(scan.rejected) == 200
