"""Ticks of axes: round values, and round times where the clock changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.ui.charts import words as chart_words
from app.ui.charts.ticks import Rule, Unit, nice_step, time_ticks, value_ticks
from core.model.history import Bucket

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
        if found.rule.unit in {Unit.HOUR, Unit.MINUTE}:
            step = found.rule.step if found.rule.unit is Unit.MINUTE else 60
            assert (local.minute % step, local.second) == (0, 0) or local.date() != before.date()
        else:  # the first moment of its day, whatever the clock shows then
            assert local.date() != before.date()


def test_days_keep_to_midnight_when_the_clock_changes() -> None:
    found = time_ticks(at("2026-03-27"), at("2026-04-01"), BERLIN, 6)
    assert found.rule.unit is Unit.DAY
    hours = [(b - a) / 3600 for a, b in zip(found.at, found.at[1:], strict=False)]
    assert hours == [24, 24, 23, 24, 24]


def test_the_hour_that_is_left_out_has_no_tick() -> None:
    hours = partial(time_ticks, zone=BERLIN, least=Unit.HOUR)
    found = hours(at("2026-03-29"), at("2026-03-29T06:00"), most=10)
    shown = [datetime.fromtimestamp(tick, BERLIN).hour for tick in found.at]
    assert shown == [0, 1, 3, 4, 5, 6]
    coarse = hours(at("2026-03-29"), at("2026-03-29T06:00"), most=3)
    assert [datetime.fromtimestamp(tick, BERLIN).hour for tick in coarse.at] == [0, 4, 6]


def test_the_hour_that_is_shown_twice_has_two_ticks() -> None:
    autumn = time_ticks(at("2026-10-25"), at("2026-10-25T06:00"), BERLIN, 10, least=Unit.HOUR)
    shown = [datetime.fromtimestamp(tick, BERLIN).hour for tick in autumn.at]
    assert shown == [0, 1, 2, 2, 3, 4, 5, 6]
    assert {b - a for a, b in pairwise(autumn.at)} == {3600}


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        # Half an hour is left out at two, and shown twice before two.
        ("Australia/Lord_Howe", "2026-10-04T01:00", ["01:00", "01:30", "02:30", "03:00"]),
        ("Australia/Lord_Howe", "2026-04-05T01:00", ["01:00", "01:30", "01:30", "02:00"]),
        # Midnight was left out: the day began at one.
        ("America/Sao_Paulo", "2018-11-03T23:00", ["23:00", "23:30", "01:00", "01:30"]),
    ],
)
def test_minutes_where_the_clock_changes(zone: str, day: str, expected: list[str]) -> None:
    begin = at(day, ZoneInfo(zone))
    found = time_ticks(begin, begin + 5400, ZoneInfo(zone), 4)
    shown = [f"{datetime.fromtimestamp(tick, ZoneInfo(zone)):%H:%M}" for tick in found.at]
    assert shown == expected


@pytest.mark.parametrize(
    ("zone", "when", "text"),
    [
        ("America/Sao_Paulo", "2018-11-04T01:00", "4 Nov"),  # there was no midnight
        ("America/Sao_Paulo", "2018-11-05T00:00", "5 Nov"),
        ("Europe/Berlin", "2026-10-25T02:00", "02:00"),
    ],
)
def test_a_day_is_named_where_it_begins(zone: str, when: str, text: str) -> None:
    begin = at(when, ZoneInfo(zone))
    assert chart_words.tick(begin, Rule(Unit.HOUR, 1), ZoneInfo(zone)) == text


@pytest.mark.parametrize(
    ("locale", "day", "bucket"),
    [
        ("en_GB", "5 Oct", "Mon 5 Oct 2026"),
        ("en_US", "Oct 5", "Mon Oct 5 2026"),
        ("de_DE", "5 Okt.", "Mo. 5 Okt. 2026"),
        ("ja_JP", "10月 5", "月 2026 10月 5"),
    ],
)
def test_dates_are_in_the_order_of_the_locale(locale: str, day: str, bucket: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert chart_words.day(at("2026-10-05"), BERLIN) == day
        assert chart_words.bucket(at("2026-10-05"), Bucket.DAY, BERLIN) == bucket
    finally:
        QLocale.setDefault(before)


def test_weeks_begin_on_mondays_and_months_on_their_first() -> None:
    weeks = time_ticks(at("2026-10-01"), at("2026-12-01"), BERLIN, 10)
    assert weeks.rule.unit is Unit.WEEK
    assert {datetime.fromtimestamp(tick, BERLIN).weekday() for tick in weeks.at} == {0}
    sundays = time_ticks(at("2026-10-01"), at("2026-12-01"), BERLIN, 10, week=6)
    assert {datetime.fromtimestamp(tick, BERLIN).weekday() for tick in sundays.at} == {6}
    months = time_ticks(at("2026-01-15"), at("2026-12-15"), BERLIN, 12)
    assert [datetime.fromtimestamp(t, BERLIN).month for t in months.at] == list(range(2, 13))
    coarse = time_ticks(at("2026-01-01"), at("2026-01-09"), BERLIN, 50, least=Unit.DAY)
    assert coarse.rule.unit is Unit.DAY
    assert timedelta(seconds=coarse.at[1] - coarse.at[0]) == timedelta(days=1)
