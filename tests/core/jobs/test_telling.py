"""The status is told in order, whatever takes how long."""

from __future__ import annotations

import asyncio

from core.jobs.telling import StatusTeller


class Slow:
    """Finds out a number that grows, the first times slower than later."""

    def __init__(self):
        self.now = 0
        self.asked = 0
        self.told = []

    async def status(self):
        self.asked += 1
        seen = self.now
        await asyncio.sleep(0.02 / self.asked)
        return seen


async def test_what_is_told_last_is_how_it_is():
    slow = Slow()
    teller = StatusTeller(slow.status, slow.told.append)
    for _ in range(5):
        slow.now += 1
        teller.changed()
        await asyncio.sleep(0)
    await teller.finish()
    assert slow.told == sorted(slow.told)
    assert slow.told[-1] == 5
    assert slow.asked < 5


async def test_a_change_while_it_is_told_is_told_too():
    slow = Slow()
    teller = StatusTeller(slow.status, slow.told.append)
    teller.changed()
    await teller.finish()
    slow.now = 7
    teller.changed()
    await teller.finish()
    assert slow.told == [0, 7]


async def test_a_status_that_fails_does_not_end_the_telling():
    slow = Slow()

    async def status():
        if not slow.asked:
            slow.asked += 1
            raise OSError("the store is away")
        return await slow.status()

    teller = StatusTeller(status, slow.told.append)
    teller.changed()
    await teller.finish()
    slow.now = 3
    teller.changed()
    await teller.finish()
    assert slow.told == [3]
