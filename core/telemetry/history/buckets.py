"""Days, ISO weeks and months of a time zone, as times between which they lie."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from core.model.history import Bucket

#: More buckets than this are not asked for at once: ten years of days.
MOST = 3700


@lru_cache(maxsize=8)  # the values of a device have the same buckets
def edges(since: int, until: int, bucket: Bucket, zone: tzinfo, week: int = 0) -> tuple[int, ...]:
    """Give where the buckets that reach into a span begin (Unix seconds), and where the last ends.

    A day of 23 or 25 hours is one day: it goes from midnight to midnight on the wall clock of
    ``zone``. Weeks begin on ``week`` (0: Monday).

    Raises ``ValueError`` for a span with more than ``MOST`` buckets.
    """
    day = _first(datetime.fromtimestamp(since, zone).date(), bucket, week)
    found = [_begin(day, zone)]
    while found[-1] <= until:
        day = _next(day, bucket)
        begin = _begin(day, zone)
        if begin > found[-1]:  # a zone may leave a whole day out
            found.append(begin)
        if len(found) > MOST + 1:
            raise ValueError(f"more than {MOST} buckets")
    return tuple(found)


def _first(day: date, bucket: Bucket, week: int) -> date:
    if bucket is Bucket.WEEK:
        return day - timedelta(days=(day.weekday() - week) % 7)
    return day.replace(day=1) if bucket is Bucket.MONTH else day


def _next(day: date, bucket: Bucket) -> date:
    if bucket is Bucket.MONTH:
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if bucket is Bucket.WEEK else 1)


def _begin(day: date, zone: tzinfo) -> int:
    # Midnight may not exist (a clock that goes forward at it): fold 0 gives the same moment then.
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
