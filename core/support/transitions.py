"""What the log says of devices, actions and the hub: changes alone, never every miss.

A printer that is off for a month is two lines, however often it was asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from core.bus import EventBus, LaggingError, Subscription
from core.model.action import ActionKind, Origin
from core.model.device import DeviceSummary
from core.model.event import (
    ActionStarted,
    Delivery,
    DeviceChanged,
    Event,
    EventKind,
    Finished,
    SettingsChanged,
)
from core.model.jsonio import from_json
from core.model.problem import Problem
from core.model.reading import DeviceState
from core.support.words import device_words

_log = logging.getLogger(__name__)

_ENDS = {
    EventKind.ACTION_FINISHED: "finished",
    EventKind.ACTION_FAILED: "failed",
    EventKind.ACTION_CANCELLED: "cancelled",
}
_HEARD = frozenset(
    {
        *_ENDS,
        EventKind.ACTION_STARTED,
        EventKind.DEVICE_FOUND,
        EventKind.DEVICE_UPDATED,
        EventKind.DELIVERY,
        EventKind.SETTINGS_CHANGED,
        EventKind.RULES_CHANGED,
    }
)
#: Those that faces ask for by themselves, again and again.
_QUIET = frozenset({ActionKind.CANCEL.value, ActionKind.PAGE_LINK.value})


class TransitionLog:
    """Writes the lines. ``offline`` are the keys of the devices that were offline before."""

    def __init__(self, offline: Iterable[str] = ()) -> None:
        self._offline: dict[str, set[str]] = {key: set() for key in offline}
        self._running: dict[str, ActionStarted] = {}
        self._last_run: dict[str, str] = {}
        self._hub_problem: str | None = None

    def take(self, event: Event) -> None:
        """Take an event; most say nothing new."""
        kind = event.kind
        if kind is EventKind.ACTION_STARTED:
            self._started(event)
        elif kind in _ENDS:
            self._ended(event)
        elif kind is EventKind.DEVICE_FOUND:
            summary = from_json(event.body, DeviceChanged).device
            _say(event, f"found: {device_words(summary)}")
        elif kind is EventKind.DEVICE_UPDATED:
            changed = from_json(event.body, DeviceChanged)
            self._device(event, changed.what, changed.device)
        elif kind is EventKind.DELIVERY:
            self._delivery(event, from_json(event.body, Delivery))
        elif kind is EventKind.SETTINGS_CHANGED:
            keys = ", ".join(from_json(event.body, SettingsChanged).keys)
            _say(event, f"settings changed: {keys}")
        elif kind is EventKind.RULES_CHANGED:
            _say(event, "the rules of alerts changed")

    def _started(self, event: Event) -> None:
        started = from_json(event.body, ActionStarted)
        self._running[event.action_id] = started
        # Of a scheduled run only its end is told, and only where it is another than the last one.
        if started.origin != Origin.SCHEDULE and started.kind not in _QUIET:
            _say(event, f"{started.kind} started, from the {started.origin}")

    def _ended(self, event: Event) -> None:
        started = self._running.pop(event.action_id, None)
        name = started.kind if started else "an action"
        failed = event.kind is EventKind.ACTION_FAILED
        if failed:
            problem = from_json(event.body, Problem)
            text, said = f"{problem.code}: {problem.text}", problem.code
        else:
            done = from_json(event.body, Finished)
            text = said = done.text or ", ".join(f"{n} {c}" for c, n in done.counts.items())
        line = f"{name} {_ENDS[event.kind]}: {text}"
        if started is not None and started.origin == Origin.SCHEDULE:
            outcome = f"{event.kind} {said}"
            if self._last_run.get(name) == outcome:
                return
            self._last_run[name] = outcome
            line = f"{line} (by the schedule; runs that end the same follow unsaid)"
        elif started is not None and started.kind in _QUIET and not failed:
            return
        _say(event, line, logging.WARNING if failed else logging.INFO)

    def _device(self, event: Event, what: str, summary: DeviceSummary) -> None:
        key, problem = summary.device.key, summary.problem
        seen = self._offline.get(key)
        if what in {"managed", "listed", "moved", "merged"}:
            _say(event, f"{what}: {device_words(summary)}")
        if summary.state is not DeviceState.OFFLINE:
            if self._offline.pop(key, None) is not None:
                _say(event, f"back: {device_words(summary)}")
        elif problem is None:
            return
        elif seen is None:
            self._offline[key] = {problem.code}
            _say(event, f"offline: {device_words(summary)}: {problem.text}", logging.WARNING)
        elif not seen:  # offline since before the agent started: the log has said so then
            seen.add(problem.code)
        elif problem.code not in seen:  # each cause once, also where two of them take turns
            seen.add(problem.code)
            _say(event, f"still offline: {device_words(summary)}: {problem.text}")

    def _delivery(self, event: Event, told: Delivery) -> None:
        code = told.problem.code if told.problem else None
        before, self._hub_problem = self._hub_problem, code
        if told.problem is not None and code != before:
            text = f"delivery to the hub fails: {told.problem.text} {told.waiting} waiting"
            _say(event, text, logging.WARNING)
        elif code is None and before is not None:
            _say(event, f"delivery to the hub works again: {told.delivered} delivered")


def _say(event: Event, text: str, level: int = logging.INFO) -> None:
    _log.log(level, "%s", text, extra={"action": event.action_id})


def follow_transitions(bus: EventBus, offline: Iterable[str]) -> asyncio.Task[None]:
    """Write the log of a bus from now on, until it is closed; await the task then."""
    log = TransitionLog(offline)

    async def write(heard: Subscription) -> None:
        while True:
            try:
                async for event in heard:
                    _take(log, event)
            except LaggingError:
                bus.unsubscribe(heard)
                _log.warning("some events went by faster than they could be logged")
                heard = bus.subscribe(_wanted)
            else:
                return

    return asyncio.create_task(write(bus.subscribe(_wanted)), name="transitions")


def _take(log: TransitionLog, event: Event) -> None:
    try:
        log.take(event)
    except Exception as error:  # noqa: BLE001 - the next events are still to be logged
        _log.error("an event of kind %s cannot be logged", event.kind, exc_info=error)


def _wanted(event: Event) -> bool:
    return event.kind in _HEARD
