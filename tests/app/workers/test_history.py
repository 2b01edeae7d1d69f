"""The history worker: pages put together, made ready in a thread, news of what is shown alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.workers.connection import ConnectionWorker
from app.workers.history import Found, HistoryWorker, Question, joined
from core.model.event import EventKind, ReadingStored
from core.model.history import Bucket, Point, Series
from core.model.query import HistoryArguments
from tests.support.fake_agent import AT, FOLDER, FakeAgent
from tests.support.fake_history import five_months
from tests.support.qt_loop import QtLoop

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def worker(loop: QtLoop, agent: FakeAgent) -> Iterator[HistoryWorker]:
    agent.history.kept["d1"] = five_months(1, NOW, 400)
    connection = ConnectionWorker(FOLDER, agent.connect)
    made = HistoryWorker(connection)
    connection.start()
    loop.wait(lambda: connection.link.state.value == "connected")
    yield made
    loop.run(connection.close())
    loop.run(made.close())


def test_pages_are_put_together_in_a_thread(loop: QtLoop, worker: HistoryWorker) -> None:
    where: list[threading.Thread] = []

    def prepare(found: Found) -> int:
        where.append(threading.current_thread())
        return sum(len(series.points) for part in found for series in part)

    heard: list[int] = []
    worker.answered.connect(lambda _question, count: heard.append(count))
    wanted = HistoryArguments("d1", ("meters.total",), bucket=Bucket.RAW)
    worker.ask(Question((wanted,), prepare))
    loop.wait(lambda: heard)
    assert heard[0] > 2000  # more than a page holds
    assert where[0] is not threading.main_thread()


def test_only_the_last_question_is_answered(loop: QtLoop, worker: HistoryWorker) -> None:
    heard: list[str] = []
    worker.answered.connect(lambda _question, name: heard.append(name))
    for name in ("first", "second"):
        wanted = HistoryArguments("d1", ("meters.mono",), bucket=Bucket.DAY)
        worker.ask(Question((wanted,), lambda _found, name=name: name))
    loop.wait(lambda: heard)
    loop.spin()
    assert heard == ["second"]


def test_news_are_those_of_the_devices_asked_about(
    loop: QtLoop, worker: HistoryWorker, agent: FakeAgent
) -> None:
    heard: list[bool] = []
    loop.spin(0.5)  # what connecting brings
    worker.news.connect(lambda: heard.append(True))
    worker.ask(Question((HistoryArguments("d1"),), lambda _found: None))
    agent.publish(EventKind.READING_STORED, ReadingStored("d2", AT))
    loop.spin(0.5)
    assert heard == []
    for _ in range(5):
        agent.publish(EventKind.READING_STORED, ReadingStored("d1", AT))
    loop.wait(lambda: heard)
    loop.spin(0.5)
    assert heard == [True]


def test_what_cannot_be_asked_is_told(loop: QtLoop, worker: HistoryWorker) -> None:
    heard: list[str] = []
    worker.failed.connect(lambda problem: heard.append(problem.code))
    worker.ask(Question((HistoryArguments("d1", zone="Nowhere/Land"),), lambda _found: None))
    loop.wait(lambda: heard)
    assert heard == ["unknown_zone"]


def test_a_series_on_two_pages_is_one() -> None:
    one = Series("meters.total", Bucket.RAW, (Point(AT, AT, 1),), more=True)
    other = Series("meters.total", Bucket.RAW, (Point(AT, AT, 2),))
    (whole,) = joined([one, other])
    assert [point.value for point in whole.points] == [1, 2]
