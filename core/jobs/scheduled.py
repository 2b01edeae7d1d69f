"""One run of a lane: an action like any other, whose end is told to the schedule."""

from __future__ import annotations

from collections.abc import Callable

from core.bus import Subscription
from core.jobs.lanes import COLLECT, chosen
from core.jobs.tools import Tools
from core.model.action import ActionKind, CollectArguments, Origin
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.problem import Problem
from core.model.schedule import Outcome
from core.schedule.lane import Lane
from core.schedule.ran import Ran

Do = Callable[[str, str, str, Origin], Subscription]

#: A run's visits are spread over this many seconds for each device, and this many in all at most.
_SPREAD_EACH, _SPREAD_MOST = 1.5, 1_500.0


async def perform(tools: Tools, do: Do, lane: Lane, planned: str) -> Ran:
    """Run a lane to its end; ``do`` starts its action."""
    arguments = lane.arguments
    if lane.kind is ActionKind.COLLECT:
        keys = chosen(lane.name, tools.settings, await tools.store.managed())
        if not keys:
            return Ran(Outcome.DONE, "there is no device to read")
        arguments = _reads(lane, keys)
    stream = do(f"schedule {lane.name} {planned}", lane.kind.value, arguments, Origin.SCHEDULE)
    async for event in stream:
        ran = _ending(event.kind, event.body)
        if ran is not None:
            return ran
    return Ran(Outcome.FAILED, "the agent ended during it")


def _reads(lane: Lane, keys: tuple[str, ...]) -> str:
    spread = min(_SPREAD_MOST, len(keys) * _SPREAD_EACH, lane.timing.gap.total_seconds() / 2)
    return to_json(CollectArguments(keys, spread=spread, general=lane.name == COLLECT))


def _ending(kind: EventKind, body: str) -> Ran | None:
    if kind is EventKind.ACTION_FINISHED:
        done = from_json(body, Finished)
        return Ran(Outcome.DONE, done.text, done.counts)
    if kind is EventKind.ACTION_CANCELLED:
        return Ran(Outcome.SKIPPED, "cancelled", from_json(body, Finished).counts)
    if kind is EventKind.ACTION_FAILED:
        problem = from_json(body, Problem)
        busy = problem.code == "already_running"
        return Ran(Outcome.SKIPPED if busy else Outcome.FAILED, problem.text)
    return None
