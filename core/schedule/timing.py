"""When a thing is due, by the wall clock: pure arithmetic, without a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TypeAlias

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Every:
    """Due every so many seconds, ``phase`` seconds after the full interval (counted from 1970).

    Whole seconds only: the times are kept as text. They do not depend on when the agent was
    started, and two installations with different phases do not ask at the same moment.
    """

    seconds: int
    phase: int = 0

    def following(self, after: datetime, zone: tzinfo) -> datetime:
        """Give the first due time later than ``after``."""
        del zone
        return self._at(self._number(after) + 1)

    def passed(self, after: datetime, now: datetime, zone: tzinfo) -> tuple[datetime, int]:
        """Give the latest due time in ``(after, now]`` and how many there are (0: none)."""
        del zone
        number = self._number(now)
        return self._at(number), max(0, number - self._number(after))

    @property
    def gap(self) -> timedelta:
        """The longest time between two due times."""
        return timedelta(seconds=self.seconds)

    def _number(self, moment: datetime) -> int:
        return int(((moment - _EPOCH).total_seconds() - self.phase) // self.seconds)

    def _at(self, number: int) -> datetime:
        return _EPOCH + timedelta(seconds=number * self.seconds + self.phase)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Due on these days of the week (0: Monday) at an hour of the local clock, plus ``phase``
    seconds.

    An hour that a change to summer time leaves out is due when the clock has passed it; one that
    comes twice is due the first time.
    """

    days: frozenset[int]
    at: time
    phase: int = 0

    def following(self, after: datetime, zone: tzinfo) -> datetime:
        """Give the first due time later than ``after``."""
        day = (after.astimezone(zone) - timedelta(seconds=self.phase)).date() - timedelta(days=1)
        while True:
            if day.weekday() in self.days:
                local = datetime.combine(day, self.at).replace(tzinfo=zone, fold=0)
                due = local.astimezone(UTC) + timedelta(seconds=self.phase)
                if due > after:
                    return due
            day += timedelta(days=1)

    def passed(self, after: datetime, now: datetime, zone: tzinfo) -> tuple[datetime, int]:
        """Give the latest due time in ``(after, now]`` and how many there are (0: none)."""
        latest, count = now, 0
        due = self.following(after, zone)
        while due <= now:
            latest, count = due, count + 1
            due = self.following(due, zone)
        return latest, count

    @property
    def gap(self) -> timedelta:
        """The longest time between two due times."""
        return _WEEK + timedelta(hours=2)


Timing: TypeAlias = Every | Weekly
