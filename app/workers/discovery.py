"""Searching the network: starts, cancels, and follows a search whoever started it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.workers.batch import Throttle
from app.workers.connection import ConnectionWorker, Link, LinkState
from app.workers.reckon import reckon
from app.workers.scan import Scan
from app.workers.tasks import Tasks
from core.model.action import ActionKind, CancelArguments, DiscoverArguments
from core.model.event import (
    ActionStarted,
    AddressRejected,
    DeviceChanged,
    Event,
    EventKind,
    Finished,
    Progress,
    SegmentProgress,
)
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem
from core.model.segment import Segment
from core.model.status import AgentStatus


class DiscoveryWorker(QObject):
    """``changed`` says at most ten times a second that ``scan`` has news; ``refused`` gives the
    ``Problem`` of a search that this window asked for and that did not get to work, ``accepted``
    that it did; ``begun`` and ``ended`` frame a search, whoever asked for it; ``reckoned`` gives
    how large a search would be (``Reckoned``, or ``None`` where that cannot be said).
    """

    changed = Signal()
    begun = Signal()
    accepted = Signal()
    ended = Signal()
    refused = Signal(object)
    reckoned = Signal(object)

    def __init__(
        self,
        connection: ConnectionWorker,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._clock = clock
        self._tasks = Tasks()
        self._scan: Scan | None = None
        self._lost = False  # with the connection: it may be going on
        self._reckoning: asyncio.Task[None] | None = None
        self._throttle = Throttle(self)
        self._throttle.fired.connect(self.changed)
        connection.hear(self._take)
        connection.status_changed.connect(self._join)
        connection.link_changed.connect(self._follow_link)

    # --- for the views --------------------------------------------------------------------------

    @property
    def scan(self) -> Scan | None:
        """The search under way, or the last one."""
        return self._scan

    @property
    def running(self) -> bool:
        """Whether a search is under way."""
        return self._scan is not None and self._scan.running

    def seconds_left(self) -> float | None:
        """Estimate the rest of the search under way."""
        if self._scan is None or not self._scan.running:
            return None
        return self._scan.seconds_left(self._clock())

    def start(self, arguments: DiscoverArguments) -> None:
        """Ask the agent to search."""
        self._tasks.spawn(self._run(arguments))

    def cancel(self) -> None:
        """Ask the agent to stop the search under way, whoever started it."""
        if self._scan is not None and self._scan.running:
            self._tasks.spawn(self._cancel(self._scan.action_id))

    def reckon(self, arguments: DiscoverArguments, approved: tuple[Segment, ...]) -> None:
        """Figure out how large a search would be; the newest question is the one answered."""
        if self._reckoning is not None:
            self._reckoning.cancel()
        self._reckoning = self._tasks.spawn(self._reckon(arguments, approved))

    async def _reckon(self, arguments: DiscoverArguments, approved: tuple[Segment, ...]) -> None:
        self.reckoned.emit(await asyncio.to_thread(reckon, arguments, approved))

    async def close(self) -> None:
        """End what is under way here."""
        await self._tasks.close()

    # --- talking to the agent -------------------------------------------------------------------

    async def _run(self, arguments: DiscoverArguments) -> None:
        started = False
        try:
            async for event in self._connection.client().do(ActionKind.DISCOVER, arguments):
                if event.kind is EventKind.ACTION_FAILED and not started:
                    self.refused.emit(from_json(event.body, Problem))
                # The first event is "started" even of a search that fails over its targets.
                elif not started and event.kind is not EventKind.ACTION_STARTED:
                    started = True
                    self.accepted.emit()
        except PlatenError as error:
            if not started:
                self.refused.emit(error.problem)

    async def _cancel(self, action_id: str) -> None:
        try:
            client = self._connection.client()
            async for _ in client.do(ActionKind.CANCEL, CancelArguments(action_id)):
                pass
        except PlatenError as error:
            self._end(problem=error.problem)

    # --- following events -----------------------------------------------------------------------

    def _take(self, event: Event) -> None:
        if event.kind is EventKind.ACTION_STARTED:
            if from_json(event.body, ActionStarted).kind == ActionKind.DISCOVER:
                self._begin(event.action_id)
            return
        if self._scan is None or not self._scan.running or event.action_id != self._scan.action_id:
            return
        self._take_own(event, self._scan)
        self._throttle.poke()

    def _take_own(self, event: Event, scan: Scan) -> None:
        kind, body = event.kind, event.body
        if kind is EventKind.ACTION_PROGRESS:
            scan.take_progress(from_json(body, Progress))
        elif kind is EventKind.SEGMENT_PROGRESS:
            scan.take_segment(from_json(body, SegmentProgress))
        elif kind in {EventKind.DEVICE_FOUND, EventKind.DEVICE_UPDATED}:
            scan.take_found(from_json(body, DeviceChanged).device)
        elif kind is EventKind.ADDRESS_REJECTED:
            scan.take_rejected(from_json(body, AddressRejected))
        elif kind is EventKind.ACTION_FAILED:
            self._end(problem=from_json(body, Problem))
        elif kind in _ENDS:
            scan.result = from_json(body, Finished)
            self._end(cancelled=kind is EventKind.ACTION_CANCELLED)

    def _join(self, status: AgentStatus) -> None:
        """Follow a search that was under way before this window looked."""
        last = self._scan.action_id if self._scan is not None else None
        for action in status.running:
            if action.kind != ActionKind.DISCOVER or self.running:
                continue
            if action.id != last:
                self._begin(action.id)
            elif self._lost:  # the connection was gone for a while, and the search went on
                self._resume()

    def _begin(self, action_id: str) -> None:
        if self._scan is not None and self._scan.running and self._scan.action_id == action_id:
            return
        self._scan, self._lost = Scan(action_id, self._clock()), False
        self.begun.emit()
        self.changed.emit()

    def _resume(self) -> None:
        if self._scan is not None:
            self._lost, self._scan.ended, self._scan.problem = False, None, None
            self.begun.emit()
            self.changed.emit()

    def _end(self, *, problem: Problem | None = None, cancelled: bool = False) -> None:
        if self._scan is None or not self._scan.running:
            return
        self._scan.ended = self._clock()
        self._scan.problem = problem
        self._scan.cancelled = cancelled
        self.ended.emit()
        self.changed.emit()

    def _follow_link(self, link: Link) -> None:
        if link.state is LinkState.AWAY and self.running:
            self._lost = True
            self._end(problem=_lost(link.problem))


_ENDS = {EventKind.ACTION_FINISHED, EventKind.ACTION_CANCELLED}


def _lost(problem: Problem | None) -> Problem:
    """Say of a search under way that nobody knows how it goes on."""
    code = problem.code if problem is not None else "agent_away"
    return Problem(
        code,
        "The connection to the agent was lost during this search: it is not known how far it came.",
        "What was found is kept. If it goes on, it is shown again; if not, search once more.",
    )
