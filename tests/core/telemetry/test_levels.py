from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.provenance import Confidence
from core.model.reading import LevelState
from core.telemetry.levels import receptacle_level, supply_level, tray_level

OK, LOW, EMPTY = LevelState.OK, LevelState.LOW, LevelState.EMPTY
SOME, UNKNOWN, UNLIMITED = LevelState.SOME_REMAINING, LevelState.UNKNOWN, LevelState.UNLIMITED
PERCENT, IMPRESSIONS, ITEMS, OTHER = 19, 7, 18, 1


@pytest.mark.parametrize(
    ("level", "most", "unit", "percent", "state"),
    [
        (54, 100, PERCENT, 54.0, OK),
        (7500, 15000, IMPRESSIONS, 50.0, OK),
        (2, 3, None, 66.7, OK),  # no unit told: a ratio is a ratio
        (83, 100, OTHER, 83.0, OK),
        (10, 100, PERCENT, 10.0, LOW),
        (11, 100, PERCENT, 11.0, OK),
        (1, 100, None, 1.0, LOW),
        (1, 100000, None, 0.001, LOW),  # a last drop is not nothing
        (0, 100, PERCENT, 0.0, EMPTY),
        (0, 0, None, None, EMPTY),
        (0, -2, None, None, EMPTY),
        (-1, 100, None, None, UNLIMITED),
        (-2, -2, None, None, UNKNOWN),
        (-3, -2, None, None, SOME),
        (-3, 100, PERCENT, None, SOME),  # never 50 %
        (-100, 100, None, None, UNKNOWN),
        (60, -2, PERCENT, 60.0, OK),
        (60, None, PERCENT, 60.0, OK),
        (60, -2, OTHER, None, UNKNOWN),
        (60, None, None, None, UNKNOWN),
        (101, -2, PERCENT, None, UNKNOWN),
        (5, 0, None, None, UNKNOWN),
        (120, 100, PERCENT, None, UNKNOWN),
        (-3, -2, ITEMS, None, SOME),  # staples
        (None, 100, PERCENT, None, UNKNOWN),
    ],
)
def test_supplies(
    level: int | None,
    most: int | None,
    unit: int | None,
    percent: float | None,
    state: LevelState,
) -> None:
    read = supply_level(level, most, unit)
    assert (read.percent, read.state) == (percent, state)
    assert read.rule


@pytest.mark.parametrize(
    ("level", "state"),
    [(5, UNKNOWN), (0, UNKNOWN), (100, UNKNOWN), (-3, SOME), (-2, UNKNOWN), (None, UNKNOWN)],
)
def test_waste_containers_tell_no_level(level: int | None, state: LevelState) -> None:
    read = receptacle_level(level)
    assert (read.percent, read.state) == (None, state)


def test_what_makers_differ_in_is_doubtful() -> None:
    assert receptacle_level(5).confidence is Confidence.DOUBTFUL
    assert supply_level(60, -2, None).confidence is Confidence.DOUBTFUL
    assert supply_level(0, -2, None).confidence is Confidence.DOUBTFUL
    assert supply_level(0, 100, None).confidence is Confidence.STANDARD
    assert supply_level(-100, 100, None).confidence is Confidence.DOUBTFUL
    assert supply_level(-3, 100, None).confidence is Confidence.STANDARD


@pytest.mark.parametrize(
    ("level", "most", "percent", "state"),
    [
        (500, 500, 100.0, OK),
        (150, 500, 30.0, OK),
        (50, 500, 10.0, LOW),
        (0, 50, 0.0, EMPTY),
        (0, -2, None, EMPTY),
        (-3, 250, None, SOME),
        (-2, 250, None, UNKNOWN),
        (-1, -1, None, UNLIMITED),
        (40, -2, None, SOME),
        (40, None, None, SOME),
        (600, 500, None, OK),
        (None, 500, None, UNKNOWN),
    ],
)
def test_trays(
    level: int | None, most: int | None, percent: float | None, state: LevelState
) -> None:
    read = tray_level(level, most)
    assert (read.percent, read.state) == (percent, state)


numbers = st.one_of(st.none(), st.integers(-200, 200), st.integers(-(2**31), 2**31))


@given(numbers, numbers, st.one_of(st.none(), st.integers(0, 20)))
def test_a_percentage_is_one_or_it_is_none(
    level: int | None, most: int | None, unit: int | None
) -> None:
    for read in (supply_level(level, most, unit), tray_level(level, most)):
        assert read.percent is None or 0 <= read.percent <= 100
        if level is None or level < 0:
            assert read.percent is None
            assert read.state in {SOME, UNKNOWN, UNLIMITED}
        if read.percent is not None:
            assert read.state is (EMPTY if level == 0 else LOW if read.percent <= 10 else OK)
    assert receptacle_level(level).percent is None
