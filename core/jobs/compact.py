"""Compact: thin the history that has grown old."""

from __future__ import annotations

from datetime import timedelta

from core.host.clock import monotonic, parse_rfc3339, rfc3339
from core.host.zone import local_zone
from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.model.action import NoArguments
from core.model.event import Finished

#: At most so long (seconds) at a time; what is left is thinned on another day.
BUDGET = 300.0
_EVERY = timedelta(days=1)
_FACT = "last_compaction"


async def compact(tools: Tools, _: NoArguments, __: Emit) -> Finished:
    """Thin what is older than 90 days to days, and what is older than 400 days to months."""
    now = tools.clock()
    await tools.store.set_fact(_FACT, rfc3339(now))
    done = await tools.store.history.compact(now, local_zone(), BUDGET, monotonic)
    counts = {"devices": done.devices, "before": done.before, "after": done.after}
    text = f"{done.devices} devices looked through, {done.before} old changes became {done.after}"
    return Finished(counts, text if done.done else f"{text}; more is left for another time")


async def is_due(tools: Tools) -> bool:
    """Whether a day has gone by since the last time; a new store begins with today."""
    now = tools.clock()
    last = await tools.store.fact(_FACT)
    if last is None:
        await tools.store.set_fact(_FACT, rfc3339(now))
        return False
    return abs(now - parse_rfc3339(last)) >= _EVERY
