"""The geometry of the map: directions that stay, rows that do not overlap."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.map.layout import (
    NODE_RADIUS,
    Sector,
    basis_of,
    directions,
    innermost,
    point,
    spread,
    turned,
    wedge,
)

_dividers = st.integers(0, 8).map(lambda power: 1 << power)


def sector(number: int, divided: int, growth: float = 1.0) -> Sector:
    inner = innermost(divided)
    radius = inner * growth
    return Sector("s", 0, *wedge(number, divided), radius, basis_of(radius, inner))


@given(st.integers(1, 200))
def test_a_row_is_spread_over_all_its_places(count: int) -> None:
    assert sorted(spread(count)) == list(range(count))


def test_the_first_few_stand_apart() -> None:
    assert spread(8)[:3] == (4, 2, 6)
    assert [turned(n) for n in range(6)] == [0, 0.5, 0.25, 0.75, 0.125, 0.625]


@pytest.mark.parametrize(("segments", "divided"), [(0, 1), (1, 1), (2, 2), (3, 4), (4, 4), (5, 8)])
def test_the_circle_is_halved_when_it_must_be(segments: int, divided: int) -> None:
    assert directions(segments) == divided


@given(st.integers(0, 255), _dividers)
def test_a_direction_never_turns(number: int, divided: int) -> None:
    start, span = wedge(number, divided)
    wider_start, wider_span = wedge(number, divided * 2)
    assert start + span / 2 == pytest.approx(wider_start + wider_span / 2)
    assert wider_span < span


@pytest.mark.parametrize("divided", [1, 2, 4, 8, 64, 256])
def test_wedges_share_the_circle_without_touching(divided: int) -> None:
    wedges = sorted(wedge(number, divided) for number in range(divided))
    for (start, span), (other, _) in pairwise(wedges):
        assert start + span < other
    assert sum(span for _, span in wedges) < 360


@settings(deadline=None, max_examples=60)
@given(_dividers, st.integers(1, 150), st.floats(1, 9))
def test_neighbours_do_not_overlap(divided: int, count: int, growth: float) -> None:
    numbers = (0, divided - 1, divided // 2, divided // 2 + divided // 4)
    wedges = [sector(number % divided, divided, growth) for number in set(numbers)]
    spots = [spot for one in dict.fromkeys(wedges) for spot in one.places(count)]
    for i, one in enumerate(spots):
        assert all(math.dist(one, other) > 2 * NODE_RADIUS for other in spots[i + 1 :])


@settings(deadline=None, max_examples=60)
@given(_dividers, st.integers(0, 255), st.integers(1, 150), st.floats(1, 9))
def test_everyone_stands_in_the_wedge_and_within_reach(
    divided: int, number: int, count: int, growth: float
) -> None:
    one = sector(number % divided, divided, growth)
    for x, y in one.places(count):
        angle = (math.degrees(math.atan2(y, x)) - one.start) % 360
        assert angle <= one.span
        assert one.radius - 1e-6 <= math.hypot(x, y) <= one.reach(count) + 1e-6


@given(_dividers, st.integers(2, 200))
def test_one_more_moves_nobody(divided: int, count: int) -> None:
    one = sector(0, divided)
    assert one.places(count)[:-1] == one.places(count - 1)


def test_a_ring_pushed_out_a_little_moves_nobody_along_it() -> None:
    near, far = sector(0, 4, 1.1), sector(0, 4, 1.9)
    assert near.basis == far.basis
    for (x, y), (u, v) in zip(near.places(30), far.places(30), strict=True):
        assert math.atan2(y, x) == pytest.approx(math.atan2(v, u))


def test_angles_grow_clockwise_from_the_right() -> None:
    assert point(10, 0) == pytest.approx((10, 0))
    assert point(10, 90) == pytest.approx((0, 10))
