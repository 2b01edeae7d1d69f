"""Places on the map: apart, in their sector, and kept."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.map_layout import NODE_RADIUS, RingLayout, point, spread


def filled(*counts: int) -> RingLayout:
    layout = RingLayout()
    for number, count in enumerate(counts):
        layout.add_segment(f"s{number}")
        for each in range(count):
            layout.add(f"s{number}-{each}", f"s{number}")
    return layout


def everything(layout: RingLayout) -> dict[str, tuple[float, float]]:
    return {k: at for name in layout.segments for k, at in layout.positions(name).items()}


@given(st.integers(1, 200))
def test_a_row_is_spread_over_all_its_places(count: int) -> None:
    assert sorted(spread(count)) == list(range(count))


def test_the_first_few_stand_apart() -> None:
    assert spread(8)[:3] == (4, 2, 6)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_no_two_printers_overlap(counts: list[int]) -> None:
    spots = list(everything(filled(*counts)).values())
    assert len(spots) == sum(counts)
    for i, one in enumerate(spots):
        for other in spots[i + 1 :]:
            assert math.dist(one, other) > 2 * NODE_RADIUS


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_every_printer_stands_in_its_sector(counts: list[int]) -> None:
    layout = filled(*counts)
    for name in layout.segments:
        sector = layout.sector(name)
        for x, y in layout.positions(name).values():
            angle = (math.degrees(math.atan2(y, x)) - sector.start) % 360
            assert angle <= sector.span
            assert math.hypot(x, y) >= sector.radius - 1e-6


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.data())
def test_a_printer_keeps_its_place(counts: list[int], data: st.DataObject) -> None:
    layout = filled(*counts)
    before = everything(layout)
    gone = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
    for key in gone:
        layout.remove(key)
    for number in range(data.draw(st.integers(0, 20))):
        layout.add(f"new-{number}", "s0")
    after = everything(layout)
    assert all(after[key] == before[key] for key in before if key not in gone)


def test_a_place_left_is_taken_again() -> None:
    layout = filled(5)
    spot = layout.positions("s0")["s0-2"]
    layout.remove("s0-2")
    layout.add("new", "s0")
    assert layout.positions("s0")["new"] == spot


def test_a_printer_that_moves_to_another_segment_leaves_the_first() -> None:
    layout = filled(2, 1)
    assert layout.add("s0-0", "s1")
    assert not layout.add("s0-0", "s1")
    assert (layout.count("s0"), layout.count("s1")) == (1, 2)


def test_empty_segments_go_unless_they_are_approved() -> None:
    layout = filled(1, 0, 0)
    assert layout.drop_empty({"s1"})
    assert layout.segments == ("s0", "s1")
    assert not layout.drop_empty({"s1"})


@pytest.mark.parametrize("count", [1, 2, 3, 8, 30])
def test_sectors_share_the_ring_without_touching(count: int) -> None:
    layout = filled(*([1] * count))
    sectors = [layout.sector(name) for name in layout.segments]
    assert sectors[0].middle == pytest.approx(-90)
    for one, other in pairwise(sectors):
        assert one.start + one.span < other.start
    assert sum(s.span for s in sectors) < 360


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 80), min_size=1, max_size=9))
def test_the_extent_holds_everything(counts: list[int]) -> None:
    layout = filled(*counts)
    left, up, right, down = layout.extent()
    for x, y in everything(layout).values():
        assert left - 1e-6 <= x <= right + 1e-6
        assert up - 1e-6 <= y <= down + 1e-6


def test_angles_grow_clockwise_from_the_right() -> None:
    assert point(10, 0) == pytest.approx((10, 0))
    assert point(10, 90) == pytest.approx((0, 10))
