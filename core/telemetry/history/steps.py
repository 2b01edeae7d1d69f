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


def steps(runs: Iterable[Run]) -> Iterator[Step]:
    """Give the steps of a counter. ``runs`` are by time; those that were not told are left out.

    Where a counter fell, nothing is known of what was counted between: the amount is 0, and the
    step is marked. So it is between runs of different ``origin`` (0: not known). A 32-bit counter
    (RFC 2578, 7.1.6) that went past its end has not fallen.
    """
    points: list[tuple[int, int, int]] = []
    for run in runs:
        if isinstance(run.value, int):
            points.append((run.at, run.value, run.origin))
            if run.until > run.at:
                points.append((run.until, run.value, run.origin))
    for (since, before, one), (until, after, other) in pairwise(points):
        if one and other and one != other:
            yield Step(since, until, 0, MarkKind.SOURCE_CHANGED)
        else:
            yield _step(since, until, before, after)


def _step(since: int, until: int, before: int, after: int) -> Step:
    if after >= before:
        return Step(since, until, after - before)
    if _WRAP - _NEAR < before < _WRAP and 0 <= after < _NEAR:
        return Step(since, until, after + _WRAP - before, MarkKind.WRAPPED)
    kind = MarkKind.RESET if after <= before * _ANEW else MarkKind.FELL
    return Step(since, until, 0, kind)
