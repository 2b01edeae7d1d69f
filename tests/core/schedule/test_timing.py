from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.schedule.timing import Every, Weekly

BERLIN = ZoneInfo("Europe/Berlin")
moments = st.datetimes(
    datetime.fromisoformat("2020-01-01"),
    datetime.fromisoformat("2040-01-01"),
    timezones=st.just(UTC),
)
timings = st.one_of(
    st.builds(Every, st.integers(60, 90_000), st.integers(0, 50)),
    st.builds(
        Weekly,
        st.frozensets(st.integers(0, 6), min_size=1),
        st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        st.integers(0, 3000),
    ),
)


@given(timings, moments)
def test_following_is_later_and_is_what_passes(timing: Every | Weekly, moment: datetime) -> None:
    due = timing.following(moment, BERLIN)
    assert moment < due <= moment + timing.gap
    assert timing.passed(moment, due - timedelta(seconds=1), BERLIN)[1] == 0
    assert timing.passed(moment, due, BERLIN) == (due, 1)
    assert timing.passed(due, due, BERLIN)[1] == 0


@given(timings, moments, st.integers(1, 40 * 86_400))
def test_counting_all_at_once_or_one_by_one(
    timing: Every | Weekly, moment: datetime, seconds: int
) -> None:
    end = moment + timedelta(seconds=seconds)
    if isinstance(timing, Every) and seconds / timing.seconds > 500:
        return
    count, due = 0, timing.following(moment, BERLIN)
    while due <= end:
        count, due = count + 1, timing.following(due, BERLIN)
    assert timing.passed(moment, end, BERLIN)[1] == count


def test_an_hour_that_summer_time_leaves_out() -> None:
    weekly = Weekly(frozenset({6}), time(2, 30))
    due = weekly.following(datetime(2028, 3, 25, 12, tzinfo=UTC), BERLIN)
    assert due == datetime(2028, 3, 26, 1, 30, tzinfo=UTC)  # 3:30 by the clock that has jumped


def test_an_hour_that_comes_twice_is_due_once() -> None:
    weekly = Weekly(frozenset(range(7)), time(2, 30))
    begin = datetime(2028, 10, 28, 12, tzinfo=UTC)
    first = weekly.following(begin, BERLIN)
    assert first == datetime(2028, 10, 29, 0, 30, tzinfo=UTC)
    assert weekly.following(first, BERLIN) == datetime(2028, 10, 30, 1, 30, tzinfo=UTC)
