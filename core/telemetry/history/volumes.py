"""Volumes of a counter in days, weeks or months.

A step between two readings in one bucket belongs to it. One that goes over one end of a bucket is
shared out by time, and what is shared out is called estimated. One that spans a whole bucket or
more is a gap: its amount is told once, and belongs to no bucket. So what the buckets and the gaps
hold is, together, exactly what the counter rose by. A bucket of which nothing is known is ``None``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise

from core.model.history import Mark, MarkKind, Run, Volume
from core.telemetry.history.steps import Step, Told, step, told

_UNKNOWN = (MarkKind.RESET, MarkKind.FELL, MarkKind.SOURCE_CHANGED)


@lru_cache(maxsize=2048)  # the values of a device were read at the same times
def text_of(at: int) -> str:
    """Write Unix seconds as RFC 3339."""
    return f"{datetime.fromtimestamp(at, UTC).isoformat()[:19]}Z"


@dataclass(slots=True)
class _Sum:
    """One bucket; ``covered`` are the seconds of it that readings span."""

    value: int | None = None
    estimated: int = 0
    covered: int = 0
    marks: list[MarkKind] = field(default_factory=list)

    def add(self, amount: int, *, estimated: bool) -> None:
        self.value = (self.value or 0) + amount
        self.estimated += amount if estimated else 0

    def mark(self, kind: MarkKind) -> None:
        if kind not in self.marks:
            self.marks.append(kind)


def volumes(runs: Iterable[Run], edges: Sequence[int]) -> tuple[list[Volume], list[Mark]]:
    """Give the volume of each bucket between ``edges`` (Unix seconds, rising), and the marks.

    ``runs`` may begin before the first edge and end after the last: what is outside is left out.
    """
    sums = [_Sum() for _ in edges[1:]]
    marks: list[Mark] = []
    place = 0
    for one, other in pairwise(told(runs)):
        since, until = one[0], other[0]
        if until <= edges[0] or since >= edges[-1]:
            continue
        while edges[place + 1] <= since:
            place += 1
        if place and since < edges[place]:
            place = bisect_right(edges, since) - 1  # two records of one printer: not by time
        if _counted(sums[place], edges[place], edges[place + 1], one, other):
            continue
        made = step(one, other)
        gap = _share(made, edges, sums)
        unknown = made.kind in _UNKNOWN
        kind = MarkKind.GAP if gap and not unknown else made.kind
        if kind is not None:
            known = None if unknown else made.amount
            marks.append(Mark(kind, text_of(made.since), text_of(made.until), known))
    return [_volume(sums[place], edges, place) for place in range(len(sums))], marks


def _counted(found: _Sum, begin: int, end: int, one: Told, other: Told) -> bool:
    """Add a step as nearly all are: up, of one origin, within a bucket. Gives whether it was."""
    since, before, origin = one
    until, after, next_origin = other
    if not begin <= since < until <= end or after < before:
        return False
    if origin and next_origin and origin != next_origin:
        return False
    found.value = (found.value or 0) + after - before
    found.covered += until - since
    return True


def _share(step: Step, edges: Sequence[int], sums: list[_Sum]) -> bool:
    """Put a step into its buckets; gives whether it is a gap."""
    first = bisect_right(edges, step.since) - 1
    last = max(first, bisect_left(edges, step.until) - 1)
    inside = [place for place in range(first, last + 1) if 0 <= place < len(sums)]
    whole_between = last - first > 1
    if step.kind is not None:
        for place in inside:
            sums[place].mark(step.kind)
    if step.kind is MarkKind.SOURCE_CHANGED:
        return False  # what two counters differ by is no volume, not even none
    if step.until == step.since:
        for place in inside:
            sums[place].add(step.amount, estimated=False)
        return False
    if whole_between and (step.amount or step.kind):
        for place in inside:
            sums[place].mark(MarkKind.GAP)
        return True
    for place in inside:
        begin, end = max(edges[place], step.since), min(edges[place + 1], step.until)
        sums[place].add(_until(step, end) - _until(step, begin), estimated=first != last)
        # What a fall hides is not known.
        if step.kind not in _UNKNOWN:
            sums[place].covered += end - begin
    return False


def _until(step: Step, at: int) -> int:
    """Give how much of a step's amount falls to the time before ``at``, rounded down."""
    return step.amount * (at - step.since) // (step.until - step.since)


def _volume(found: _Sum, edges: Sequence[int], place: int) -> Volume:
    begin, end = edges[place], edges[place + 1]
    return Volume(
        start=text_of(begin),
        end=text_of(end),
        value=found.value,
        estimated=found.estimated,
        complete=found.covered == end - begin,
        marks=tuple(found.marks),
    )
