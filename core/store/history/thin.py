"""What of a history is kept when it grows old: the first and last of each day or month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

from core.model.history import Run

#: Every change is kept for so long, then what each day began and ended with, then each month.
EVERY_CHANGE = timedelta(days=90)
EVERY_DAY = timedelta(days=400)

Span = Callable[[int], int]


def days(zone: tzinfo) -> Span:
    """Give the function that numbers the day of a time (Unix seconds)."""
    return lambda at: datetime.fromtimestamp(at, zone).toordinal()


def months(zone: tzinfo) -> Span:
    """Give the function that numbers the month of a time (Unix seconds)."""

    def month(at: int) -> int:
        local = datetime.fromtimestamp(at, zone)
        return local.year * 12 + local.month

    return month


def borders(now: datetime, zone: tzinfo) -> tuple[int, int]:
    """Give the times before which history is kept by day, and by month: whole days and months."""
    daily = (now.astimezone(zone) - EVERY_CHANGE).replace(hour=0, minute=0, second=0, microsecond=0)
    monthly = (now.astimezone(zone) - EVERY_DAY).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    return int(daily.astimezone(UTC).timestamp()), int(monthly.astimezone(UTC).timestamp())


def thinned(runs: Sequence[Run], span: Span, *, all_words: bool = False) -> list[Run]:
    """Give the runs that hold the first or last time of a span at which a value was read or told,
    and those on both sides of where a counter fell or has another origin, or a level rose. ``runs``
    are in order of time.

    So the volumes of the spans stay what they were, and no reset or replacement is lost. Thinning
    once more changes nothing. ``all_words`` keeps every change of a word (a cartridge's serial).
    """
    kept = _ends(range(len(runs)), runs, span)
    told = [place for place, run in enumerate(runs) if run.value is not None]
    kept |= _ends(told, runs, span)
    for one, other in pairwise(told):
        if _turns(runs[one], runs[other], all_words=all_words):
            kept |= {one, other}
    return [run for place, run in enumerate(runs) if place in kept]


def _ends(places: Sequence[int], runs: Sequence[Run], span: Span) -> set[int]:
    kept = set()
    last: int | None = None
    before: int | None = None  # the span that the last point lies in
    for place in places:
        first, final = span(runs[place].at), span(runs[place].until)
        if first != before:
            kept.add(place)
            if last is not None:
                kept.add(last)
        if final != first:
            kept.add(place)
        last, before = place, final
    if last is not None:
        kept.add(last)
    return kept


def _turns(one: Run, other: Run, *, all_words: bool) -> bool:
    before, after = one.value, other.value
    if isinstance(before, str) or isinstance(after, str) or before is None or after is None:
        return all_words
    if isinstance(before, float) or isinstance(after, float):
        return after > before
    return after < before or one.origin != other.origin
