from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.history import Bucket, MarkKind, Run
from core.store.history.thin import borders, days, months, thinned
from core.telemetry.history.buckets import edges
from core.telemetry.history.replacement import replacements
from core.telemetry.history.volumes import volumes
from tests.support.runs import BEGIN, counters, levels, words

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu")
SPANS = {Bucket.DAY: days, Bucket.MONTH: months}


@given(
    st.one_of(counters(falls=True), levels, words),
    st.sampled_from(ZONES),
    st.sampled_from(list(SPANS)),
)
@settings(max_examples=120)
def test_thinning_again_changes_nothing_and_the_ends_stay(runs, zone, bucket) -> None:
    span = SPANS[bucket](ZoneInfo(zone))
    once = thinned(runs, span)
    assert thinned(once, span) == once
    assert once[:1] == runs[:1]
    assert once[-1:] == runs[-1:]
    assert [run for run in runs if run in set(once)] == once


@given(counters(falls=True), st.sampled_from(ZONES), st.sampled_from(list(SPANS)))
@settings(max_examples=120)
def test_the_volumes_and_marks_stay_what_they_were(runs, zone, bucket) -> None:
    if not runs:
        return
    place = ZoneInfo(zone)
    borders = edges(runs[0].at, runs[-1].until, bucket, place)
    kept = thinned(runs, SPANS[bucket](place))
    assert volumes(kept, borders) == volumes(runs, borders)


@given(levels, st.sampled_from(ZONES))
@settings(max_examples=120)
def test_no_replacement_is_lost(runs, zone) -> None:
    kept = thinned(runs, months(ZoneInfo(zone)))
    assert replacements(kept) == replacements(runs)


@given(words)
@settings(max_examples=100)
def test_every_serial_is_kept(runs) -> None:
    kept = thinned(runs, months(UTC), all_words=True)
    assert {run.value for run in kept} - {None} == {run.value for run in runs} - {None}
    changes = [a.value != b.value for a, b in pairwise([r for r in kept if r.value is not None])]
    told = [r for r in runs if r.value is not None]
    assert sum(changes) == sum(a.value != b.value for a, b in pairwise(told))


def test_a_day_is_what_it_began_and_ended_with() -> None:
    runs = [Run(BEGIN + hour * 3600, BEGIN + hour * 3600, hour) for hour in range(72)]
    assert [run.value for run in thinned(runs, days(UTC))] == [0, 23, 24, 47, 48, 71]
    assert [run.value for run in thinned(runs, months(UTC))] == [0, 71]


def test_a_reset_is_kept_on_both_sides() -> None:
    values = (100, 110, 120, 3, 4, 5, 6)
    runs = [Run(BEGIN + n, BEGIN + n, value) for n, value in enumerate(values)]
    kept = thinned(runs, days(UTC))
    assert [run.value for run in kept] == [100, 120, 3, 6]
    found, marks = volumes(kept, [BEGIN - 10, BEGIN + 100])
    assert found[0].value == 23
    assert [mark.kind for mark in marks] == [MarkKind.RESET]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_whole_days_and_months_grow_old(zone) -> None:
    daily, monthly = borders(datetime(2026, 6, 15, 12, tzinfo=UTC), ZoneInfo(zone))
    local = [datetime.fromtimestamp(at, ZoneInfo(zone)) for at in (daily, monthly)]
    assert [f"{at:%F %T}" for at in local] == ["2026-03-17 00:00:00", "2025-05-01 00:00:00"]
