"""Runs actions: checks where they came from, starts them as tasks, reports each one's fate."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from core import actions
from core.bus import EventBus, Subscription
from core.jobs.limits import limit_of, overdue
from core.model.action import ARGUMENTS, ActionKind, DiscoverArguments, Origin
from core.model.event import ActionStarted, Event, EventKind, Finished
from core.model.jsonio import from_json
from core.model.problem import BadInputError, PlatenError, Problem, RefusedError
from core.model.status import RunningAction
from core.support.context import ACTION

_log = logging.getLogger(__name__)
_GRACE = 10.0  # seconds that cancelled work has to tidy up before it is left to itself
_DEEPEST = 20

#: Two of these at once would only do the same work twice.
_ALONE = frozenset(
    {
        ActionKind.DISCOVER,
        ActionKind.COLLECT,
        ActionKind.COMPACT,
        ActionKind.ENROL,
        ActionKind.RENEW,
        ActionKind.PREPARE_BUNDLE,
        ActionKind.SEND_BUNDLE,
        ActionKind.SEND_LOGS,
    }
)

#: Where the action comes from that runs in this task.
ORIGIN: ContextVar[Origin] = ContextVar("origin")

Emit: TypeAlias = Callable[[EventKind, Any], None]
Handler: TypeAlias = Callable[[Any, Emit], Awaitable[Finished]]


@dataclass(frozen=True, slots=True)
class _Running:
    info: RunningAction
    work: asyncio.Task[Finished]  # what is cancelled
    teller: asyncio.Task[None]  # tells the end, whatever becomes of the work


class ActionRunner:
    """The actions under way."""

    def __init__(
        self,
        bus: EventBus,
        handlers: dict[ActionKind, Handler],
        now: Callable[[], str],
        limit: Callable[[ActionKind], timedelta] = limit_of,
    ) -> None:
        self._bus = bus
        self._handlers = handlers
        self._now = now
        self._running: dict[str, _Running] = {}
        self._limit = limit
        self.on_change: Callable[[], None] = lambda: None

    @property
    def running(self) -> tuple[RunningAction, ...]:
        """The actions under way, oldest first."""
        return tuple(entry.info for entry in self._running.values())

    def do(self, action_id: str, kind: str, arguments: str, origin: Origin) -> Subscription:
        """Start an action; its subscription ends with the last event. Never raises."""
        subscription = self._bus.subscribe(
            lambda event: event.action_id == action_id, of_asker=True
        )
        try:
            known, parsed = self._check(action_id, kind, arguments, origin)
        except PlatenError as error:
            # Not through the bus: nothing started, and the id may be another action's.
            subscription.offer(self._refusal(action_id, error.problem))
            self._bus.unsubscribe(subscription)
            return subscription
        info = RunningAction(action_id, known.value, origin.value, self._now())
        self._start(info, known, parsed, subscription)
        return subscription

    def _refusal(self, action_id: str, problem: Problem) -> Event:
        return self._bus.make(EventKind.ACTION_FAILED, problem, action_id)

    def _check(
        self, action_id: str, kind: str, arguments: str, origin: Origin
    ) -> tuple[ActionKind, Any]:
        try:
            known = ActionKind(kind)
        except ValueError:
            raise BadInputError(
                "unknown_action", f"There is no action {kind[:40]!r}.", "Update this program."
            ) from None
        actions.check(known, origin)
        parsed: Any = from_json(arguments or "{}", ARGUMENTS[known])
        if isinstance(parsed, DiscoverArguments):
            actions.check_discover(origin, names_segments=bool(parsed.segments))
        if not action_id or action_id in self._running:
            raise BadInputError(
                "bad_action_id", "This action's id is empty or already in use.", "Ask for it anew."
            )
        twin = next((e.info for e in self._running.values() if e.info.kind == known), None)
        if twin is not None and known in _ALONE:
            raise RefusedError(
                "already_running",
                f"The action {known} is already running, since {twin.started_at}.",
                "Wait until it has ended, or cancel it.",
            )
        return known, parsed

    def _start(
        self, info: RunningAction, kind: ActionKind, arguments: Any, subscription: Subscription
    ) -> None:
        def emit(event: EventKind, body: Any) -> None:
            self._bus.publish(event, body, info.id)

        emit(EventKind.ACTION_STARTED, ActionStarted(info.kind, info.origin))

        async def work() -> Finished:
            ORIGIN.set(Origin(info.origin))
            ACTION.set(info.id)
            return await self._handlers[kind](arguments, emit)

        task = asyncio.create_task(work(), name=kind.value)
        teller = asyncio.create_task(self._tell(info, task, emit, subscription))
        self._running[info.id] = _Running(info, task, teller)
        self.on_change()

    async def _tell(
        self, info: RunningAction, work: asyncio.Task[Finished], emit: Emit, to: Subscription
    ) -> None:
        limit = self._limit(ActionKind(info.kind))
        _, unfinished = await asyncio.wait([work], timeout=limit.total_seconds())
        if unfinished:
            await _end_overdue(info.kind, work)
        self._running.pop(info.id, None)
        self.on_change()
        emit(*_outcome(info.kind, work, limit if unfinished else None))
        self._bus.unsubscribe(to)

    def cancel(self, action_id: str) -> bool:
        """Cancel a running action; ``False`` where there is none with this id."""
        entry = self._running.get(action_id)
        if entry is None:
            return False
        entry.work.cancel()
        return True

    async def close(self) -> None:
        """Cancel everything and wait for the ends."""
        entries = tuple(self._running.values())
        for entry in entries:
            entry.work.cancel()
        await asyncio.gather(*(entry.teller for entry in entries))


async def _end_overdue(kind: str, work: asyncio.Task[Finished]) -> None:
    """Cancel work that hangs; the log says where it did."""
    _log.error("the action %s hangs; it is ended at: %s", kind, _place_of(work))
    work.cancel()
    await asyncio.wait([work], timeout=_GRACE)


def _place_of(work: asyncio.Task[Finished]) -> str:
    """Say where it waits: each function and line, the innermost last."""
    places: list[str] = []
    waiting: Any = work.get_coro()
    while waiting is not None and len(places) < _DEEPEST:
        frame = getattr(waiting, "cr_frame", None) or getattr(waiting, "ag_frame", None)
        if frame is not None:
            places.append(f"{frame.f_code.co_qualname}:{frame.f_lineno}")
        waiting = getattr(waiting, "cr_await", None) or getattr(waiting, "ag_await", None)
    return " > ".join(places)


def _outcome(
    kind: str, work: asyncio.Task[Finished], overdue_after: timedelta | None = None
) -> tuple[EventKind, Any]:
    if overdue_after is not None and (not work.done() or work.cancelled()):
        return EventKind.ACTION_FAILED, overdue(kind, overdue_after)
    if work.cancelled():
        return EventKind.ACTION_CANCELLED, Finished(text="Cancelled.")
    error = _cause(work.exception())
    if error is None:
        return EventKind.ACTION_FINISHED, work.result()
    if isinstance(error, PlatenError):
        return EventKind.ACTION_FAILED, error.problem
    # The agent outlives any fault in one action.
    _log.error("the action %s failed", kind, exc_info=error)
    return EventKind.ACTION_FAILED, Problem(
        "internal_error",
        f"The action {kind} failed by a fault in Platen ({type(error).__name__}).",
        "Send the logs to support.",
    )


def _cause(error: BaseException | None) -> BaseException | None:
    """Give the first named error inside a group of a job's side-by-side tasks, else the error."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    named = error.subgroup(PlatenError)
    return _cause((named or error).exceptions[0])
