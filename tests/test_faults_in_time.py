"""Faults that take weeks, or clocks that lie: a real agent whose clock is the test's."""

from __future__ import annotations

import asyncio
import dataclasses
import random
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from core.agent import Agent
from core.host.clock import rfc3339
from core.model.action import ActionKind, CollectArguments, NoArguments, Origin
from core.model.event import Event, EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.problem import Problem
from tests.support.fault_table import FaultTable
from tests.support.hub import Hub, now, running_hub
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading

HOUR = timedelta(hours=1)
WEEKS = 6
DEVICES = 1
noise = random.Random(3)


@pytest.fixture(scope="module")
def table() -> Iterator[FaultTable]:
    made = FaultTable()
    yield made
    made.tell()


@pytest.fixture
def folder() -> Iterator[Path]:
    # In memory where there is such a folder: thousands of transactions, each waited for.
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        yield Path(made)


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@asynccontextmanager
async def agent_of(folder: Path, clock: Clock) -> AsyncIterator[Agent]:
    opened = await Agent.open(folder, clock=clock, random=random.SystemRandom(), version="test")
    try:
        yield opened
    finally:
        await opened.close()


async def do(agent: Agent, kind: ActionKind, arguments: object = None) -> Event:
    stream = agent.do(
        f"test {kind}", kind.value, to_json(arguments or NoArguments()), Origin.CONSOLE
    )
    return [event async for event in stream][-1]


async def weeks_without_a_hub(agent: Agent, clock: Clock) -> int:
    """Read every hour, and have the nightly upkeep; gives how many readings there were."""
    samples = [reading(summary) for summary in summaries(DEVICES)]
    hours = WEEKS * 7 * 24
    begin = clock.at - hours * HOUR
    for hour in range(hours):
        clock.at = begin + hour * HOUR
        for number, sample in enumerate(samples):
            meters = {"total": 10_000 * (number + 1) + 3 * hour}
            # As large as a reading of a large machine, packed: two kilobytes.
            large = dataclasses.replace(sample.status, display=(noise.randbytes(1800).hex(),))
            at = rfc3339(clock.at)
            taken = dataclasses.replace(sample, taken_at=at, meters=meters, status=large)
            await agent._tools.store.save_reading(taken)
        if clock.at.hour == 3:
            assert (await do(agent, ActionKind.UPKEEP)).kind is EventKind.ACTION_FINISHED
    clock.at = begin + hours * HOUR
    return hours * DEVICES


async def enrolled(hub: Hub, folder: Path) -> Any:
    """Enrol as the installation that the store will have."""
    async with agent_of(folder, Clock(now())) as agent:
        installation = agent._tools.store.installation
    return await hub.enrolled(folder, installation=installation)


@pytest.mark.parametrize("megabytes", [200, 1])
async def test_the_hub_is_away_for_six_weeks(
    folder: Path, table: FaultTable, megabytes: int
) -> None:
    with running_hub(folder / "hub") as hub:
        mine = folder / "agent"
        enrolment = await enrolled(hub, mine)
        (mine / "settings.toml").write_text(
            f"version = 1\n[schedule]\noutbox_megabytes = {megabytes}\n"
        )
        hub.end(signal.SIGKILL)
        clock = Clock(now())
        async with agent_of(mine, clock) as agent:
            read = await weeks_without_a_hub(agent, clock)
            said = await agent._tools.store.fact("outbox_thinned") or ""
            hub.start()
            assert (await do(agent, ActionKind.DELIVER)).kind is EventKind.ACTION_FINISHED
            assert await agent._tools.store.waiting() == 0
        at_hub = len(hub.keys_of(enrolment))
        last = [row for row in hub_rows(hub) if row.taken_at >= rfc3339(clock.at - 2 * HOUR)]
    assert len(last) == DEVICES  # the newest of each has arrived whatever was thinned
    name = f"hub away for six weeks, {read} readings, {megabytes} MB set"
    if megabytes == 200:
        assert (at_hub, said) == (read, "")
        seen = "`waiting` grows; the banner says that the hub is away"
        table.note(name, lost="nothing: all were delivered", seen=seen)
        return
    assert at_hub < read
    assert at_hub >= WEEKS * 7 * DEVICES // 7  # at least one a week of each
    assert "The history here is whole" in said
    assert "0 altogether" in said
    lost = (
        f"of the hub's copy {read - at_hub} readings, for which a later one of the same day or "
        "week stands; nothing here"
    )
    table.note(name, lost=lost, seen=f"in `platen runs`: “{said}”")


def hub_rows(hub: Hub) -> list[Any]:
    with hub.store() as store:
        return list(store.readings(None, None))


@pytest.mark.parametrize("days", [-366, 366])
async def test_a_wrong_clock(folder: Path, table: FaultTable, days: int) -> None:
    with running_hub(folder / "hub") as hub:
        mine = folder / "agent"
        enrolment = await enrolled(hub, mine)
        clock = Clock(now() + timedelta(days=days))
        async with agent_of(mine, clock) as agent:
            (sample,) = (reading(summary) for summary in summaries(1))
            wrong = dataclasses.replace(sample, taken_at=rfc3339(clock.at))
            await agent._tools.store.save_reading(wrong)
            failed = await do(agent, ActionKind.DELIVER)
            problem = from_json(failed.body, Problem)
            assert problem.code == ("clock_wrong" if days < 0 else "certificate_lapsed")
            assert "Check this machine's clock" in problem.remedy or days < 0
            clock.at = now()
            right = dataclasses.replace(sample, taken_at=rfc3339(clock.at))
            await agent._tools.store.save_reading(right)
            done = from_json((await do(agent, ActionKind.DELIVER)).body, Finished)
            assert done.counts["waiting"] == 0, done
        assert len(hub.keys_of(enrolment)) == 2
    way = "back" if days < 0 else "ahead"
    lost = "nothing: what waited is delivered once it is right"
    table.note(f"clock a year {way}, then put right", lost=lost, seen=problem.code)


async def test_an_action_that_hangs(folder: Path, table: FaultTable) -> None:
    clock = Clock(datetime.now(UTC))
    async with agent_of(folder, clock) as agent:
        (sample,) = (reading(summary) for summary in summaries(1))
        await agent._tools.store.save_reading(sample)
        agent._runner._limit = lambda _: timedelta(seconds=0.3)
        whole = agent._tools.network.client

        def hangs(*_: object, **__: object) -> object:
            class Hanging:
                cost = None

                def __getattr__(self, name: str) -> object:
                    async def for_ever(*_: object, **__: object) -> None:
                        await asyncio.Event().wait()

                    return for_ever

            return Hanging()

        agent._tools.network.client = hangs  # type: ignore[method-assign,assignment]
        event = await do(agent, ActionKind.COLLECT, CollectArguments())
        problem = from_json(event.body, Problem)
        assert problem.code == "action_overdue", event
        agent._tools.network.client = whole  # type: ignore[method-assign]
        assert (await do(agent, ActionKind.UPKEEP)).kind is EventKind.ACTION_FINISHED
        assert (await agent.status()).running == ()
    seen = f"`failed`: “{problem.text}”; the log says at which line it hung"
    table.note("an action hangs", lost="nothing", seen=seen)
