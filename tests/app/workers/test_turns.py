"""Large pieces of work come one a turn, in their order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QAbstractEventDispatcher, QObject
from pytestqt.qtbot import QtBot

from app.workers.batch import Batch, Throttle
from app.workers.turns import in_turn


class Counted:
    """The number of the loop's present turn, and what happened in which."""

    def __init__(self) -> None:
        self.turn = 0
        self.heard: list[tuple[str, int]] = []
        QAbstractEventDispatcher.instance().awake.connect(self._count)

    def note(self, what: str, *_: object) -> None:
        self.heard.append((what, self.turn))

    def end(self) -> None:
        QAbstractEventDispatcher.instance().awake.disconnect(self._count)

    def _count(self) -> None:
        self.turn += 1


def test_each_piece_has_a_turn_of_its_own_in_order(qtbot: QtBot) -> None:
    counted, owner = Counted(), QObject()
    for name in "abc":
        in_turn(owner, partial(counted.note, name))
    assert counted.heard == []
    qtbot.waitUntil(lambda: len(counted.heard) == 3)
    counted.end()
    names, turns = zip(*counted.heard, strict=True)
    assert names == ("a", "b", "c")
    assert len(set(turns)) == 3


def test_what_falls_due_together_does_not_add_up(qtbot: QtBot) -> None:
    counted = Counted()
    batch, other, throttle = Batch(interval_ms=20), Batch(interval_ms=20), Throttle(interval_ms=20)
    batch.flushed.connect(partial(counted.note, "batch"))
    other.flushed.connect(partial(counted.note, "other"))
    throttle.fired.connect(partial(counted.note, "throttle"))
    batch.add("a", 1)
    other.add("a", 1)
    throttle.poke()
    qtbot.waitUntil(lambda: len(counted.heard) == 3)
    counted.end()
    assert len({turn for _, turn in counted.heard}) == 3


def test_nothing_is_done_for_what_is_gone(qtbot: QtBot) -> None:
    counted, gone, owner = Counted(), QObject(), QObject()
    in_turn(gone, partial(counted.note, "gone"))
    in_turn(owner, partial(counted.note, "there"))
    gone.deleteLater()
    qtbot.waitUntil(lambda: bool(counted.heard))
    qtbot.wait(20)
    counted.end()
    assert [name for name, _ in counted.heard] == ["there"]
