"""Many events in, few changes out."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.workers.batch import MOST_AT_ONCE, Batch, Throttle


def test_the_newest_of_a_key_wins_and_all_come_together(qtbot: QtBot) -> None:
    batch = Batch(interval_ms=20)
    heard: list[list[object]] = []
    batch.flushed.connect(heard.append)
    batch.add("a", 1)
    batch.add("b", 2)
    batch.add("a", 3)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [[3, 2]]


def test_a_backlog_comes_in_parts(qtbot: QtBot) -> None:
    batch = Batch(interval_ms=10)
    heard: list[list[object]] = []
    batch.flushed.connect(heard.append)
    for number in range(MOST_AT_ONCE * 2 + 5):
        batch.add(str(number), number)
    qtbot.waitUntil(lambda: batch.waiting == 0)
    assert [len(part) for part in heard] == [MOST_AT_ONCE, MOST_AT_ONCE, 5]
    assert [n for part in heard for n in part] == list(range(MOST_AT_ONCE * 2 + 5))


def test_a_thousand_pokes_are_a_few_words_and_one_after_the_last(qtbot: QtBot) -> None:
    throttle = Throttle(interval_ms=20)
    heard: list[int] = []
    throttle.fired.connect(lambda: heard.append(1))
    for _ in range(1000):
        throttle.poke()
    qtbot.waitUntil(lambda: bool(heard))
    assert len(heard) == 1
    throttle.poke()
    qtbot.waitUntil(lambda: len(heard) == 2)
