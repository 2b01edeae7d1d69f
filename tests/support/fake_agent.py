"""An agent in memory: the double of ``AgentClient`` for tests and pictures of the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.channel.address import AgentAwayError
from core.channel.convert import QueryPage
from core.model.action import (
    ActionKind,
    CancelArguments,
    CollectArguments,
    DeleteCredentialsArguments,
    SetCredentialsArguments,
    SetSettingsArguments,
)
from core.model.bundle import BundleFile, BundleReady, BundleSent
from core.model.device import DeviceSummary
from core.model.event import (
    ActionStarted,
    DeviceChanged,
    Event,
    EventKind,
    Finished,
    Progress,
    ReadingStored,
    SettingsChanged,
)
from core.model.jsonio import to_json
from core.model.problem import BadInputError, PlatenError, Problem
from core.model.query import HistoryArguments, QueryKind, ReadingsArguments
from core.model.reading import Reading
from core.model.status import AgentStatus, HubStatus, RunningAction
from tests.support.fake_alerts import FakeAlerts
from tests.support.fake_history import FakeHistory
from tests.support.fake_settings import FakeSettings

AT = "2026-01-14T14:02:00Z"
_ENDS = {EventKind.ACTION_FINISHED, EventKind.ACTION_FAILED, EventKind.ACTION_CANCELLED}
FOLDER = Path("nowhere")
BUNDLE = BundleReady(
    "K7F-3QX",
    "nowhere/bundles/platen-K7F-3QX.zip",
    212_480,
    (
        BundleFile("host.json", 1_088, "", "This computer: system, memory, disk, networks"),
        BundleFile("status.json", 2_508, "", "The agent: schedule, delivery, what is wrong"),
        BundleFile("settings.toml", 620, "", "The settings; credentials are never in them"),
        BundleFile("logs/agent.log", 612_914, "", "What the agent did, and what went wrong"),
        BundleFile("devices.jsonl", 48_792, "", "The printers, as the list shows them; what you "
                   "hide is hidden"),
        BundleFile("readings.jsonl", 314_352, "", "The last reading of each printer: counters, "
                   "supplies"),
        BundleFile("runs.jsonl", 18_311, "", "When the schedule ran, and what came of it"),
        BundleFile("alerts.jsonl", 4_120, "", "Alerts that were raised"),
    ),
)  # fmt: skip


def usual_status(**changes: Any) -> AgentStatus:
    """Make the status of an agent at rest that is not enrolled."""
    status = AgentStatus(
        state="idle",
        version="0.1.0",
        installation="i-1",
        pid=1,
        data_folder=str(FOLDER),
        started_at=AT,
        devices=0,
        waiting=0,
        hub=HubStatus(enrolled=False),
    )
    return replace(status, **changes)


@dataclass(eq=False)
class FakeAgent:
    """The agent's side. ``publish`` gives an event to everyone who watches."""

    status: AgentStatus = field(default_factory=usual_status)
    devices: dict[str, DeviceSummary] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    away: bool = False
    refusal: Problem | None = None
    done: list[tuple[ActionKind, Any]] = field(default_factory=list)
    queries: int = 0
    connects: int = 0
    alerts: FakeAlerts = field(default_factory=FakeAlerts)
    history: FakeHistory = field(default_factory=FakeHistory)
    on_discover: Callable[[str], None] | None = None
    settings: FakeSettings = field(default_factory=FakeSettings)
    _watchers: list[asyncio.Queue[Event | None]] = field(default_factory=list)
    _sequence: int = 0

    async def connect(self, folder: Path) -> FakeClient:
        """Be the connector of a ``ConnectionWorker``."""
        self.connects += 1
        if self.away:
            raise AgentAwayError(folder)
        return FakeClient(self)

    def put(self, *summaries: DeviceSummary) -> None:
        """Store devices without a word."""
        for summary in summaries:
            self.devices[summary.device.key] = summary

    def publish(self, kind: EventKind, body: Any, action_id: str = "") -> Event:
        """Tell everyone."""
        self._sequence += 1
        event = Event(self._sequence, AT, kind, action_id, to_json(body))
        for queue in self._watchers:
            queue.put_nowait(event)
        return event

    def tell(self, summary: DeviceSummary, what: str = "read", action_id: str = "") -> None:
        """Store a device and tell everyone."""
        known = summary.device.key in self.devices
        self.put(summary)
        kind = EventKind.DEVICE_UPDATED if known else EventKind.DEVICE_FOUND
        self.publish(kind, DeviceChanged(what, summary), action_id)

    def set_status(self, **changes: Any) -> None:
        """Change the status and tell everyone."""
        self.status = replace(self.status, **changes)
        self.publish(EventKind.AGENT_STATUS, self.status)

    def start_scan(self, action_id: str = "scan-1", origin: str = "schedule") -> None:
        """Begin a search that somebody else asked for."""
        self.publish(EventKind.ACTION_STARTED, ActionStarted("discover", origin), action_id)
        running = RunningAction(action_id, "discover", origin, AT)
        self.set_status(state="working", running=(running,))

    def end_scan(self, action_id: str = "scan-1", **counts: int) -> None:
        """End that search."""
        self.publish(EventKind.ACTION_FINISHED, Finished(counts), action_id)
        self.set_status(state="idle", running=(), last_scan=AT)

    def go_away(self) -> None:
        """Die: every stream ends with an error, nothing connects any more."""
        self.away = True
        for queue in self._watchers:
            queue.put_nowait(None)

    def subscribe(self) -> asyncio.Queue[Event | None]:
        """Give a queue of all events from now on."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._watchers.append(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Event | None]) -> None:
        """Let a queue go."""
        self._watchers.remove(queue)


class FakeClient:
    """The face's side."""

    def __init__(self, agent: FakeAgent) -> None:
        self._agent = agent
        self._number = 0
        self._queues: list[asyncio.Queue[Event | None]] = []

    async def close(self) -> None:
        """Cut every stream off, as closing a channel does."""
        for queue in self._queues:
            queue.put_nowait(None)

    async def watch(self) -> AsyncIterator[Event]:
        queue = self._agent.subscribe()
        self._queues.append(queue)
        try:
            yield Event(0, AT, EventKind.AGENT_STATUS, "", to_json(self._agent.status))
            while True:
                event = await queue.get()
                if event is None:
                    raise AgentAwayError(FOLDER, "it has ended")
                yield event
        finally:
            self._agent.unsubscribe(queue)

    async def do(self, kind: ActionKind, arguments: Any) -> AsyncIterator[Event]:
        agent = self._agent
        if agent.away:
            raise AgentAwayError(FOLDER)
        agent.done.append((kind, arguments))
        self._number += 1
        action_id = f"{kind.value}-{self._number}"
        if agent.refusal is not None:
            yield Event(0, AT, EventKind.ACTION_FAILED, action_id, to_json(agent.refusal))
            return
        queue = agent.subscribe()
        self._queues.append(queue)
        ended = False
        try:
            agent.publish(EventKind.ACTION_STARTED, ActionStarted(kind.value, "console"), action_id)
            self._act(kind, arguments, action_id)
            while True:
                event = await queue.get()
                if event is None:
                    ended = True
                    raise AgentAwayError(FOLDER, "it has ended")
                if event.action_id == action_id:
                    ended = event.kind in _ENDS
                    yield event
                    if ended:
                        return
        finally:
            agent.unsubscribe(queue)
            if not ended:  # as the real one does for a stream that is left
                agent.done.append((ActionKind.CANCEL, CancelArguments(action_id)))

    def _act(self, kind: ActionKind, arguments: Any, action_id: str) -> None:
        agent = self._agent
        if agent.alerts.act(agent.publish, kind, arguments, action_id):
            return
        if kind is ActionKind.CANCEL and isinstance(arguments, CancelArguments):
            agent.publish(EventKind.ACTION_CANCELLED, Finished(), arguments.action_id)
            agent.publish(EventKind.ACTION_FINISHED, Finished(), action_id)
        elif kind in (ActionKind.PREPARE_BUNDLE, ActionKind.SEND_BUNDLE):
            self._support(kind, action_id)
        elif kind is ActionKind.COLLECT and isinstance(arguments, CollectArguments):
            for key in arguments.devices:
                agent.publish(EventKind.READING_STORED, ReadingStored(key, AT), action_id)
                agent.tell(agent.devices[key], "read", action_id)
            agent.publish(EventKind.ACTION_FINISHED, Finished({"read": 1}), action_id)
        elif kind is ActionKind.DISCOVER and agent.on_discover is not None:
            agent.on_discover(action_id)
        else:
            self._change(arguments, action_id)

    def _change(self, arguments: Any, action_id: str) -> None:
        agent, told = self._agent, []
        try:
            if isinstance(arguments, SetSettingsArguments):
                told = agent.settings.set(arguments)
            elif isinstance(arguments, SetCredentialsArguments):
                agent.settings.keep(arguments)
            elif isinstance(arguments, DeleteCredentialsArguments):
                agent.settings.forget(arguments)
            else:
                return
        except PlatenError as error:
            agent.publish(EventKind.ACTION_FAILED, error.problem, action_id)
            return
        if told:
            agent.publish(EventKind.SETTINGS_CHANGED, SettingsChanged(tuple(told)), action_id)
        agent.publish(EventKind.ACTION_FINISHED, Finished(), action_id)

    def _support(self, kind: ActionKind, action_id: str) -> None:
        agent, bundle = self._agent, BUNDLE
        if kind is ActionKind.PREPARE_BUNDLE:
            agent.publish(EventKind.BUNDLE_READY, bundle, action_id)
        else:
            for done in (bundle.size // 2, bundle.size):
                agent.publish(
                    EventKind.ACTION_PROGRESS, Progress("bytes", done, bundle.size), action_id
                )
            sent = BundleSent(bundle.reference, agent.status.hub.hub_name or "", AT)
            agent.publish(EventKind.BUNDLE_SENT, sent, action_id)
        agent.publish(EventKind.ACTION_FINISHED, Finished(), action_id)

    async def query(
        self,
        kind: QueryKind,
        arguments: object | None = None,
        page_token: str = "",
        page_size: int = 0,
    ) -> QueryPage:
        agent = self._agent
        if agent.away:
            raise AgentAwayError(FOLDER)
        agent.queries += 1
        await asyncio.sleep(0)
        if kind is QueryKind.READINGS and isinstance(arguments, ReadingsArguments):
            reading = agent.readings.get(arguments.device)
            found = () if reading is None else (to_json(reading),)
            return QueryPage(found, "", len(found))
        if kind in {QueryKind.SETTINGS, QueryKind.CREDENTIALS}:
            known = agent.settings
            items = known.rows() if kind is QueryKind.SETTINGS else known.names()
            return QueryPage(items, "", len(items))
        if kind is QueryKind.HISTORY and isinstance(arguments, HistoryArguments):
            return await agent.history.query(arguments, page_token)
        if kind is QueryKind.DEVICES:
            return _page(agent, int(page_token or 0), page_size or 200)
        found = agent.alerts.query(kind, arguments, page_token, page_size or 200)
        if found is not None:
            return found
        raise BadInputError("unknown_query", f"There is no query {kind}.")


def _page(agent: FakeAgent, start: int, size: int) -> QueryPage:
    keys = sorted(agent.devices)
    items = tuple(to_json(agent.devices[key]) for key in keys[start : start + size])
    more = str(start + size) if start + size < len(keys) else ""
    return QueryPage(items, more, len(keys))
