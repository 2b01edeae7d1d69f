from __future__ import annotations

import asyncio

import pytest

from core.snmp.together import together


async def test_results_keep_the_order_of_the_jobs():
    async def job(number, pauses):
        for _ in range(pauses):
            await asyncio.sleep(0)
        return number

    assert await together([job(1, 5), job(2, 0), job(3, 2)]) == [1, 2, 3]
    assert await together([job(4, 1)]) == [4]
    assert await together([]) == []


async def test_the_first_failure_ends_the_others():
    ended = []

    async def waiting(name):
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(name)

    async def failing():
        await asyncio.sleep(0)
        raise ValueError("the one that failed")

    with pytest.raises(ValueError, match="the one that failed"):
        await together([waiting("a"), failing(), waiting("b")])
    assert sorted(ended) == ["a", "b"]


async def test_a_cancellation_reaches_every_job():
    ended = []

    async def waiting(name):
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(name)

    work = asyncio.ensure_future(together([waiting("a"), waiting("b")]))
    await asyncio.sleep(0.01)
    work.cancel()
    await asyncio.wait([work])
    assert sorted(ended) == ["a", "b"]
