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

    MINUTE = "minute"
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
            Unit.MINUTE: 60.0,
            Unit.HOUR: _HOUR,
            Unit.DAY: _DAY,
            Unit.WEEK: 7 * _DAY,
            Unit.MONTH: 30.44 * _DAY,
            Unit.YEAR: 365.25 * _DAY,
        }
        return lengths[self.unit] * self.step


#: Units of the clock, in minutes.
_CLOCK = {Unit.MINUTE: 1, Unit.HOUR: 60}
RULES = (
    *(Rule(Unit.MINUTE, step) for step in (5, 15, 30)),
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
    since: float,
    until: float,
    zone: tzinfo,
    most: int,
    *,
    least: Unit = Unit.MINUTE,
    week: int = 0,
) -> TimeTicks:
    """Give the finest ticks in a span (Unix seconds) of which there are about ``most`` or fewer.

    They stand where the wall clock of ``zone`` shows a round time: a day of 23 or 25 hours is one
    step, an hour that the clock leaves out has no tick, one that it shows twice has two. ``least``
    is the finest unit wanted, ``week`` the day that weeks begin with (0: Monday).
    """
    order = list(Unit)
    wanted = [rule for rule in RULES if order.index(rule.unit) >= order.index(least)]
    length = max(until - since, 1.0)
    rule = next((r for r in wanted if length / r.seconds <= max(most, 1)), wanted[-1])
    found: list[float] = []
    for at in _round_times(since, until, zone, rule, week):
        if since <= at <= until and (not found or at > found[-1]):
            found.append(at)
    return TimeTicks(rule, tuple(found))


def _round_times(
    since: float, until: float, zone: tzinfo, rule: Rule, week: int
) -> Iterator[float]:
    first = datetime.fromtimestamp(since, zone).date()
    last = datetime.fromtimestamp(until, zone).date()
    for day in _days(first, last, rule, week):
        if rule.unit in _CLOCK:
            yield from sorted(_clock_times(day, zone, rule.step * _CLOCK[rule.unit]))
        else:
            yield datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def _days(first: date, last: date, rule: Rule, week: int) -> Iterator[date]:
    """Give the days on which a rule has ticks."""
    if rule.unit in {Unit.MONTH, Unit.YEAR}:
        yield from _months(first, last, rule)
        return
    every = 7 if rule.unit is Unit.WEEK else 1
    step = 1 if rule.unit in _CLOCK else every * rule.step
    # Day 1 of the calendar is a Monday, and so is every seventh after it.
    behind = (first.toordinal() - 1 - (week if every == 7 else 0)) % step
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


def _clock_times(day: date, zone: tzinfo, step: int) -> Iterator[float]:
    """Give when the clock shows every ``step`` minutes of a day, and when the day begins."""
    for minute in range(0, 24 * 60, step):
        shown = (minute // 60, minute % 60)
        for fold in (0, 1):
            wall = datetime(day.year, day.month, day.day, *shown, tzinfo=zone, fold=fold)
            at = wall.timestamp()
            # In the hour that the clock leaves out, another time is shown.
            local = datetime.fromtimestamp(at, zone)
            if (minute == 0 and fold == 0) or (local.hour, local.minute) == shown:
                yield at
