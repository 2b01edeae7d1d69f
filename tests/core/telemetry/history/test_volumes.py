from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.history import Bucket, MarkKind, Run
from core.telemetry.history.buckets import edges
from core.telemetry.history.volumes import volumes
from tests.support.runs import BEGIN, counters

ZONES = ("UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia")
BUCKETS = (Bucket.DAY, Bucket.WEEK, Bucket.MONTH)
HOUR, DAY = 3600, 86_400


def at(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def runs(*points: tuple[int, int | None]) -> list[Run]:
    return [Run(moment, moment, value) for moment, value in points]


@given(counters(), st.sampled_from(ZONES), st.sampled_from(BUCKETS))
@settings(max_examples=150)
def test_what_buckets_and_gaps_hold_is_what_the_counter_rose_by(made, zone, bucket) -> None:
    if not made:
        return
    made = [run._replace(origin=1) for run in made]
    found, marks = volumes(made, edges(made[0].at, made[-1].until, bucket, ZoneInfo(zone)))
    gaps = sum(mark.amount or 0 for mark in marks if mark.kind is MarkKind.GAP)
    assert sum(v.value or 0 for v in found) + gaps == made[-1].value - made[0].value
    assert {mark.kind for mark in marks} <= {MarkKind.GAP}


@given(counters(falls=True), st.sampled_from(ZONES), st.sampled_from(BUCKETS))
@settings(max_examples=150)
def test_a_volume_is_never_negative_and_every_fall_is_marked(made, zone, bucket) -> None:
    if not made:
        return
    made = [run._replace(origin=1) for run in made]
    found, marks = volumes(made, edges(made[0].at, made[-1].until, bucket, ZoneInfo(zone)))
    for volume in found:
        assert volume.value is None or 0 <= volume.estimated <= volume.value
        assert volume.complete is False or volume.value is not None
    falls = sum(b.value < a.value for a, b in pairwise(made))
    assert sum(mark.kind in (MarkKind.RESET, MarkKind.FELL) for mark in marks) == falls


def test_days_of_23_and_25_hours() -> None:
    zone = ZoneInfo("Europe/Berlin")
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24)):
        begin = at(day, "Europe/Berlin")
        borders = edges(begin, begin + 20 * HOUR, Bucket.DAY, zone)
        assert borders == (begin, begin + hours * HOUR)
        hourly = runs(*((begin + h * HOUR, h) for h in range(-3, 30)))
        found, _ = volumes(hourly, borders)
        assert (found[0].value, found[0].estimated, found[0].complete) == (hours, 0, True)


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    found = edges(at("2026-01-01"), at("2026-01-14"), Bucket.WEEK, UTC)
    assert found == (at("2025-12-29"), at("2026-01-05"), at("2026-01-12"), at("2026-01-19"))
    found = edges(at("2026-01-31"), at("2026-03-01T05:00"), Bucket.MONTH, UTC)
    assert found == (at("2026-01-01"), at("2026-02-01"), at("2026-03-01"), at("2026-04-01"))


def test_weeks_begin_on_the_day_that_is_wanted() -> None:
    found = edges(at("2026-01-01"), at("2026-01-14"), Bucket.WEEK, UTC, 6)
    assert found == (at("2025-12-28"), at("2026-01-04"), at("2026-01-11"), at("2026-01-18"))


def test_a_day_that_a_zone_left_out() -> None:
    zone = ZoneInfo("Pacific/Apia")  # 30 December 2011 was not
    found = edges(
        at("2011-12-28", "Pacific/Apia"), at("2012-01-01", "Pacific/Apia"), Bucket.DAY, zone
    )
    assert len(found) == 5
    assert list(found) == sorted(set(found))


def test_too_many_buckets_are_refused() -> None:
    with pytest.raises(ValueError, match="buckets"):
        edges(0, at("2026-01-01"), Bucket.DAY, UTC)


def test_what_spans_an_end_is_shared_out_and_said() -> None:
    made = runs((BEGIN + 22 * HOUR, 100), (BEGIN + DAY + 2 * HOUR, 109))
    found, marks = volumes(made, [BEGIN, BEGIN + DAY, BEGIN + 2 * DAY])
    assert [(v.value, v.estimated, v.complete) for v in found] == [(4, 4, False), (5, 5, False)]
    assert marks == []


def test_nobody_read_it_for_days() -> None:
    made = runs((BEGIN + HOUR, 0), (BEGIN + 2 * HOUR, 5), (BEGIN + 3 * DAY + HOUR, 95),
                (BEGIN + 3 * DAY + 2 * HOUR, 96))  # fmt: skip
    found, marks = volumes(made, [BEGIN + n * DAY for n in range(6)])
    assert [v.value for v in found] == [5, None, None, 1, None]
    assert [v.complete for v in found] == [False] * 5
    assert [(m.kind, m.amount) for m in marks] == [(MarkKind.GAP, 90)]
    assert found[1].marks == (MarkKind.GAP,)
    assert found[4].marks == ()


def test_a_gap_in_which_nothing_was_printed_is_known() -> None:
    made = runs((BEGIN + HOUR, 7), (BEGIN + 3 * DAY + HOUR, 7))
    found, marks = volumes(made, [BEGIN + n * DAY for n in range(5)])
    assert [v.value for v in found] == [0, 0, 0, 0]
    assert marks == []


@pytest.mark.parametrize(
    ("before", "after", "kind", "value"),
    [
        (5000, 12, MarkKind.RESET, 0),
        (5000, 4990, MarkKind.FELL, 0),
        (2**32 - 5, 10, MarkKind.WRAPPED, 15),
        (2**32 + 5, 10, MarkKind.RESET, 0),
        (2**31, 10, MarkKind.RESET, 0),
    ],
)
def test_falls(before, after, kind, value) -> None:
    made = runs((BEGIN + HOUR, before), (BEGIN + 2 * HOUR, after))
    found, marks = volumes(made, [BEGIN, BEGIN + DAY])
    assert (found[0].value, found[0].marks) == (value, (kind,))
    assert [(m.kind, m.amount) for m in marks] == [(kind, value or None)]


def test_one_reading_tells_no_volume() -> None:
    found, _ = volumes(runs((BEGIN + HOUR, 5)), [BEGIN, BEGIN + DAY])
    assert found[0].value is None


def test_what_was_not_told_is_passed_over() -> None:
    made = runs((BEGIN, 5), (BEGIN + HOUR, None), (BEGIN + 2 * HOUR, 8))
    found, _ = volumes(made, [BEGIN, BEGIN + DAY])
    assert found[0].value == 3


def test_two_readings_in_one_second() -> None:
    found, _ = volumes(runs((BEGIN + 9, 5), (BEGIN + 9, 8)), [BEGIN, BEGIN + DAY])
    assert found[0].value == 3


def test_no_volume_across_a_change_of_source() -> None:
    made = [Run(0, 0, 76_064, 1), Run(HOUR, HOUR, 76_498, 2), Run(2 * HOUR, 2 * HOUR, 76_500, 2)]
    made.append(Run(DAY + HOUR, DAY + HOUR, 76_066, 1))
    found, marks = volumes(made, [0, DAY, 2 * DAY])
    assert [volume.value for volume in found] == [2, None]
    assert [volume.complete for volume in found] == [False, False]
    assert [(mark.kind, mark.amount) for mark in marks] == [(MarkKind.SOURCE_CHANGED, None)] * 2
