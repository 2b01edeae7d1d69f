"""Alerts in the store: judged in the transaction of what they are about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.model.jsonio import from_json
from core.model.occurrence import Cleared, DeliveredOccurrence, Judged, Occurrence, Seen
from core.model.problem import BadInputError, PlatenError, Problem
from core.model.reading import DeviceState
from core.model.rule import Offline, SupplyLow, Weight
from core.store import Store
from core.telemetry.rules.judge import judging
from core.telemetry.rules.memory import Limits
from tests.support.judged import read, rule, supply
from tests.support.stored import at, finding, opened, reading

PROBLEM = Problem("snmp_timeout", "No answer.")
RULES = (rule(SupplyLow(10), id="low"), rule(Offline(), id="offline"))


def low(level: float, seconds: float = 0):
    taken = replace(read(supply(level), state="sleep"), taken_at=at(seconds))
    return taken, judging(RULES, taken.taken_at, Limits(), taken)


async def save(store: Store, level: float, seconds: float = 0):
    taken, judge = low(level, seconds)
    return await store.save_reading(taken, judge=judge)


async def miss(store: Store, key: str, seconds: float):
    judge = judging(RULES, at(seconds), Limits())
    return await store.save_problem(key, PROBLEM, at(seconds), judge=judge)


async def told(store: Store, **which: object) -> list[Occurrence]:
    return list((await store.alerts.page(**which)).items)  # type: ignore[arg-type]


async def test_raised_cleared_and_delivered(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        saved = await save(store, 5)
        (item,) = saved.told.raised
        assert (item.device, item.open) == (saved.device.key, True)
        assert await told(store, only_open=True) == [item]
        assert not (await save(store, 5, 10)).told.raised
        (over,) = (await save(store, 90, 20)).told.cleared
        assert (over.key, over.cleared_at) == (item.key, at(20))
        assert await told(store, only_open=True) == []
        assert await told(store) == [over]
        waiting = await store.outbox(100, 10**9)
        assert [one.kind for one in waiting].count("occurrence") == 2
        assert len({one.key for one in waiting}) == len(waiting)
        last = from_json(waiting[-1].body, DeliveredOccurrence)
        assert last.occurrence == over
        assert last.device.key == over.device


async def test_without_a_judge_nothing_is_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        saved = await store.save_reading(reading(serial="S1"))
        assert saved.told.raised == ()
        assert await told(store) == []


async def test_a_judge_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken(_: Seen) -> Judged:
        raise ValueError("broken")

    async with opened(tmp_path) as store:
        with pytest.raises(ValueError, match="broken"):
            await store.save_reading(reading(serial="S1"), judge=broken)
        assert (await store.devices()).total == 0
        assert await store.waiting() == 0


async def test_asleep_until_so_many_misses_then_offline_then_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        key = (await save(store, 90)).device.key

        async def state() -> DeviceState | None:
            summary = await store.device(key)
            assert summary is not None
            return summary.state

        assert await state() is DeviceState.SLEEP
        assert not (await miss(store, key, 10)).raised
        assert await state() is DeviceState.SLEEP
        assert [item.rule for item in (await miss(store, key, 20)).raised] == ["offline"]
        assert await state() is DeviceState.OFFLINE
        assert not (await miss(store, key, 30)).raised
        assert [item.rule for item in (await save(store, 90, 40)).told.cleared] == ["offline"]
        assert await state() is DeviceState.SLEEP


async def test_acknowledged_is_not_open_and_stands_until_it_is_over(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        (item,) = (await save(store, 5)).told.raised
        (seen,) = await store.alerts.acknowledge([item.key])
        assert seen.acknowledged_at == at()
        assert await store.alerts.acknowledge([item.key]) == (seen,)
        assert await told(store, only_open=True) == []
        assert not (await save(store, 5, 10)).told.raised
        (over,) = (await save(store, 90, 20)).told.cleared
        assert (over.acknowledged_at, over.cleared_at) == (at(), at(20))
        with pytest.raises(PlatenError) as caught:
            await store.alerts.acknowledge([item.key, "nonsense"])
        assert caught.value.problem.code == "unknown_alert"


async def test_the_next_is_passed_over_once_and_noted(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        key = (await save(store, 90)).device.key
        await store.alerts.skip_next(key, "low")
        before = await store.waiting()
        assert not (await save(store, 5, 10)).told.raised
        assert await store.waiting() == before + 1  # the reading alone
        (item,) = await told(store)
        assert item.skipped
        assert await told(store, only_open=True) == []
        assert not (await save(store, 90, 20)).told.cleared
        assert len((await save(store, 5, 30)).told.raised) == 1


async def test_pages_filters_and_bad_pages(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number in range(5):
            await save(store, 5, number * 20)
            await save(store, 90, number * 20 + 10)
        await save(store, 5, 100)
        first = await store.alerts.page(limit=4)
        rest = await store.alerts.page(limit=4, before=first.next)
        assert (len(first.items), len(rest.items), first.total, rest.next) == (4, 2, 6, "")
        whole = [item.raised_at for item in (*first.items, *rest.items)]
        assert whole == sorted(whole, reverse=True)
        assert len(await told(store, since=at(60))) == 3
        assert len(await told(store, device=first.items[0].device)) == 6
        with pytest.raises(BadInputError):
            await store.alerts.page(before="nonsense")
        with pytest.raises(PlatenError, match="nonsense"):
            await store.alerts.page(device="nonsense")


async def test_a_rule_that_is_no_more_ends_what_it_raised(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.alerts.set_rule(RULES[0])
        assert await store.alerts.rules() == (RULES[0],)
        (item,) = (await save(store, 5)).told.raised
        was, ended = await store.alerts.delete_rule("low", ends=True)
        assert was
        assert [one.key for one in ended.cleared] == [item.key]
        assert await store.alerts.delete_rule("low", ends=True) == (False, type(ended)())
        assert await store.alerts.rules() == ()


async def test_a_record_that_turns_out_to_be_another_leaves_its_alerts(tmp_path: Path) -> None:
    def always(seen: Seen) -> Judged:
        if seen.memory == "known":
            return Judged("known")
        item = Occurrence("r", "k", "n", Weight.INFO, "s", "text", at(), lasting=True)
        return Judged("known", raised=(item,))

    def over(_: Seen) -> Judged:
        return Judged("known", cleared=(Cleared("r", "s", at(50)),))

    async with opened(tmp_path) as store:
        one = finding("10.0.0.1", mac="00:17:c8:00:00:01")
        assert (await store.save_finding(one, at(), judge=always)).told.raised
        another = finding("10.0.0.2", uuid="u")
        assert (await store.save_finding(another, at(), judge=always)).told.raised
        both = finding("10.0.0.1", mac="00:17:c8:00:00:01", uuid="u")
        key = (await store.save_finding(both, at(2000), judge=always)).device.key
        assert [row.device.key for row in (await store.devices()).items] == [key]
        # Both alerts are the one device's; what nobody would ever clear is over.
        assert len(await told(store, device=key)) == 2
        assert len(await told(store, only_open=True)) == 1
        (ended,) = (await store.save_finding(both, at(2010), judge=over)).told.cleared
        assert ended.device == key
        assert await told(store, only_open=True) == []


async def test_what_was_over_long_ago_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await save(store, 5)
        await save(store, 90, 10)
        await save(store, 5, 20)
        await save(store, 90, 1000)  # raised before, over since
        await save(store, 5, 1010)
        await save(store, 5, 3000)  # it stands
        assert len(await told(store)) == 3
        assert await store.alerts.forget_before(at(10)) == 0
        assert await store.alerts.forget_before(at(900)) == 1
        assert [o.raised_at for o in await told(store)] == [at(1010), at(20)]
        assert await store.alerts.forget_before(at(5000)) == 1
        (standing,) = await told(store, only_open=True)
        assert standing.raised_at == at(1010)
        assert await told(store, since=at(1005)) == [standing]
