"""The connection to the agent: found, started where there is none, watched, found again."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal

from app.workers.face import AgentFace, Connector
from app.workers.launch import Launcher
from app.workers.tasks import Tasks
from core.channel.address import AgentAwayError, other_version, published
from core.model.event import Event, EventKind
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem
from core.model.status import AgentStatus

FIRST_DELAY = 0.25  # seconds
LONGEST_DELAY = 8.0
STARTING_POLL = 0.2
STARTING_PATIENCE = 30.0
LOOK_EVERY = 0.25  # seconds between looks at whether an agent says anew where it listens
LIVED = 5.0  # a connection that held so long is sought again at once
_MISSED = "events_missed"
_NONE = frozenset({"agent_away", "agent_foreign"})  # none runs: one may be started
Sleep = Callable[[float], Awaitable[None]]
Hear = Callable[[Event], object]


class LinkState(StrEnum):
    """How the window stands to the agent."""

    CONNECTING = "connecting"
    STARTING = "starting"
    CONNECTED = "connected"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Link:
    """The state with its cause, where it is not a good one."""

    state: LinkState
    problem: Problem | None = None


class ConnectionWorker(QObject):
    """Keeps the connection. ``received`` gives every event, ``status_changed`` the agent's status;
    ``misunderstood`` a ``Problem`` where what came cannot be read.

    ``connected`` is emitted after each connect, when events are listened to, so that lists are
    loaded again and nothing is missed in between; ``link_changed`` says at once when the agent
    goes.
    """

    link_changed = Signal(object)
    status_changed = Signal(object)
    received = Signal(object)
    connected = Signal()
    misunderstood = Signal(object)

    def __init__(
        self,
        folder: Path,
        connector: Connector,
        launcher: Launcher | None = None,
        *,
        sleep: Sleep = asyncio.sleep,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._connector = connector
        self._launcher = launcher
        self._sleep = sleep
        self._may_launch = launcher is not None
        self._patience = 0.0
        self._client: AgentFace | None = None
        self._link = Link(LinkState.CONNECTING)
        self._puzzled = False
        self._mark: int | None = None
        self._wake = asyncio.Event()
        self._tasks = Tasks()

    # --- for the rest of the window -------------------------------------------------------------

    @property
    def link(self) -> Link:
        """How the window stands to the agent now."""
        return self._link

    @property
    def can_launch(self) -> bool:
        """Whether this window may start an agent."""
        return self._launcher is not None

    def client(self) -> AgentFace:
        """Give the connection; raises ``AgentAwayError`` while there is none."""
        if self._client is None:
            raise AgentAwayError(self._folder)
        return self._client

    def hear(self, take: Hear) -> None:
        """Give every event to ``take``; one that it cannot read is said and not lost in silence.

        A method of something of Qt's that is deleted is not called any more, as with any signal.
        """
        owner = getattr(take, "__self__", None)

        def guarded(event: Event) -> None:
            # Qt knows nothing of whom this function calls: it would call into what is gone.
            if isinstance(owner, QObject) and not shiboken6.isValid(owner):
                return
            try:
                take(event)
            except PlatenError:
                self._puzzle()

        self.received.connect(guarded)

    def start(self) -> None:
        """Begin to look for the agent."""
        self._tasks.spawn(self._run())

    def retry(self) -> None:
        """Try again now, and start an agent if there is none (a person asked)."""
        self._may_launch = self._launcher is not None
        self._wake.set()

    async def close(self) -> None:
        """End the connection; the agent goes on."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()
        await self._tasks.close(grace=0)

    # --- the loop -------------------------------------------------------------------------------

    async def _run(self) -> None:
        delay = FIRST_DELAY
        while True:
            client = await self._reach()
            if client is not None:
                began = time.monotonic()
                await self._serve(client)
                if time.monotonic() - began >= LIVED or self._link.state is LinkState.CONNECTED:
                    delay = FIRST_DELAY
                    continue
            if self._link.state is LinkState.STARTING:
                await self._pause(STARTING_POLL)
                self._patience -= STARTING_POLL
            else:
                await self._pause(delay)
                delay = min(delay * 2, LONGEST_DELAY)

    async def _reach(self) -> AgentFace | None:
        self._mark = published(self._folder)
        try:
            return await self._connector(self._folder)
        except PlatenError as error:
            self._set(self._absent(error.problem))
        except OSError as error:
            self._set(Link(LinkState.AWAY, _unreachable(error)))
        return None

    def _absent(self, problem: Problem) -> Link:
        if self._launcher is None:
            return Link(LinkState.AWAY, problem)
        if self._may_launch and problem.code in _NONE:
            self._may_launch = False
            self._patience = STARTING_PATIENCE
            try:
                self._launcher.start()
            except OSError as error:
                return Link(LinkState.AWAY, _unreachable(error))
            return Link(LinkState.STARTING)
        failure = self._launcher.failure()
        if failure is None and self._link.state is LinkState.STARTING and self._patience > 0:
            return Link(LinkState.STARTING)
        return Link(LinkState.AWAY, failure or problem)

    async def _serve(self, client: AgentFace) -> None:
        problem: Problem | None = None
        try:
            async for event in client.watch():
                if self._client is None:
                    self._begin(client)
                self._tell(event)
        except PlatenError as error:
            problem = error.problem
        finally:
            self._client = None
            with contextlib.suppress(PlatenError):
                await client.close()
        if problem is not None and problem.code == _MISSED:
            return  # the agent is there: it is listened to anew, and everything loaded again
        self._set(Link(LinkState.AWAY, problem or AgentAwayError(self._folder).problem))

    def _begin(self, client: AgentFace) -> None:
        self._client = client
        self._puzzled = False
        # From now on an agent that goes was ended on purpose: it is looked for, not started.
        self._may_launch = False
        if self._launcher is not None:
            self._launcher.reached()
        self._set(Link(LinkState.CONNECTED))
        self.connected.emit()

    def _tell(self, event: Event) -> None:
        if event.kind is EventKind.AGENT_STATUS:
            try:
                self.status_changed.emit(from_json(event.body, AgentStatus))
            except PlatenError:
                self._puzzle()
        self.received.emit(event)

    def _puzzle(self) -> None:
        """Say, once a connection, that the agent says what this window cannot read."""
        if not self._puzzled:
            self._puzzled = True
            self.misunderstood.emit(other_version())

    async def _pause(self, seconds: float) -> None:
        self._wake.clear()
        waits = {
            asyncio.ensure_future(self._sleep(seconds)),
            asyncio.ensure_future(self._wake.wait()),
            asyncio.ensure_future(self._news()),
        }
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _news(self) -> None:
        """Wait until an agent says anew where it listens."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if published(self._folder) != self._mark:
                return

    def _set(self, link: Link) -> None:
        if link != self._link:
            self._link = link
            self.link_changed.emit(link)


def _unreachable(error: OSError) -> Problem:
    text = f"The agent cannot be reached or started: {error.strerror or type(error).__name__}."
    return Problem("agent_unreachable", text, "Check the data folder and its permissions.")
