"""Nothing that fails in the window ends in a log alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer

from app.workers.tasks import FAULTS, Tasks
from core.model.problem import PlatenError, Problem
from tests.support.qt_loop import QtLoop


@pytest.fixture
def told() -> Iterator[list[Problem]]:
    heard: list[Problem] = []
    FAULTS.told.connect(heard.append)
    yield heard
    FAULTS.told.disconnect(heard.append)


async def fail(error: Exception) -> None:
    raise error


def test_a_task_that_fails_in_an_unforeseen_way_is_told(loop: QtLoop, told: list[Problem]) -> None:
    tasks = Tasks()
    tasks.spawn(fail(KeyError("secret")))
    loop.wait(lambda: told)
    assert told[0].code == "window_fault"
    assert "KeyError" in told[0].text
    assert "secret" not in told[0].text
    assert told[0].remedy


def test_one_that_has_words_of_its_own_says_them(loop: QtLoop, told: list[Problem]) -> None:
    tasks = Tasks()
    tasks.spawn(fail(PlatenError("disk_full", "The disk is full.", "Make room.")))
    loop.wait(lambda: told)
    assert told == [Problem("disk_full", "The disk is full.", "Make room.")]


@pytest.mark.qt_no_exception_capture
def test_so_is_a_slot(loop: QtLoop, told: list[Problem], monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: shown.append(error[0]))
    FAULTS.hear_slots()

    def slot() -> None:
        raise ZeroDivisionError

    QTimer.singleShot(0, slot)
    loop.wait(lambda: told)
    assert "ZeroDivisionError" in told[0].text
    assert shown == [ZeroDivisionError]  # and it is written down as before


@pytest.mark.qt_no_exception_capture
def test_what_fails_while_it_says_so_is_said_once(
    loop: QtLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: shown.append(error[0]))
    FAULTS.hear_slots()

    def fails(_problem: Problem) -> None:
        if len(shown) < 20:  # without an end of its own this would die of depth
            raise ZeroDivisionError

    FAULTS.told.connect(fails)
    try:
        FAULTS.tell(KeyError())
    finally:
        FAULTS.told.disconnect(fails)
    assert shown == [ZeroDivisionError]
