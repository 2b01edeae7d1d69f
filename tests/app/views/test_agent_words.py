"""The agent's state in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ui.tokens import Tone
from app.views import agent_words as say
from app.workers.connection import Link, LinkState
from core.model.event import Delivery
from core.model.problem import Problem
from core.model.schedule import LaneStatus, Pause, ScheduleStatus
from core.model.status import HubStatus, RunningAction
from tests.support.fake_agent import AT, usual_status

CONNECTED = Link(LinkState.CONNECTED)
HUB = HubStatus(True, "hub:443", "Harbour Print", "Harbour Street Dental", AT)
AWAY = Link(LinkState.AWAY, Problem("agent_away", "No agent is running for x."))


def running(kind: str) -> tuple[RunningAction, ...]:
    return (RunningAction("a", kind, "console", AT),)


@pytest.mark.parametrize(
    ("link", "status", "word", "tone"),
    [
        (Link(LinkState.CONNECTING), None, "Connecting", Tone.NEUTRAL),
        (Link(LinkState.STARTING), None, "Starting agent", Tone.ACCENT),
        (AWAY, usual_status(), "Agent away", Tone.ERROR),
        (CONNECTED, usual_status(), "Idle", Tone.GOOD),
        (CONNECTED, usual_status(state="attention"), "Attention", Tone.WARNING),
        (
            CONNECTED,
            usual_status(state="working", running=running("collect")),
            "Collecting",
            Tone.GOOD,
        ),
        (
            CONNECTED,
            usual_status(state="working", running=running("discover")),
            "Scanning",
            Tone.GOOD,
        ),
    ],
)
def test_the_chip(link: Link, status: object, word: str, tone: Tone) -> None:
    assert say.chip(link, status) == (word, tone)  # type: ignore[arg-type]


def test_the_customer_else_the_hub_else_nothing() -> None:
    assert say.customer(None) == say.customer(usual_status()) == ""
    assert say.customer(usual_status(hub=HUB)) == "Harbour Street Dental"
    assert say.customer(usual_status(hub=HubStatus(True, "hub:443"))) == "hub:443"


@pytest.mark.parametrize(
    ("status", "delivery", "words"),
    [
        (usual_status(), None, "Not connected to a dealer"),
        (usual_status(hub=HUB), None, "All delivered"),
        (usual_status(hub=HUB, waiting=12), None, "12 waiting to be delivered"),
        (usual_status(hub=HUB, waiting=12), Delivery(9, 3), "3 waiting to be delivered"),
    ],
)
def test_what_waits(status: object, delivery: Delivery | None, words: str) -> None:
    said = say.facts(CONNECTED, status, delivery)  # type: ignore[arg-type]
    assert said == ("Nothing read yet", words)


def test_the_last_read_has_its_time() -> None:
    said = say.facts(CONNECTED, usual_status(last_collection=AT), None)
    assert said[0].startswith("Last read 14 Jan ")


def planned(**changes: object) -> object:
    lane = replace(LaneStatus("collect", "Reads", None, AT), **changes)  # type: ignore[arg-type]
    return usual_status(schedule=ScheduleStatus(lanes=(lane,), away="it slept"))


def test_the_next_read_has_its_time() -> None:
    said = say.facts(CONNECTED, planned(), None)[0]  # type: ignore[arg-type]
    assert said.startswith("Nothing read yet  ·  Next 14 Jan ")
    assert say.facts(AWAY, planned(), None)[0] == "Nothing read yet"  # type: ignore[arg-type]
    waits = planned(waits_for="There is no network.")
    assert say.facts(CONNECTED, waits, None)[0].endswith("Next one waits")  # type: ignore[arg-type]
    details = say.details(waits)  # type: ignore[arg-type]
    assert details == "Reads: There is no network.\nLast away: it slept"


@pytest.mark.parametrize(("until", "words"), [(None, "Paused"), (AT, "Paused until 14 Jan ")])
def test_a_pause_stands_where_the_next_read_would(until: str | None, words: str) -> None:
    status = usual_status(schedule=ScheduleStatus(pause=Pause(AT, until, "a person")))
    said = say.facts(CONNECTED, status, None)[0]
    assert said.startswith(f"Nothing read yet  ·  {words}")


def test_a_failed_delivery_is_said_in_words_with_its_remedy() -> None:
    problem = Problem("hub_unreachable", "hub:443 does not answer.", "Check the network.")
    notice = say.notice(CONNECTED, usual_status(hub=HUB), Delivery(0, 3, problem), can_launch=True)
    assert notice is not None
    assert notice.text == (
        "Nothing can be delivered to the dealer: 3 readings kept for later. "
        "hub:443 does not answer."
    )
    assert notice.remedy == "Check the network."
    status = usual_status(hub=HubStatus(True, problem=problem))
    assert say.notice(CONNECTED, status, None, can_launch=True) is not None
    assert say.notice(CONNECTED, status, Delivery(3, 0), can_launch=True) is None


def test_an_agent_that_was_never_there_has_not_gone() -> None:
    never = say.notice(AWAY, None, None, can_launch=True)
    gone = say.notice(AWAY, usual_status(), None, can_launch=False)
    assert never is not None
    assert gone is not None
    assert never.text.startswith("No agent is running")
    assert never.action == "Start the agent"
    assert gone.text.startswith("The agent has gone")
    assert gone.action == "Try again"


def test_why_it_could_not_start_is_said() -> None:
    link = Link(LinkState.AWAY, Problem("agent_failed", "The disk is full.", "Make room."))
    notice = say.notice(link, None, None, can_launch=True)
    assert notice is not None
    assert (notice.text, notice.remedy) == ("The disk is full.", "Make room.")


def test_trouble_that_is_the_deliverys_is_said_with_what_waits() -> None:
    problem = Problem("hub_unreachable", "hub:443 does not answer.", "Check the network.")
    status = usual_status(hub=HubStatus(True, problem=problem), problem=problem, waiting=2)
    notice = say.notice(CONNECTED, status, None, can_launch=True)
    assert notice is not None
    assert "2 readings kept for later" in notice.text
    assert notice.action == "Deliver now"


def test_a_delivery_that_worked_ends_what_the_status_said_of_it_before() -> None:
    problem = Problem("hub_unreachable", "hub:443 does not answer.", "Check the network.")
    status = usual_status(hub=HubStatus(True, problem=problem), problem=problem, waiting=2)
    assert say.notice(CONNECTED, status, Delivery(2, 0), can_launch=True) is None


def test_the_agents_own_trouble_comes_before_delivery() -> None:
    trouble = Problem("settings_broken", "The settings cannot be read.")
    status = usual_status(hub=HUB, problem=trouble)
    notice = say.notice(CONNECTED, status, Delivery(0, 1, Problem("x", "y")), can_launch=True)
    assert notice is not None
    assert notice.text == "The settings cannot be read."
