"""What the tray shows: icons that differ without colour, and what the tool tip says."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.ui.tray import words as say
from app.ui.tray.icon import SIZES, picture
from app.ui.tray.words import TrayState
from app.ui.wording import moment
from app.workers.connection import Link, LinkState
from app.workers.keeper import Kept, KeptState
from core.model.problem import Problem
from core.model.schedule import LaneStatus, Pause, ScheduleStatus
from core.model.status import HubStatus, RunningAction
from tests.support.fake_agent import AT, usual_status

HERE = Link(LinkState.CONNECTED)
NEXT = "2026-01-14T15:02:00Z"
LANES = (LaneStatus("collect", "Read the devices", None, NEXT),)
PAUSE = ScheduleStatus(LANES, Pause(AT, NEXT, "a person"))
TROUBLE = Problem("x", "The disk is full.", "Make room.")
RUNNING = (RunningAction("a", "collect", "console", AT),)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, TrayState.IDLE),
        ({"running": RUNNING}, TrayState.WORKING),
        ({"running": RUNNING, "schedule": PAUSE}, TrayState.PAUSED),
        ({"problem": TROUBLE, "schedule": PAUSE}, TrayState.ATTENTION),
    ],
)
def test_the_icon_follows_what_matters_most(changes: dict[str, object], state: TrayState) -> None:
    assert say.state(HERE, usual_status(**changes)) is state
    assert say.state(Link(LinkState.AWAY), usual_status(**changes)) is TrayState.OFF


def test_the_tip_says_when_and_what_waits() -> None:
    status = usual_status(
        hub=HubStatus(True), waiting=3, last_collection=AT, schedule=ScheduleStatus(LANES)
    )
    assert say.tooltip(HERE, status, None) == (
        f"Platen \u2013 idle. Last read {moment(AT)}, next {moment(NEXT)}. "
        "3 wait for the dealer's server."
    )
    one = usual_status(hub=HubStatus(True), waiting=1)
    waits = "Nothing read yet. 1 waits for the dealer's server."
    assert say.tooltip(HERE, one, None).endswith(waits)


def test_the_tip_says_why_there_is_none_and_when_it_comes_again() -> None:
    kept = Kept(KeptState.WAITING, Problem("agent_died", "It ended by a fault.", ""), 8.0)
    told = say.tooltip(Link(LinkState.AWAY), None, kept)
    assert told == "Platen \u2013 off. It ended by a fault. Next start in 8 s."


def test_a_tip_is_never_longer_than_a_tray_shows_and_never_markup() -> None:
    long = usual_status(problem=Problem("x", "<b>" + "long " * 100, ""))
    told = say.tooltip(HERE, long, None)
    assert len(told) <= say.LONGEST
    assert "<" not in told


@pytest.mark.parametrize("size", SIZES)
def test_every_state_is_told_by_its_shape_alone(size: int, qtbot: QtBot) -> None:
    grey = [
        picture(state, size).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        for state in TrayState
    ]
    for at, one in enumerate(grey):
        for other in grey[at + 1 :]:
            differing = sum(
                abs(one.pixelColor(x, y).value() - other.pixelColor(x, y).value()) > 40
                for x in range(size)
                for y in range(size)
            )
            assert differing >= size * size * 0.015
