"""Ranges of days, also where the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.ui.history.period import Period, Range, midnight, range_of, text_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 27, 23, 30, tzinfo=UTC)  # the 28th in Berlin


def test_days_end_today_where_the_person_is() -> None:
    found = range_of(Period.WEEK, NOW, BERLIN)
    assert text_of(found.since) == "2026-10-21T22:00:00Z"  # summer time still
    assert found.until is None
    assert text_of(found.before) == "2026-10-14T22:00:00Z"
    assert range_of(Period.ALL, NOW, BERLIN) == Range()


def test_own_days_are_whole_days_in_either_order() -> None:
    found = range_of(Period.OWN, NOW, BERLIN, (date(2026, 10, 25), date(2026, 10, 24)))
    assert found.since == midnight(date(2026, 10, 24), BERLIN)
    assert found.until == midnight(date(2026, 10, 26), BERLIN) - 1
    assert found.until - found.since == 49 * 3600 - 1
    assert text_of(found.before) == "2026-10-21T22:00:00Z"
    open_end = range_of(Period.OWN, NOW, BERLIN, (date(2026, 10, 1), date(2026, 10, 28)))
    assert open_end.until is None
