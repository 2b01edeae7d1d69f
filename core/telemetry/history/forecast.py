"""In how many days a supply is empty: a robust line through the levels of what is in it now.

The Theil-Sen estimator: the median of the slopes between all pairs of days (Sen, 1968), which a
third of wild values does not move. The bounds are the slopes below and above which one in ten
lies; a pair of days close together says little and is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median, quantiles

from core.model.history import Forecast, Run
from core.telemetry.history.volumes import text_of

_DAY = 86_400
#: Fewer days or changes than these carry no forecast.
LEAST_DAYS, LEAST_CHANGES = 7.0, 4
#: Of so many days at most; older ones say little of today.
MOST_DAYS = 120
#: A level that falls by less (per cent a day) does not fall.
_LEAST_FALL = 0.01
_LATEST = 14 * _DAY


def forecast(levels: Sequence[Run], since: int, now: int) -> Forecast:
    """Say when the supply is empty. ``levels`` are by time; ``since`` is the last replacement.

    Gives a reason instead where the readings do not carry it.
    """
    told = [
        run._replace(at=max(run.at, since))
        for run in levels
        if isinstance(run.value, int | float) and run.until >= since
    ]
    if not told:
        return _none(None, "The printer has told no level.")
    last = told[-1]
    if now - last.until > _LATEST:
        return _none(last, "The last level is older than two weeks.")
    days = _daily(told)
    reason = _why_not(days)
    if reason:
        return _none(last, reason)
    return _line(days, last)


def _daily(told: Sequence[Run]) -> list[tuple[float, float]]:
    """Give the last level of each day, as (days, level): days on which it was seen or changed."""
    found: dict[int, tuple[float, float]] = {}
    for run in told:
        for at in (run.at, run.until):
            found[at // _DAY] = (at / _DAY, float(run.value or 0))
    return list(found.values())[-MOST_DAYS:]


def _why_not(days: list[tuple[float, float]]) -> str:
    changes = sum(one[1] != other[1] for one, other in pairwise(days))
    if days[-1][0] - days[0][0] < LEAST_DAYS:
        return f"Too few days: it takes {LEAST_DAYS:.0f} with the same supply."
    if changes < LEAST_CHANGES:
        return f"Too few changes: it takes {LEAST_CHANGES} days on which the level changed."
    return ""


def _line(days: list[tuple[float, float]], last: Run) -> Forecast:
    apart = max(1.0, (days[-1][0] - days[0][0]) / 4)
    times = [at for at, _ in days]
    slopes = sorted(
        (level - before) / (at - earlier)
        for at, level in days
        for earlier, before in days[: bisect_right(times, at - apart)]
    )
    if len(slopes) < 2:
        return _none(last, "Too few days between the levels.")
    likely = -median(slopes)
    if likely < _LEAST_FALL:
        return _none(last, "The level does not fall.")
    tenths = quantiles(slopes, n=10, method="inclusive")
    steepest, flattest = -tenths[0], -tenths[-1]
    level = float(last.value or 0)
    return Forecast(
        at=text_of(last.until),
        days=round(level / likely, 1),
        least=round(level / max(steepest, likely), 1),
        most=round(level / flattest, 1) if flattest >= _LEAST_FALL else None,
        per_day=round(likely, 3),
        since=text_of(round(days[0][0] * _DAY)),
    )


def _none(last: Run | None, reason: str) -> Forecast:
    return Forecast(None if last is None else text_of(last.until), None, reason=reason)
