"""Numbers, times and counted words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from app.ui import wording


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (999, "999"), (76064, "76,064"), (12345678, "12,345,678")]
)
def test_numbers_are_grouped(value: int, text: str) -> None:
    assert wording.number(value) == text


def test_numbers_follow_the_locale() -> None:
    usual = QLocale()
    try:
        QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
        assert wording.number(76064) == "76.064"
        QLocale.setDefault(QLocale.c())
        assert wording.number(76064) == "76,064"
    finally:
        QLocale.setDefault(usual)


@pytest.mark.parametrize(
    ("value", "text"), [(62.0, "62 %"), (99.9, "99 %"), (0.4, "under 1 %"), (0.0, "0 %")]
)
def test_a_little_is_never_nothing(value: float, text: str) -> None:
    assert wording.percent(value) == text


def test_times_say_the_day_only_when_it_is_another() -> None:
    now = datetime(2026, 1, 14, 16, 0, tzinfo=UTC).astimezone()
    today = datetime(2026, 1, 14, 14, 2, tzinfo=UTC)
    clock = today.astimezone().strftime("%H:%M")
    assert wording.moment(today.isoformat(), now) == clock
    assert wording.moment("2026-01-02T14:02:00Z", now) == f"2 Jan {clock}"
    assert wording.moment("2025-12-02T14:02:00Z", now) == f"2 Dec 2025 {clock}"


@pytest.mark.parametrize("text", [None, "", "yesterday", "2026-13-01"])
def test_no_time_is_never(text: str | None) -> None:
    assert wording.moment(text) == "never"


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 printer"), (2, "2 printers"), (0, "0 printers"), (1200, "1,200 printers")],
)
def test_things_are_counted(count: int, text: str) -> None:
    assert wording.counted(f"{count} printer(s)", count) == text
