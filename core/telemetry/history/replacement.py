"""Where a supply was replaced: its level rose to nearly full, or another serial number is there.

The same bounds as the rule ``supply_replaced`` (``core.model.rule``) has when nobody changed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from core.model.history import Run
from core.model.rule import SupplyReplaced

_USUAL = SupplyReplaced()


def fuller(
    before: float, after: float, *, rise: float = _USUAL.rise, full: float = _USUAL.full
) -> bool:
    """Whether a level that was ``before`` and is ``after`` (per cent) is that of another supply."""
    return after - before >= rise and after >= full


def replacements(levels: Iterable[Run], serials: Iterable[Run] = ()) -> list[tuple[int, int]]:
    """Give between which times (Unix seconds) a supply was replaced; the runs are by time.

    A change of serial and the rise of the level that goes with it are one replacement.
    """
    told = [
        (run.at, run.until, float(run.value))
        for run in levels
        if isinstance(run.value, int | float)
    ]
    found = [
        (until, at)
        for (_, until, before), (at, _, after) in pairwise(told)
        if after > before and fuller(before, after)
    ]
    named = [run for run in serials if isinstance(run.value, str) and run.value]
    for one, other in pairwise(named):
        if one.value != other.value and not any(
            since <= other.at and one.until <= until for since, until in found
        ):
            found.append((one.until, other.at))
    return sorted(found)
