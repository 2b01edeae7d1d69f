"""A connection over to another loop behaves as one on this loop does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from typing import Any

import pytest

from app.workers.aside import Aside
from app.workers.bridge import BridgedFace
from core.channel.address import AgentAwayError
from core.model.action import ActionKind, CollectArguments
from core.model.event import EventKind
from core.model.query import QueryKind
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import until
from tests.support.sample_devices import summaries


@pytest.fixture
def aside() -> Iterator[Aside]:
    made = Aside()
    yield made
    assert made.close()


async def connected(aside: Aside, agent: FakeAgent) -> BridgedFace:
    client: Any = await aside.call(agent.connect(FOLDER))
    return BridgedFace(aside, client)


async def test_events_and_answers_come_over(aside: Aside) -> None:
    agent = FakeAgent()
    agent.put(*summaries(3))
    face = await connected(aside, agent)
    assert (await face.query(QueryKind.DEVICES)).total == 3
    kinds = [e.kind async for e in face.do(ActionKind.COLLECT, CollectArguments(("d00001",)))]
    assert kinds[0] is EventKind.ACTION_STARTED
    assert kinds[-1] is EventKind.ACTION_FINISHED


async def test_the_end_of_the_agent_comes_over(aside: Aside) -> None:
    agent = FakeAgent()
    face = await connected(aside, agent)
    seen = 0
    with pytest.raises(AgentAwayError):
        async for _ in face.watch():
            seen += 1
            aside.loop.call_soon_threadsafe(agent.go_away)
    assert seen == 1
    with pytest.raises(AgentAwayError):
        await face.query(QueryKind.DEVICES)


async def test_a_stream_that_is_left_is_cancelled_over_there(aside: Aside) -> None:
    agent = FakeAgent()
    face = await connected(aside, agent)
    stream: Any = face.do(ActionKind.DISCOVER, None)
    async with aclosing(stream) as events:
        async for _ in events:
            break
    await until(lambda: agent.done[-1][0] is ActionKind.CANCEL, "the cancel")


async def test_work_aside_ends_with_it() -> None:
    aside = Aside()
    waiting = aside.submit(asyncio.sleep(60))
    assert aside.close()
    assert waiting.cancelled()
