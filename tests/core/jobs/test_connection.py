"""The actions ``test_connection`` and ``page_link`` on a real agent."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from core.agent import Agent
from core.model.action import ActionKind, ConnectionTestArguments, NoArguments, Origin
from core.model.connection import ConnectionStep, StepResult
from core.model.event import EventKind
from core.model.jsonio import from_json, to_json
from core.model.page import PageLink, PageStatus
from core.model.problem import Problem
from core.uplink.connection import NAME
from tests.support.hub import running_hub


async def opened(folder) -> Agent:
    return await Agent.open(
        folder, clock=lambda: datetime.now(UTC), random=random.SystemRandom(), version="test"
    )


async def do(agent: Agent, kind: ActionKind, arguments: object, origin=Origin.CONSOLE):
    return [e async for e in agent.do("a", kind.value, to_json(arguments), origin)]


async def steps(agent: Agent, hub: str = "") -> list[ConnectionStep]:
    events = await do(agent, ActionKind.TEST_CONNECTION, ConnectionTestArguments(hub))
    assert events[-1].kind is EventKind.ACTION_FINISHED, events[-1]
    return [from_json(e.body, ConnectionStep) for e in events
            if e.kind is EventKind.CONNECTION_STEP]  # fmt: skip


async def test_a_real_hub_before_and_after_enrolment_and_when_it_is_gone(tmp_path) -> None:
    with running_hub(tmp_path / "hub") as hub:
        folder = tmp_path / "agent"
        folder.mkdir()
        await hub.enrolled(folder)
        agent = await opened(folder)
        try:
            assert [s.result for s in await steps(agent)] == [StepResult.OK] * 6
            # The listener for enrolment is another place, whose authority is not yet known.
            other = await steps(agent, hub.enrolment)
            assert [s.result for s in other][:4] == [StepResult.OK] * 4
            hub.close()
            gone = await steps(agent)
            assert [s.result for s in gone][2:4] == [StepResult.FAILED, StepResult.SKIPPED]
        finally:
            await agent.close()


async def test_without_a_hub_and_with_an_address_that_is_none(tmp_path) -> None:
    agent = await opened(tmp_path)
    try:
        told = await steps(agent)
        assert [s.result for s in told][1:] == [StepResult.SKIPPED] * 5
        events = await do(agent, ActionKind.TEST_CONNECTION, ConnectionTestArguments("nonsense"))
        assert from_json(events[-1].body, Problem).code == "bad_hub_address"
        (tmp_path / NAME).write_text("{")
        assert (await steps(agent))[0].result is StepResult.FAILED
    finally:
        await agent.close()


class OnePage:
    def status(self) -> PageStatus:
        return PageStatus("http://127.0.0.1:1301", 1301)

    def invite(self) -> PageLink:
        return PageLink("http://127.0.0.1:1301/#s3cret", "C0DE", 60.0, 600.0)


async def test_the_link_reaches_who_asked_and_no_other_listener(tmp_path) -> None:
    agent = await opened(tmp_path)
    watching = agent.watch()
    try:
        events = await do(agent, ActionKind.PAGE_LINK, NoArguments())
        assert from_json(events[-1].body, Problem).code == "page_away"
        agent.page = OnePage()
        events = await do(agent, ActionKind.PAGE_LINK, NoArguments())
        links = [from_json(e.body, PageLink) for e in events if e.kind is EventKind.PAGE_LINK]
        assert links == [OnePage().invite()]
        for origin in (Origin.HUB, Origin.SCHEDULE):
            events = await do(agent, ActionKind.PAGE_LINK, NoArguments(), origin)
            assert from_json(events[-1].body, Problem).code == "origin_refused"
        assert (await agent.status()).page == OnePage().status()
        agent.unsubscribe(watching)
        heard = [event async for event in watching]
        assert heard
        assert not [e for e in heard if "s3cret" in e.body or e.kind is EventKind.PAGE_LINK]
    finally:
        await agent.close()


def test_no_secret_in_a_text() -> None:
    assert "s3cret" not in repr(OnePage().invite())
    assert "C0DE" not in repr(OnePage().invite())
