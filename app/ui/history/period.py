"""Ranges of time to look at, as days of this computer's zone. Without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from core.host.clock import rfc3339
from core.model.history import Bucket


class Period(StrEnum):
    """What may be chosen; the value is what is stored."""

    WEEK = "7"
    MONTH = "30"
    QUARTER = "90"
    YEAR = "365"
    ALL = "all"
    OWN = "own"


USUAL_BUCKET = {Period.YEAR: Bucket.WEEK, Period.ALL: Bucket.MONTH}


@dataclass(frozen=True, slots=True)
class Range:
    """From ``since`` (``None``: the first reading) until ``until`` (``None``: now), Unix seconds.

    ``before`` is where the time of the same length begins that it is compared with.
    """

    since: float | None = None
    until: float | None = None
    before: float | None = None


def range_of(
    period: Period, now: datetime, zone: tzinfo, own: tuple[date, date] | None = None
) -> Range:
    """Give the range of a period that ends today; ``own`` are its first and last day."""
    today = now.astimezone(zone).date()
    if period is Period.OWN and own is not None:
        first, last = min(own), max(own)
        length = (last - first).days + 1
        # The last second of the last day: at midnight another bucket begins.
        until = None if last >= today else midnight(last + timedelta(days=1), zone) - 1
        since = midnight(first, zone)
        return Range(since, until, midnight(first - timedelta(days=length), zone))
    if period in {Period.ALL, Period.OWN}:
        return Range()
    days = int(period.value)
    first = today - timedelta(days=days - 1)
    return Range(midnight(first, zone), None, midnight(first - timedelta(days=days), zone))


def midnight(day: date, zone: tzinfo) -> float:
    """Give when a day begins (Unix seconds)."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def text_of(at: float | None) -> str | None:
    """Write Unix seconds as RFC 3339; ``None`` stays."""
    return None if at is None else rfc3339(datetime.fromtimestamp(at, UTC))


def days_of(texts: Sequence[str]) -> tuple[date, date] | None:
    """Read two days ("2026-01-31") as they were kept; ``None`` for anything else."""
    try:
        first, last = (date.fromisoformat(text) for text in texts)
    except ValueError:
        return None
    return first, last
