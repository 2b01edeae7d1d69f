from __future__ import annotations

import asyncio

import pytest

from core.discovery.interfaces import Path
from core.discovery.pace import Pace, Pacer, Rate, SystemClock, expected_seconds, rate_for


class Fake:
    def __init__(self):
        self.at = 1000.0

    def now(self):
        return self.at

    async def sleep(self, seconds):
        self.at += seconds
        await asyncio.sleep(0)


async def test_what_is_taken_follows_the_rate():
    clock = Fake()
    pacer = Pacer(Rate(250, 5), clock)
    begun, taken = clock.at, 0
    while taken < 1000:
        got = await pacer.take(64)
        assert 1 <= got <= 5
        taken += got
    assert clock.at - begun == pytest.approx((taken - 5) / 250, rel=0.02)


async def test_no_more_than_the_burst_after_a_rest():
    clock = Fake()
    pacer = Pacer(Rate(250, 256), clock)
    assert await pacer.take(400) == 256
    assert await pacer.take(1) == 1
    await clock.sleep(3600)
    assert await pacer.take(400) == 256


async def test_many_senders_share_one_pace():
    clock = Fake()
    pacer = Pacer(Rate(100, 2), clock)
    begun = clock.at

    async def sender():
        for _ in range(20):
            assert await pacer.take(1) == 1

    await asyncio.gather(*(sender() for _ in range(5)))
    assert clock.at - begun == pytest.approx(0.98, abs=0.05)


async def test_off_is_without_limit():
    clock = Fake()
    pacer = Pacer(rate_for(Path.ROUTED, 65534, Pace.OFF), clock)
    assert await pacer.take(10**6) == 10**6
    assert clock.at == 1000.0


def test_rates_by_path():
    for pace in Pace:
        assert rate_for(Path.ON_LINK, 65534, pace) == Rate(250, 5)  # never faster
        assert rate_for(Path.ON_LINK, 254, pace) == Rate(250, 256)  # a /24 goes at once
    assert rate_for(Path.ROUTED, 254, Pace.GENTLE) == Rate(500, 10)
    assert rate_for(Path.ROUTED, 254, Pace.FAST) == Rate(10_000, 200)
    assert rate_for(Path.LOOPBACK, 254, Pace.GENTLE) == Rate(10_000, 200)


def test_how_long_it_will_take():
    assert expected_seconds({Path.LOOPBACK: 254}, Pace.GENTLE, 1.0) == pytest.approx(3, abs=0.1)
    eight = expected_seconds({Path.ROUTED: 1 << 24}, Pace.GENTLE, 1.0)
    assert eight == pytest.approx(2 * (1 << 24) / 500, rel=0.01)
    assert expected_seconds({}, Pace.GENTLE, 1.0) == 0


async def test_the_systems_clock():
    clock = SystemClock()
    before = clock.now()
    await clock.sleep(0.01)
    assert clock.now() - before >= 0.009
