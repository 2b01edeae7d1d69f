"""A connection that is lost: by an agent that hangs, or closed while something is under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.bus import EventBus, Subscription
from core.channel.address import ActionUnknownError, AgentAwayError
from core.channel.client import AgentClient
from core.channel.convert import QueryPage
from core.channel.server import LocalServer
from core.model.action import ActionKind, NoArguments, Origin
from core.model.event import EventKind, Finished
from core.model.jsonio import to_json
from core.model.query import QueryKind
from core.model.status import AgentStatus, HubStatus

STATUS = AgentStatus("idle", "1", "i", 1, "d", "t", 0, 0, HubStatus(enrolled=False))


class Hanging:
    """An agent that goes on as long as ``awake``: then nothing is answered any more."""

    def __init__(self) -> None:
        self.bus = EventBus(lambda: "2026-01-01T00:00:00Z")
        self.awake = True
        self.asked = 0

    def do(self, action_id: str, _kind: str, _arguments: str, _origin: Origin) -> Subscription:
        subscription = self.bus.subscribe(lambda event: event.action_id == action_id)
        self.bus.publish(EventKind.ACTION_PROGRESS, Finished(), action_id)
        return subscription

    def watch(self) -> Subscription:
        subscription = self.bus.subscribe()
        self.bus.publish(EventKind.AGENT_STATUS, STATUS)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        self.bus.unsubscribe(subscription)

    async def query(self, _kind: str, _arguments: str, _token: str, _size: int) -> QueryPage:
        self.asked += 1
        if not self.awake:
            await asyncio.sleep(60)
        return QueryPage((to_json(STATUS),), "", 1)


@asynccontextmanager
async def connected(folder: Path) -> AsyncIterator[tuple[Hanging, AgentClient]]:
    agent = Hanging()
    server = LocalServer(agent, folder, lambda: datetime.now(UTC))
    await server.start()
    client = await AgentClient.connect(folder)
    try:
        yield agent, client
    finally:
        await client.close()
        agent.bus.close()
        await server.stop()


async def test_an_agent_that_hangs_is_noticed(tmp_path: Path) -> None:
    async with connected(tmp_path) as (agent, client):
        kinds = []
        with pytest.raises(AgentAwayError) as caught:
            async for event in client.watch(quiet=0.05, patience=0.2):
                kinds.append(event.kind)
                agent.awake = False
        assert kinds == [EventKind.AGENT_STATUS]
        assert caught.value.problem.code == "agent_silent"


async def test_an_agent_that_has_nothing_to_say_is_not_taken_for_one(tmp_path: Path) -> None:
    async with connected(tmp_path) as (agent, client):
        asked = agent.asked

        async def speak() -> None:
            for _ in range(1000):
                if agent.asked >= asked + 3:
                    break
                await asyncio.sleep(0.01)
            agent.bus.publish(EventKind.AGENT_STATUS, STATUS)

        speaking = asyncio.ensure_future(speak())
        kinds = []
        async for event in client.watch(quiet=0.02, patience=5.0):
            kinds.append(event.kind)
            if len(kinds) == 2:
                break
        await speaking
        assert agent.asked >= asked + 3


async def test_a_query_to_an_agent_that_hangs_comes_to_an_end(tmp_path: Path) -> None:
    async with connected(tmp_path) as (agent, client):
        agent.awake = False
        with pytest.raises(AgentAwayError) as caught:
            await client.query(QueryKind.DEVICES, within=0.1)
        assert caught.value.problem.code == "agent_silent"


async def test_what_is_under_way_when_it_is_closed_says_so(tmp_path: Path) -> None:
    async with connected(tmp_path) as (agent, client):
        agent.awake = False
        began = asyncio.Event()

        async def act() -> None:
            async for _ in client.do(ActionKind.COLLECT, NoArguments()):
                began.set()

        action = asyncio.ensure_future(act())
        query = asyncio.ensure_future(client.query(QueryKind.DEVICES))
        await began.wait()
        await client.close()
        with pytest.raises(ActionUnknownError):
            await action
        with pytest.raises(AgentAwayError):
            await query
        with pytest.raises(AgentAwayError):  # and what is asked for afterwards
            await client.query(QueryKind.DEVICES)


async def test_an_action_that_nobody_was_there_for_was_not_done(tmp_path: Path) -> None:
    async with connected(tmp_path) as (agent, client):
        agent.bus.close()
    again = AgentClient(tmp_path, client._channel, "")
    with pytest.raises(AgentAwayError) as caught:
        async for _ in again.do(ActionKind.COLLECT, NoArguments()):
            pass
    assert not isinstance(caught.value, ActionUnknownError)


async def test_a_task_that_is_cancelled_is_cancelled(tmp_path: Path) -> None:
    async with connected(tmp_path) as (agent, client):
        agent.awake = False
        query = asyncio.ensure_future(client.query(QueryKind.DEVICES))
        await asyncio.sleep(0.05)
        query.cancel()
        with pytest.raises(asyncio.CancelledError):
            await query
