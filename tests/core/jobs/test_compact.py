"""The agent thins its history at most once a day, after a collection."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from core.agent import Agent
from core.model.action import ActionKind, Origin
from core.model.event import EventKind


async def test_after_a_collection_at_most_once_a_day(tmp_path) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    agent = await Agent.open(
        tmp_path, clock=lambda: now[0], random=random.SystemRandom(), version="test"
    )
    try:
        assert await _collected(agent) == []
        now[0] += timedelta(hours=23)
        assert await _collected(agent) == []
        now[0] += timedelta(hours=2)
        assert await _collected(agent) == ["compact"]
        assert await _collected(agent) == []
    finally:
        await agent.close()


async def _collected(agent: Agent) -> list[str]:
    """Collect, and name what the agent then does by itself."""
    async for _ in agent.do("a", ActionKind.COLLECT.value, "{}", Origin.CONSOLE):
        pass
    return [running.kind for running in agent._runner.running]


async def test_a_person_may_ask_for_it_and_the_hub_may_not(tmp_path) -> None:
    agent = await Agent.open(
        tmp_path, clock=lambda: datetime.now(UTC), random=random.SystemRandom(), version="test"
    )
    try:
        events = [e async for e in agent.do("a", "compact", "{}", Origin.CONSOLE)]
        assert events[-1].kind is EventKind.ACTION_FINISHED
        assert "0 devices" in events[-1].body
        events = [e async for e in agent.do("b", "compact", "{}", Origin.HUB)]
        assert "origin_refused" in events[-1].body
    finally:
        await agent.close()
