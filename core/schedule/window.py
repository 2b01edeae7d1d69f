"""Hours of the day in which something may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Window:
    """From ``start`` until ``end`` by the local clock; over midnight where ``end`` is earlier,
    the whole day where both are the same.
    """

    start: time
    end: time

    def is_open(self, now: datetime, zone: tzinfo) -> bool:
        """Say whether it is open now."""
        at = now.astimezone(zone).time()
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def opens(self, now: datetime, zone: tzinfo) -> datetime:
        """Give when it opens next: now, where it is open."""
        if self.is_open(now, zone):
            return now
        day = now.astimezone(zone).date()
        for days in (0, 1):
            local = datetime.combine(day + timedelta(days=days), self.start)
            moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
            if moment > now:
                return moment
        return now  # not reached: one of two starts lies ahead
