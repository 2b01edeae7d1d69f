from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.hops.distance import FARTHEST, Distance, How, routers_behind


@pytest.mark.parametrize(
    ("ttl", "hops"),
    [(64, 0), (61, 3), (128, 0), (126, 2), (255, 0), (250, 5), (32, 0), (30, 2), (1, None)],
)
def test_what_is_left_of_an_answer_tells_how_far_it_came(ttl: int, hops: int | None) -> None:
    assert routers_behind(ttl) == hops


@given(st.integers(-5, 300))
def test_no_network_is_farther_than_the_farthest(ttl: int) -> None:
    hops = routers_behind(ttl)
    assert hops is None or 0 <= hops <= FARTHEST


def test_a_distance_is_exact_where_no_more_could_be_told() -> None:
    assert Distance(2, How.TTL, "").exact
    assert not Distance(2, How.PROBE, "", at_least=True).exact
    assert not Distance(None, How.UNKNOWN, "").exact
