"""The history of one value as a face shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import pairwise

from core.model.history import Bucket, Forecast, Mark, MarkKind, Point, Run, Series
from core.store.history.read import Kept
from core.telemetry.history.buckets import edges
from core.telemetry.history.forecast import forecast
from core.telemetry.history.replacement import replacements
from core.telemetry.history.steps import steps
from core.telemetry.history.volumes import text_of, volumes

#: A page has so many points of one series at most.
MOST_POINTS = 5000
LEVEL = ".level_percent"


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for: from ``since`` to ``until`` (Unix seconds), and how it is put together.

    Points that begin before ``resume`` were on the page before. ``week`` is the day on which weeks
    begin (0: Monday).
    """

    since: int
    until: int
    bucket: Bucket
    zone: tzinfo
    resume: int = 0
    week: int = 0


def is_counter(path: str) -> bool:
    """Whether a value counts up, and has volumes."""
    return path.startswith("meters.") or path == "engine_life"


def series(path: str, kept: Kept, serials: Kept | None, window: Window, now: int) -> Series:
    """Give a series. ``kept`` may reach over the window on both sides; ``serials`` belong to a
    supply's level. Raises ``ValueError`` for a window with too many buckets.
    """
    shown = [run for run in kept.runs if run.until >= window.since and run.at <= window.until]
    numbers = _numbers(kept)
    made = Series(path, window.bucket, origins=tuple(kept.origins[n] for n in numbers))
    points = shown
    if window.bucket is not Bucket.RAW:
        borders = edges(window.since, window.until, window.bucket, window.zone, window.week)
        if is_counter(path):
            found, marks = volumes(_by_lineage(kept, kept.runs), borders)
            made = replace(made, volumes=tuple(found), marks=tuple(marks))
            points = []
        else:
            points = _last_of_each(shown, borders)
    elif is_counter(path):
        made = replace(made, marks=tuple(_falls(_by_lineage(kept, shown))))
    if path.endswith(LEVEL):
        replaced, prospect = _supply(kept, serials, window, now)
        made = replace(made, marks=replaced, forecast=prospect)
    points = [run for run in points if run.at >= window.resume]
    more = len(points) > MOST_POINTS
    places = {number: place for place, number in enumerate(numbers)}
    suspect = () if window.resume else kept.doubtful[-MOST_POINTS:]
    doubt = [Mark(MarkKind.CLOCK_SUSPECT, text_of(run.at), text_of(run.at)) for run in suspect[-1:]]
    return replace(
        made,
        points=tuple(_point(run, places) for run in points[:MOST_POINTS]),
        marks=(*made.marks, *doubt),
        suspect=tuple(_point(run, places) for run in suspect),
        more=more,
    )


def _by_lineage(kept: Kept, runs: Iterable[Run]) -> list[Run]:
    """Give runs that are of one origin where one thing is counted: a doubt is no other."""
    first: dict[str, int] = {}
    same = {
        number: first.setdefault(origin.lineage, number)
        for number, origin in sorted(kept.origins.items())
    }
    if all(number == other for number, other in same.items()):
        return list(runs)
    return [run._replace(origin=same.get(run.origin, 0)) for run in runs]


def _numbers(kept: Kept) -> list[int]:
    return sorted(kept.origins)


def _point(run: Run, places: dict[int, int]) -> Point:
    return Point(text_of(run.at), text_of(run.until), run.value, places.get(run.origin), run.raw)


def _last_of_each(runs: Sequence[Run], borders: Sequence[int]) -> list[Run]:
    """Give what was last read in each bucket; a bucket in which nothing was read has no point."""
    found = []
    place = -1
    for begin, end in pairwise(borders):
        while place + 1 < len(runs) and runs[place + 1].at < end:
            place += 1
        if place >= 0 and runs[place].until >= begin:
            run = runs[place]
            found.append(run._replace(at=max(run.at, begin), until=min(run.until, end - 1)))
    return found


def _falls(runs: Iterable[Run]) -> list[Mark]:
    return [
        Mark(
            step.kind,
            text_of(step.since),
            text_of(step.until),
            step.amount if step.kind is MarkKind.WRAPPED else None,
        )
        for step in steps(runs)
        if step.kind is not None
    ]


def _supply(
    kept: Kept, serials: Kept | None, window: Window, now: int
) -> tuple[tuple[Mark, ...], Forecast]:
    replaced = replacements(kept.runs, serials.runs if serials else ())
    marks = tuple(
        Mark(MarkKind.REPLACED, text_of(since), text_of(until))
        for since, until in replaced
        if window.since <= until <= window.until
    )
    begun = replaced[-1][1] if replaced else 0
    return marks, forecast(kept.runs, begun, now)
