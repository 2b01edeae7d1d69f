"""From one reading of a counter to the next: what it rose by, and what happened where it fell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.model.history import MarkKind, Run

_WRAP = 1 << 32
#: A counter wrapped only if it was so near its end, and is so near its beginning.
_NEAR = 1 << 24
#: A counter that is at most such a part of what it was began anew; less of a fall is a correction.
_ANEW = 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """What a counter rose by between two times (Unix seconds); 0 where it fell."""

    since: int
    until: int
    amount: int
    kind: MarkKind | None = None


#: A reading of a counter: when, what it said, and its origin (0: not known).
Told = tuple[int, int, int]


def told(runs: Iterable[Run]) -> list[Told]:
    """Give what was read of a counter, where each run begins and ends; ``runs`` are by time. What
    was not told is left out.
    """
    found: list[Told] = []
    for at, until, value, origin, _ in runs:
        if isinstance(value, int):
            found.append((at, value, origin))
            if until > at:
                found.append((until, value, origin))
    return found


def steps(runs: Iterable[Run]) -> Iterator[Step]:
    """Give the steps of a counter. ``runs`` are by time.

    Where a counter fell, nothing is known of what was counted between: the amount is 0, and the
    step is marked. So it is between runs of different ``origin`` (0: not known). A 32-bit counter
    (RFC 2578, 7.1.6) that went past its end has not fallen.
    """
    for one, other in pairwise(told(runs)):
        yield step(one, other)


def step(one: Told, other: Told) -> Step:
    """Give the step from one reading to the next."""
    since, before, origin = one
    until, after, next_origin = other
    if origin and next_origin and origin != next_origin:
        return Step(since, until, 0, MarkKind.SOURCE_CHANGED)
    return _step(since, until, before, after)


def _step(since: int, until: int, before: int, after: int) -> Step:
    if after >= before:
        return Step(since, until, after - before)
    if _WRAP - _NEAR < before < _WRAP and 0 <= after < _NEAR:
        return Step(since, until, after + _WRAP - before, MarkKind.WRAPPED)
    kind = MarkKind.RESET if after <= before * _ANEW else MarkKind.FELL
    return Step(since, until, 0, kind)
