"""Where the ticks of an axis stand: round numbers, and round times of a time zone. Without Qt."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

_HOUR, _DAY = 3600.0, 86_400.0


class Unit(StrEnum):
    """What the ticks of a time axis count."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Rule:
    """A tick every ``step`` of ``unit``."""

    unit: Unit
    step: int

    @property
    def seconds(self) -> float:
        """About how far apart the ticks are."""
        lengths = {
            Unit.HOUR: _HOUR,
            Unit.DAY: _DAY,
            Unit.WEEK: 7 * _DAY,
            Unit.MONTH: 30.44 * _DAY,
            Unit.YEAR: 365.25 * _DAY,
        }
        return lengths[self.unit] * self.step


RULES = (
    *(Rule(Unit.HOUR, step) for step in (1, 2, 3, 6, 12)),
    *(Rule(Unit.DAY, step) for step in (1, 2)),
    *(Rule(Unit.WEEK, step) for step in (1, 2)),
    *(Rule(Unit.MONTH, step) for step in (1, 2, 3, 6)),
    *(Rule(Unit.YEAR, step) for step in (1, 2, 5, 10, 20, 50, 100)),
)


@dataclass(frozen=True, slots=True)
class TimeTicks:
    """The ticks (Unix seconds, rising) and the rule that made them."""

    rule: Rule
    at: tuple[float, ...]


def nice_step(least: float) -> float:
    """Give the smallest of 1, 2, 5 times a power of ten that is at least ``least`` (above 0)."""
    power = 10.0 ** math.floor(math.log10(least))
    for factor in (1, 2, 5):
        if factor * power >= least * (1 - 1e-9):
            return factor * power
    return 10 * power


def value_ticks(top: float, most: int, *, whole: bool = True) -> tuple[float, ...]:
    """Give ticks from 0 to at least ``top`` in ``most`` steps at most; ``whole`` ones count."""
    step = nice_step(max(top, 1e-9) / max(most, 1))
    if whole:
        step = max(step, 1.0)
    count = max(1, math.ceil(top / step - 1e-9))
    return tuple(step * place for place in range(count + 1))


def time_ticks(
    since: float, until: float, zone: tzinfo, most: int, *, least: Unit = Unit.HOUR
) -> TimeTicks:
    """Give the finest ticks in a span (Unix seconds) of which there are about ``most`` or fewer.

    They stand where the wall clock of ``zone`` shows a round time: a day of 23 or 25 hours is one
    step, and an hour that the clock leaves out has no tick. ``least`` is the finest unit wanted.
    """
    order = list(Unit)
    wanted = [rule for rule in RULES if order.index(rule.unit) >= order.index(least)]
    length = max(until - since, 1.0)
    rule = next((r for r in wanted if length / r.seconds <= max(most, 1)), wanted[-1])
    found: list[float] = []
    for at in _round_times(since, until, zone, rule):
        if since <= at <= until and (not found or at > found[-1]):
            found.append(at)
    return TimeTicks(rule, tuple(found))


def _round_times(since: float, until: float, zone: tzinfo, rule: Rule) -> Iterator[float]:
    first = datetime.fromtimestamp(since, zone).date()
    last = datetime.fromtimestamp(until, zone).date()
    for day in _days(first, last, rule):
        if rule.unit is Unit.HOUR:
            yield from _hours(day, zone, rule.step)
        else:
            yield datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def _days(first: date, last: date, rule: Rule) -> Iterator[date]:
    """Give the days on which a rule has ticks."""
    if rule.unit in {Unit.MONTH, Unit.YEAR}:
        yield from _months(first, last, rule)
        return
    every = {Unit.HOUR: 1, Unit.DAY: 1, Unit.WEEK: 7}[rule.unit]
    step = every * (1 if rule.unit is Unit.HOUR else rule.step)
    # Day 1 of the calendar is a Monday, and so is every seventh after it.
    behind = (first.toordinal() - 1) % step
    day = first - timedelta(days=min(behind, first.toordinal() - 1))
    while day <= last:
        yield day
        day += timedelta(days=step)


def _months(first: date, last: date, rule: Rule) -> Iterator[date]:
    step = rule.step * (12 if rule.unit is Unit.YEAR else 1)
    month = (first.year * 12 + first.month - 1) // step * step
    while month <= last.year * 12 + last.month - 1:
        if month >= 12:
            yield date(month // 12, month % 12 + 1, 1)
        month += step


def _hours(day: date, zone: tzinfo, step: int) -> Iterator[float]:
    for hour in range(0, 24, step):
        at = datetime(day.year, day.month, day.day, hour, tzinfo=zone).timestamp()
        # In the hour that the clock leaves out, another time is shown.
        if hour == 0 or datetime.fromtimestamp(at, zone).hour == hour:
            yield at
