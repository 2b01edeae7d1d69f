from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.host import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_monotonic_never_goes_back() -> None:
    first = clock.monotonic()
    assert clock.monotonic() >= first


def test_a_time_is_written_in_utc_to_the_second() -> None:
    east = timezone(timedelta(hours=2))
    assert clock.rfc3339(datetime(2026, 1, 1, 1, 59, 59, 999, tzinfo=east)) == (
        "2025-12-31T23:59:59Z"
    )


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock.rfc3339(datetime(2026, 1, 1))  # noqa: DTZ001 - this is what is refused
    with pytest.raises(ValueError, match="zone"):
        clock.parse_rfc3339("2026-01-01T00:00:00")


@pytest.mark.parametrize("text", ["2026-01-01T02:00:00+02:00", "2026-01-01T00:00:00Z"])
def test_both_forms_of_a_zone_are_read(text: str) -> None:
    assert clock.parse_rfc3339(text) == datetime(2026, 1, 1, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1)))  # noqa: DTZ001
def test_what_is_written_is_read_back_and_sorts_as_text(moment: datetime) -> None:
    text = clock.rfc3339(moment)
    assert clock.parse_rfc3339(text) == moment.replace(microsecond=0)
    assert len(text) == len("2026-01-01T00:00:00Z")
