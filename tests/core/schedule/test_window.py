from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.schedule.window import Window

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Window(time(22), time(5, 30))


def test_over_midnight() -> None:
    at = lambda hour: datetime(2028, 2, 29, hour, tzinfo=UTC)  # noqa: E731
    assert [NIGHT.is_open(at(hour), UTC) for hour in (21, 22, 23, 0, 5, 6)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip
    assert NIGHT.opens(at(12), UTC) == at(22)
    assert NIGHT.opens(at(23), UTC) == at(23)


def test_the_whole_day() -> None:
    always = Window(time(8), time(8))
    assert all(always.is_open(datetime(2028, 1, 1, h, tzinfo=UTC), UTC) for h in range(24))


@given(
    st.times(),
    st.times(),
    st.datetimes(datetime.fromisoformat("2020-01-01"), timezones=st.just(UTC)),
)
def test_it_opens_within_a_day_and_is_open_then(start: time, end: time, now: datetime) -> None:
    if now.year > 9000:
        return
    window = Window(start, end)
    opens = window.opens(now, BERLIN)
    assert now <= opens <= now + timedelta(hours=26)
    local = opens.astimezone(BERLIN).time()
    if opens == now or local == start:  # else: an hour that summer time leaves out
        assert window.is_open(opens, BERLIN)
