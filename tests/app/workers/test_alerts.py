"""The workers of alerts and rules on an agent in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.workers.alerts import AlertsWorker, Noted
from app.workers.connection import ConnectionWorker
from app.workers.rules import RulesWorker
from core.channel.convert import QueryPage
from core.model.event import EventKind
from core.model.occurrence import Occurrence, RuleVerdict
from core.model.problem import Problem
from core.model.query import QueryKind
from core.model.rule import Custom, Rule
from tests.support.fake_agent import FOLDER, FakeAgent, FakeClient
from tests.support.fake_alerts import alert
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summary
from tests.support.sample_readings import reading


class Stand:
    """Both workers, and what they say."""

    def __init__(self, loop: QtLoop, agent: FakeAgent) -> None:
        self.loop, self.agent = loop, agent
        self.connection = ConnectionWorker(FOLDER, agent.connect)
        self.alerts = AlertsWorker(self.connection)
        self.rules = RulesWorker(self.connection)
        self.items: dict[str, Occurrence] = {}
        self.book: tuple[Rule, ...] = ()
        self.said: list[tuple[object, ...]] = []
        self.alerts.changed.connect(lambda new: self.items.update({o.key: o for o in new}))
        self.alerts.removed.connect(lambda keys: [self.items.pop(key) for key in keys])
        self.alerts.rules_changed.connect(lambda rules: setattr(self, "book", rules))
        for name in ("loaded", "history_changed", "reading_loaded", "noted", "failed"):
            self._hear(self.alerts, name)
        for name in ("tried", "try_failed", "saved", "deleted", "refused", "fields_loaded"):
            self._hear(self.rules, name)

    def _hear(self, worker: object, name: str) -> None:
        getattr(worker, name).connect(lambda *values: self.said.append((name, *values)))

    def heard(self, name: str) -> list[tuple[object, ...]]:
        return [values for what, *values in self.said if what == name]  # type: ignore[misc]

    def go(self) -> None:
        self.connection.start()
        self.loop.wait(lambda: self.heard("loaded") and self.book)


@pytest.fixture
def stand(loop: QtLoop, agent: FakeAgent) -> Iterator[Stand]:
    made = Stand(loop, agent)
    yield made
    for worker in (made.connection, made.alerts, made.rules):
        loop.run(worker.close())


def test_what_is_open_comes_in_pages_and_news_follow(stand: Stand) -> None:
    stand.agent.alerts.put(*(alert(n) for n in range(450)))
    stand.agent.alerts.put(alert(900, cleared_at="2026-01-14T15:00:00Z"))
    stand.go()
    assert len(stand.items) == 450
    assert len(stand.book) == 15
    stand.agent.publish(EventKind.ALERT_RAISED, alert(999))
    stand.agent.publish(
        EventKind.ALERT_CLEARED, replace(alert(0), cleared_at="2026-01-15T00:00:00Z")
    )
    stand.loop.wait(lambda: "a00999" in stand.items and not stand.items["a00000"].open)


def test_history_comes_page_by_page_until_there_is_no_more(stand: Stand) -> None:
    old = [alert(n, acknowledged_at="2026-01-14T15:00:00Z") for n in range(250)]
    stand.agent.alerts.put(*old)
    stand.go()
    assert stand.items == {}
    stand.alerts.want_history()
    stand.loop.wait(lambda: stand.heard("history_changed") == [[True]])
    stand.alerts.load_older()
    stand.alerts.load_older()  # a second ask while one is on its way is none
    stand.loop.wait(lambda: stand.heard("history_changed") == [[True], [False]])
    stand.loop.wait(lambda: len(stand.items) == 250)


def test_what_is_no_more_after_a_break_goes(stand: Stand) -> None:
    stand.agent.alerts.put(alert(1), alert(2))
    stand.go()
    del stand.agent.alerts.items["a00001"]
    stand.alerts.reload()
    stand.loop.wait(lambda: set(stand.items) == {"a00002"})


def test_many_are_acknowledged_and_one_is_skipped(stand: Stand) -> None:
    stand.agent.alerts.put(*(alert(n) for n in range(450)))
    stand.go()
    stand.alerts.acknowledge(list(stand.items))
    stand.loop.wait(lambda: not any(o.open for o in stand.items.values()))
    assert [len(args.alerts) for _, args in stand.agent.done] == [200, 200, 50]
    stand.alerts.skip_next([alert(1), alert(2), alert(3, "d2")])
    stand.loop.wait(lambda: len(stand.heard("noted")) == 2)
    first, second = (note for (note,) in stand.heard("noted"))
    assert first == Noted(450, 450)
    assert second == Noted(2, 2, True, (alert(2), alert(3, "d2")))
    assert stand.agent.alerts.skips == [("d00000", "toner-low"), ("d2", "toner-low")]


def test_a_refusal_is_told(stand: Stand) -> None:
    stand.go()
    stand.agent.refusal = Problem("disk_full", "The disk is full.")
    stand.alerts.acknowledge(["x"])
    stand.loop.wait(lambda: stand.heard("noted"))
    assert stand.heard("noted") == [[Noted(0, 1, problem=stand.agent.refusal)]]


def test_one_that_is_forgotten_does_not_keep_the_others_from_being_acknowledged(
    stand: Stand,
) -> None:
    stand.agent.alerts.put(*(alert(n) for n in range(20)))
    stand.go()
    keys = list(stand.items)
    del stand.agent.alerts.items["a00007"]
    stand.alerts.acknowledge(keys)
    stand.loop.wait(lambda: stand.heard("noted"))
    assert stand.heard("noted") == [[Noted(19, 20)]]
    assert not any(item.open for item in stand.agent.alerts.items.values())
    assert "a00007" not in stand.items


def test_the_reading_an_alert_came_of(stand: Stand) -> None:
    taken = reading(summary(0))
    stand.agent.readings["d00000"] = taken
    stand.go()
    stand.alerts.want_reading(alert(1, raised_at=taken.taken_at))
    stand.alerts.want_reading(alert(2))
    stand.loop.wait(lambda: len(stand.heard("reading_loaded")) == 2)
    assert stand.heard("reading_loaded") == [["a00001", taken], ["a00002", None]]


def test_a_rule_is_tried_saved_and_removed(stand: Stand) -> None:
    verdict = RuleVerdict("d00000", None, "fax is not known of this device.")
    stand.agent.alerts.verdicts = [verdict]
    stand.go()
    stand.rules.try_out("meters.fax > 1")
    stand.loop.wait(lambda: stand.heard("tried") == [["meters.fax > 1", [verdict]]])
    stand.rules.try_out("meters.fax >")
    stand.loop.wait(lambda: stand.heard("try_failed"))
    stand.rules.save(Rule("mine", "Mine", Custom("meters.fax > 1")), None)
    stand.loop.wait(lambda: len(stand.book) == 16 and stand.heard("saved"))
    stand.rules.save(Rule("BAD", "Bad", Custom("meters.fax > 1")), None)
    stand.loop.wait(lambda: stand.heard("refused"))
    stand.rules.delete("mine")
    stand.loop.wait(lambda: len(stand.book) == 15 and stand.heard("deleted") == [["mine"]])


def test_the_fields_of_a_device(stand: Stand) -> None:
    stand.agent.readings["d00000"] = reading(summary(0))
    stand.go()
    stand.rules.want_fields(summary(0))
    stand.rules.want_fields(summary(1))
    stand.loop.wait(lambda: len(stand.heard("fields_loaded")) == 2)
    (first, second) = stand.heard("fields_loaded")
    assert first[0] == "d00000"
    assert "meters" in first[1]  # type: ignore[operator]
    assert second == ["d00001", {}]


@pytest.mark.parametrize("history", [False, True])
def test_what_an_event_says_is_not_undone_by_an_older_page(stand: Stand, history: bool) -> None:
    seen = "2026-01-14T15:00:00Z"
    stand.agent.alerts.put(alert(1), alert(2), alert(3, acknowledged_at=seen))
    news = alert(1, acknowledged_at=seen)
    if history:
        stand.go()
    asked = FakeClient.query

    async def slow(client: FakeClient, *asking: Any, **more: Any) -> QueryPage:
        page = await asked(client, *asking, **more)
        if asking[0] is QueryKind.OCCURRENCES:  # it was made, and is on its way
            stand.agent.publish(EventKind.ALERT_ACKNOWLEDGED, news)
            await asyncio.sleep(0.05)
        return page

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeClient, "query", slow)
        if history:
            stand.alerts.want_history()
            stand.loop.wait(lambda: "a00003" in stand.items)
        else:
            stand.go()
    assert stand.items["a00001"] == news
    assert stand.items["a00002"] == alert(2)
