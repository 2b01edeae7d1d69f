"""The agent's own part of alerts: the daily review, and what a person does with rules."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from core.agent import Agent
from core.jobs.judging import judge_of
from core.model.action import (
    ActionKind,
    DeleteRuleArguments,
    Origin,
    RuleTestArguments,
    SetRuleArguments,
    SkipNextArguments,
)
from core.model.device import DeviceSummary
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.occurrence import Occurrence, RuleVerdict
from core.model.problem import Problem
from core.model.query import OccurrencesArguments, QueryKind
from core.model.reading import DeviceState
from core.model.rule import Rule, SupplyLow
from tests.support.judged import rule
from tests.support.stored import StoppedClock, reading

PROBLEM = Problem("snmp_timeout", "No answer.")


class Stand:
    """An agent with a clock that is moved, and printers that only its store knows."""

    def __init__(self, agent: Agent, clock: StoppedClock) -> None:
        self.agent, self.clock = agent, clock
        self.tools = agent._tools

    def later(self, days: float) -> None:
        self.clock.now += timedelta(days=days)

    def now(self) -> str:
        return self.agent._now()

    async def read(self, serial: str, address: str) -> str:
        taken = reading(address, serial=serial)
        judge = await judge_of(self.tools, self.now(), taken)
        return (await self.tools.store.save_reading(taken, judge=judge)).device.key

    async def miss(self, key: str) -> None:
        judge = await judge_of(self.tools, self.now())
        await self.tools.store.save_problem(key, PROBLEM, self.now(), judge=judge)

    async def devices(self) -> dict[str, DeviceSummary]:
        page = await self.agent.query(QueryKind.DEVICES, "", "", 0)
        rows = [from_json(item, DeviceSummary) for item in page.items]
        return {row.device.key: row for row in rows}

    async def alerts(self, **which: object) -> list[str]:
        asked = to_json(OccurrencesArguments(**which))
        page = await self.agent.query(QueryKind.OCCURRENCES, asked, "", 0)
        return [from_json(item, Occurrence).rule for item in page.items]

    async def do(self, kind: ActionKind, arguments: object, origin: Origin = Origin.CONSOLE):
        run = self.agent.do("a", kind.value, to_json(arguments), origin)
        events = [event async for event in run]
        if events[-1].kind is EventKind.ACTION_FINISHED:
            return events, from_json(events[-1].body, Finished)
        return events, from_json(events[-1].body, Problem)


@asynccontextmanager
async def stand(folder: Path):
    clock = StoppedClock()
    agent = await Agent.open(folder, clock=clock, random=Random(), version="test")
    try:
        yield Stand(agent, clock)
    finally:
        await agent.close()


async def test_six_weeks_without_a_reading_and_back(tmp_path: Path) -> None:
    async with stand(tmp_path) as there:
        asked, listed = await there.read("S1", "10.0.0.1"), await there.read("S2", "10.0.0.2")
        await there.tools.store.manage(listed, managed=False)
        assert not any(row.stale for row in (await there.devices()).values())
        for _ in range(2):
            there.later(20)
            await there.miss(asked)
        there.later(3)
        # Nobody asked them today: the question itself makes the agent look.
        rows = await there.devices()
        assert rows[asked].stale
        assert rows[asked].state is DeviceState.OFFLINE
        assert rows[listed].stale
        assert sorted(await there.alerts(only_open=True)) == ["offline", "stale", "stale"]
        there.later(3)
        assert len(await there.alerts()) == 3
        await there.read("S1", "10.0.0.1")
        rows = await there.devices()
        assert not rows[asked].stale
        assert rows[asked].state is DeviceState.IDLE
        assert await there.alerts(only_open=True, device=asked) == ["back"]


async def test_the_settings_say_when(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        "version = 1\n[collection]\noffline_after = 1\nstale_after = 7\n"
    )
    async with stand(tmp_path) as there:
        key = await there.read("S1", "10.0.0.1")
        there.later(7)
        await there.miss(key)
        row = (await there.devices())[key]
        assert (row.state, row.stale) == (DeviceState.OFFLINE, True)


async def test_rules_are_the_consoles_matter(tmp_path: Path) -> None:
    own = rule(SupplyLow(30), id="own")
    async with stand(tmp_path) as there:
        key = await there.read("S1", "10.0.0.1")
        for origin in (Origin.HUB, Origin.SCHEDULE):
            _, refused = await there.do(ActionKind.SET_RULE, SetRuleArguments(own), origin)
            assert refused.code == "origin_refused"
        await there.do(ActionKind.SET_RULE, SetRuleArguments(own))
        await there.do(
            ActionKind.SET_RULE,
            SetRuleArguments(Rule("toner-low", "x", SupplyLow(), enabled=False)),
        )
        page = await there.agent.query(QueryKind.RULES, "", "", 0)
        rules = {one.id: one for one in (from_json(item, Rule) for item in page.items)}
        assert rules["own"] == own
        assert (rules["toner-low"].enabled, rules["toner-low"].changed) == (False, True)
        for name, code in (("own", ""), ("toner-low", ""), ("toner-low", "rule_builtin"),
                           ("own", "unknown_rule")):  # fmt: skip
            _, done = await there.do(ActionKind.DELETE_RULE, DeleteRuleArguments(name))
            assert getattr(done, "code", "") == code
        _, done = await there.do(ActionKind.SKIP_NEXT, SkipNextArguments(key, "own"))
        assert done.code == "unknown_rule"
        _, done = await there.do(ActionKind.SKIP_NEXT, SkipNextArguments("no", "moved"))
        assert done.code == "unknown_device"


async def test_a_rule_that_is_another_by_now_is_not_overwritten(tmp_path: Path) -> None:
    own = rule(SupplyLow(30), id="own")
    async with stand(tmp_path) as there:
        for wanted, code in (
            (SetRuleArguments(own, new=True), ""),
            (SetRuleArguments(replace(own, name="Mine"), own), ""),
            (SetRuleArguments(replace(own, enabled=False), own), "rule_changed"),
            (SetRuleArguments(own, new=True), "rule_changed"),
            (SetRuleArguments(replace(own, id="none"), own), "rule_changed"),
        ):
            _, done = await there.do(ActionKind.SET_RULE, wanted)
            assert getattr(done, "code", "") == code, wanted
        page = await there.agent.query(QueryKind.RULES, "", "", 0)
        kept = {one.id: one for one in (from_json(item, Rule) for item in page.items)}
        assert kept["own"] == replace(own, name="Mine")


async def test_a_condition_is_tried_on_what_was_read(tmp_path: Path) -> None:
    async with stand(tmp_path) as there:
        key = await there.read("S1", "10.0.0.1")
        events, done = await there.do(
            ActionKind.TEST_RULE, RuleTestArguments("meters.total == 100", (key,))
        )
        assert done.counts == {"true": 1, "false": 0, "cannot_tell": 0}
        (said,) = [e for e in events if e.kind is EventKind.RULE_TESTED]
        assert from_json(said.body, RuleVerdict) == RuleVerdict(key, verdict=True)
        _, done = await there.do(ActionKind.TEST_RULE, RuleTestArguments("meters.fax > 1"))
        assert done.counts["cannot_tell"] == 1
        _, done = await there.do(ActionKind.TEST_RULE, RuleTestArguments("meters.fax > 1", ("no",)))
        assert done.code == "unknown_device"
