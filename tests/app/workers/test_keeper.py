"""An agent is kept alive: started again with growing waits, and never beside another one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.workers.keeper import FIRST_WAIT, LONGEST_WAIT, Keeper, Kept, KeptState
from core.host.errors import AlreadyRunningError
from core.host.lock import AgentLock, Holding, look
from core.model.problem import PlatenError, Problem
from tests.support.qt_loop import until

FOLDER = Path("nowhere")


@dataclass
class Agent:
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    ending: str = ""
    fault: Problem | None = None


@dataclass
class Hosted:
    agent: Agent


class Site:
    """Hosts agents; each of ``faults`` ends one start."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.told: list[Kept] = []
        self.slept: list[float] = []
        self.agent: Agent | None = None
        self.holding = Holding.HELD
        self.now = 0.0
        self.keeper = Keeper(
            FOLDER,
            self.host,
            self.told.append,
            sleep=self.sleep,
            monotonic=lambda: self.now,
            holding=lambda _: self.holding,
        )

    @asynccontextmanager
    async def host(self, _folder: Path) -> AsyncIterator[Hosted]:
        if self.faults:
            raise self.faults.pop(0)
        self.agent = Agent()
        yield Hosted(self.agent)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0.001)

    @property
    def states(self) -> list[KeptState]:
        return [kept.state for kept in self.told]


async def test_an_agent_that_dies_is_started_again_after_growing_waits() -> None:
    site = Site(*[ValueError("a secret of the fault")] * 9)
    running = asyncio.create_task(site.keeper.run())
    await until(lambda: site.agent)
    assert site.slept[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert max(site.slept) == LONGEST_WAIT
    problem = site.told[1].problem
    assert problem is not None
    assert problem.code == "agent_died"
    assert "secret" not in problem.text
    site.keeper.end("the test is over")
    await asyncio.wait_for(running, 5)
    assert site.agent is not None
    assert site.agent.ending == "the test is over"
    assert site.states[-2:] == [KeptState.HERE, KeptState.ENDED]


async def test_why_it_cannot_start_is_told() -> None:
    site = Site(PlatenError("folder_unusable", "The folder cannot be used.", "Choose another."))
    running = asyncio.create_task(site.keeper.run())
    await until(lambda: site.agent)
    assert site.told[1].problem is not None
    assert site.told[1].problem.code == "folder_unusable"
    site.keeper.end("")
    await running


async def test_one_that_ends_for_a_fault_is_started_again() -> None:
    site = Site()
    running = asyncio.create_task(site.keeper.run())
    await until(lambda: site.agent)
    first = site.agent
    assert first is not None
    first.fault = Problem("store_damaged", "The store is damaged.", "It starts again.")
    first.stopping.set()
    await until(lambda: site.agent is not first)
    assert [kept.problem for kept in site.told if kept.problem] == [first.fault]
    site.keeper.end("")
    await asyncio.wait_for(running, 5)


async def test_one_that_is_told_to_end_is_not_started_again() -> None:
    site = Site()
    running = asyncio.create_task(site.keeper.run())
    await until(lambda: site.agent)
    assert site.agent is not None
    site.agent.stopping.set()
    await asyncio.wait_for(running, 5)
    assert site.states == [KeptState.STARTING, KeptState.HERE, KeptState.ENDED]


@pytest.mark.parametrize(
    ("found", "state"), [(Holding.LEFT, KeptState.HERE), (Holding.FREE, KeptState.OFF)]
)
async def test_beside_another_one_none_is_hosted_until_that_one_dies(
    found: Holding, state: KeptState
) -> None:
    site = Site(AlreadyRunningError("agent_already_running", "Another one runs."))
    running = asyncio.create_task(site.keeper.run())
    await until(lambda: len(site.slept) > 3)
    assert site.states == [KeptState.STARTING, KeptState.ELSEWHERE]
    site.holding = found
    await until(lambda: site.states[-1] is state)
    if state is KeptState.OFF:  # ended on purpose: a person starts it again
        site.keeper.wake()
        await until(lambda: site.states[-1] is KeptState.HERE)
    site.keeper.end("")
    await asyncio.wait_for(running, 5)


def test_the_lock_tells_a_death_from_an_end(tmp_path: Path) -> None:
    assert look(tmp_path) is Holding.FREE
    lock = AgentLock.take(tmp_path)
    assert look(tmp_path) is Holding.HELD
    signed = (tmp_path / "agent.lock").read_bytes()
    lock.release()
    assert look(tmp_path) is Holding.FREE
    (tmp_path / "agent.lock").write_bytes(signed)
    assert look(tmp_path) is Holding.LEFT
