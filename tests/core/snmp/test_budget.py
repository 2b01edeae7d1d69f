from __future__ import annotations

import asyncio

import pytest

from core.snmp.budget import Budget


async def started(*jobs):
    tasks = [asyncio.ensure_future(job) for job in jobs]
    await asyncio.sleep(0)
    return tasks


async def test_units_are_lent_in_the_order_of_asking():
    budget = Budget(3)
    assert await budget.take(2) == 2
    large, small = await started(budget.take(3), budget.take(1))
    assert not large.done()
    assert not small.done(), "a small wish must not overtake a large one for ever"
    budget.give(2)
    assert await large == 3
    budget.give(3)
    assert await small == 1


async def test_more_than_all_is_all():
    budget = Budget(3)
    assert await budget.take(99) == 3
    (waiting,) = await started(budget.take(1))
    assert not waiting.done()
    budget.give(3)
    assert await waiting == 1


async def test_who_gives_up_waiting_holds_up_nobody():
    budget = Budget(1)
    await budget.take(1)
    first, second = await started(budget.take(1), budget.take(1))
    first.cancel()
    budget.give(1)
    assert await second == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_who_gives_up_first_in_line_lets_the_next_go_on():
    budget = Budget(3)
    await budget.take(1)
    large, small = await started(budget.take(3), budget.take(1))
    large.cancel()
    assert await asyncio.wait_for(small, 1) == 1
    with pytest.raises(asyncio.CancelledError):
        await large


async def test_what_is_lent_to_one_who_just_gave_up_comes_back():
    budget = Budget(1)
    await budget.take(1)
    (waiting,) = await started(budget.take(1))
    budget.give(1)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert await asyncio.wait_for(budget.take(1), 1) == 1


async def test_a_smaller_total_holds_once_units_are_back():
    budget = Budget(6)
    for _ in range(3):
        await budget.take(1)
    budget.resize(1)
    (waiting,) = await started(budget.take(1))
    for _ in range(2):
        budget.give(1)
    await asyncio.sleep(0)
    assert not waiting.done()
    budget.give(1)
    assert await waiting == 1
    (next_one,) = await started(budget.take(1))
    budget.resize(2)
    assert await next_one == 1
