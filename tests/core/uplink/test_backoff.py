"""How a thousand agents come back to a hub that was away."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from core.uplink.backoff import FIRST, LONGEST, Backoff


def test_waits_grow_up_to_a_limit_and_begin_again() -> None:
    backoff = Backoff(Random(1))
    waits = [backoff.next_wait() for _ in range(40)]
    for number, wait in enumerate(waits):
        assert 1 <= wait <= min(FIRST * 2**number, LONGEST)
    assert max(waits) > LONGEST / 2
    backoff.reset()
    assert backoff.next_wait() <= FIRST


@pytest.mark.parametrize("outage", [0.5, 5, 30, 120, 1800, 86400])
def test_a_thousand_agents_make_no_spike(outage: float) -> None:
    """All fail at one moment; the hub is back after ``outage`` seconds."""
    arrivals = []
    for seed in range(1000):
        backoff, at = Backoff(Random(seed)), 0.0
        while at < outage:
            at += backoff.next_wait()
        arrivals.append(at - outage)
    busiest = max(Counter(int(arrival) for arrival in arrivals).values())
    assert busiest < 200, f"{busiest} in one second"
    assert max(arrivals) <= LONGEST
