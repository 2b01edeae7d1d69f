"""Ticks of axes: round values, and round times where the clock changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.chart_ticks import Unit, nice_step, time_ticks, value_ticks

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu",
         "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo")  # fmt: skip


def at(text: str, zone: ZoneInfo = BERLIN) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


@given(st.floats(1e-6, 1e12), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_values_are_round_and_reach_the_top(top: float, most: int) -> None:
    ticks = value_ticks(top, most, whole=False)
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(ticks) <= most + 2
    step = ticks[1]
    assert float(f"{step:e}".partition("e")[0]) in {1.0, 2.0, 5.0}
    assert all(one < other for one, other in pairwise(ticks))


def test_things_are_counted_in_whole_steps() -> None:
    assert value_ticks(3, 10) == (0, 1, 2, 3)
    assert value_ticks(553, 4) == (0, 200, 400, 600)
    assert nice_step(0.07) == pytest.approx(0.1)


@given(
    st.integers(0, 2_000_000_000),
    st.floats(3600, 40 * 365 * 86_400),
    st.sampled_from(ZONES),
    st.integers(2, 30),
)
@settings(max_examples=300, deadline=None)
def test_times_are_in_the_span_and_rise(since: int, length: float, name: str, most: int) -> None:
    zone = ZoneInfo(name)
    found = time_ticks(since, since + length, zone, most)
    assert all(since <= tick <= since + length for tick in found.at)
    assert all(one < other for one, other in zip(found.at, found.at[1:], strict=False))
    assert len(found.at) <= most * 1.2 + 2
    for tick in found.at:
        local = datetime.fromtimestamp(tick, zone)
        before = datetime.fromtimestamp(tick - 1, zone)
        if found.rule.unit is Unit.HOUR:
            assert (local.minute, local.second) == (0, 0) or local.hour != before.hour
        else:  # the first moment of its day, whatever the clock shows then
            assert local.date() != before.date()


def test_days_keep_to_midnight_when_the_clock_changes() -> None:
    found = time_ticks(at("2026-03-27"), at("2026-04-01"), BERLIN, 6)
    assert found.rule.unit is Unit.DAY
    hours = [(b - a) / 3600 for a, b in zip(found.at, found.at[1:], strict=False)]
    assert hours == [24, 24, 23, 24, 24]


def test_the_hour_that_is_left_out_has_no_tick() -> None:
    found = time_ticks(at("2026-03-29"), at("2026-03-29T06:00"), BERLIN, 10)
    shown = [datetime.fromtimestamp(tick, BERLIN).hour for tick in found.at]
    assert shown == [0, 1, 3, 4, 5, 6]
    coarse = time_ticks(at("2026-03-29"), at("2026-03-29T06:00"), BERLIN, 3)
    assert [datetime.fromtimestamp(tick, BERLIN).hour for tick in coarse.at] == [0, 4, 6]
    autumn = time_ticks(at("2026-10-25"), at("2026-10-25T06:00"), BERLIN, 10)
    shown = [datetime.fromtimestamp(tick, BERLIN).hour for tick in autumn.at]
    assert shown == [0, 1, 2, 3, 4, 5, 6]
    assert autumn.at[3] - autumn.at[2] == 2 * 3600


def test_weeks_begin_on_mondays_and_months_on_their_first() -> None:
    weeks = time_ticks(at("2026-10-01"), at("2026-12-01"), BERLIN, 10)
    assert weeks.rule.unit is Unit.WEEK
    assert {datetime.fromtimestamp(tick, BERLIN).weekday() for tick in weeks.at} == {0}
    months = time_ticks(at("2026-01-15"), at("2026-12-15"), BERLIN, 12)
    assert [datetime.fromtimestamp(t, BERLIN).month for t in months.at] == list(range(2, 13))
    coarse = time_ticks(at("2026-01-01"), at("2026-01-09"), BERLIN, 50, least=Unit.DAY)
    assert coarse.rule.unit is Unit.DAY
    assert timedelta(seconds=coarse.at[1] - coarse.at[0]) == timedelta(days=1)
