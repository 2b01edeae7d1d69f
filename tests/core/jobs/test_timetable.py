"""The schedule in a real agent: a run is an action like any other, and its end is kept."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime

import pytest

from core.agent import Agent
from core.jobs.scheduled import perform
from core.model.action import (
    ActionKind,
    DiscoverArguments,
    NoArguments,
    Origin,
    PauseArguments,
)
from core.model.event import EventKind
from core.model.jsonio import from_json, to_json
from core.model.problem import Problem
from core.model.schedule import Outcome
from core.model.segment import Segment
from core.schedule.lane import Lane
from core.schedule.timing import Every
from tests.support.simulated import simulated

LANE = Lane("collect", "Read the devices", ActionKind.COLLECT, Every(3600))
HALL = Segment("hall", ("127.29.17.0/29",), port=1161)


@pytest.fixture
async def agent(tmp_path):
    opened = await Agent.open(
        tmp_path, clock=lambda: datetime.now(UTC), random=random.SystemRandom(), version="test"
    )
    yield opened
    await opened.close()


async def do(agent, kind, arguments, origin=Origin.CONSOLE):
    return [e async for e in agent.do(f"{kind}-1", kind.value, to_json(arguments), origin)][-1]


async def test_a_run_reads_the_devices_spread_over_time(agent) -> None:
    with simulated(HALL.targets[0], 2, port=1161):
        found = DiscoverArguments(segments=(HALL,), remember=True, fast=True)
        assert (await do(agent, ActionKind.DISCOVER, found)).kind is EventKind.ACTION_FINISHED
        ran = await perform(agent._tools, agent.do, LANE, "2028-02-29T12:00:00Z")
    assert ran.outcome is Outcome.DONE
    assert ran.counts["read"] == 2
    assert (await agent.status()).last_collection is not None


async def test_without_devices_there_is_nothing_to_do(agent) -> None:
    ran = await perform(agent._tools, agent.do, LANE, "2028-02-29T12:00:00Z")
    assert (ran.outcome, ran.reason) == (Outcome.DONE, "there is no device to read")


async def test_a_failed_run_names_its_cause(agent) -> None:
    lane = Lane("deliver", "Deliver", ActionKind.DELIVER, Every(3600))
    ran = await perform(agent._tools, agent.do, lane, "2028-02-29T12:00:00Z")
    assert ran.outcome is Outcome.FAILED
    assert ran.reason == "This installation is not enrolled at a hub."


async def test_the_status_shows_what_runs_next(agent) -> None:
    status = (await agent.status()).schedule
    titles = {lane.lane: lane.title for lane in status.lanes}
    assert titles["collect"] == "Read the devices"
    assert all(lane.next for lane in status.lanes)


async def test_a_pause_is_shown_and_ends(agent) -> None:
    assert (await do(agent, ActionKind.PAUSE, PauseArguments(15))).kind is EventKind.ACTION_FINISHED
    pause = (await agent.status()).schedule.pause
    assert pause is not None
    assert pause.reason == "a person at this machine asked for it"
    await do(agent, ActionKind.RESUME, NoArguments())
    assert (await agent.status()).schedule.pause is None


async def test_a_pause_that_is_none(agent) -> None:
    event = await do(agent, ActionKind.PAUSE, PauseArguments(0))
    assert from_json(event.body, Problem).code == "bad_pause"


@pytest.mark.parametrize("origin", [Origin.HUB, Origin.SCHEDULE])
async def test_only_a_person_pauses(agent, origin) -> None:
    event = await do(agent, ActionKind.PAUSE, PauseArguments(15), origin)
    assert from_json(event.body, Problem).code == "origin_refused"


async def test_upkeep_and_check_in_without_a_hub(agent) -> None:
    for kind in (ActionKind.UPKEEP, ActionKind.CHECK_IN):
        event = await do(agent, kind, NoArguments(), Origin.SCHEDULE)
        assert event.kind is EventKind.ACTION_FINISHED
    await asyncio.sleep(0)
