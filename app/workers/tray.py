"""What the tray's menu, and the window's, ask of the agent."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.tasks import Tasks
from core.model.action import (
    ActionKind,
    CollectArguments,
    DiscoverArguments,
    NoArguments,
    PauseArguments,
    StopArguments,
)
from core.model.event import EventKind
from core.model.jsonio import from_json
from core.model.page import PageLink
from core.model.problem import PlatenError, Problem

QUIT_REASON = "a person quit it from the tray"
QUIT_IN_WINDOW = "a person quit it from the window"
_PAUSED = "a person at this machine asked for it"


def minutes_until_tomorrow(now: datetime) -> int:
    """Give the minutes from ``now`` (local, with its zone) until midnight, rounded up."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return max(1, -int(-(midnight - now).total_seconds() // 60))


class TrayWorker(QObject):
    """Commands of the agent's menu. ``refused`` gives the ``Problem`` of one that failed."""

    refused = Signal(object)

    def __init__(
        self, connection: ConnectionWorker, folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._folder = folder
        self._tasks = Tasks()

    def scan(self) -> None:
        """Search the approved segments, and read what is found."""
        self._do(ActionKind.DISCOVER, DiscoverArguments(read_found=True))

    def collect(self) -> None:
        """Read every managed device."""
        self._do(ActionKind.COLLECT, CollectArguments())

    def deliver(self) -> None:
        """Send what waits to the hub, or learn why that cannot be."""
        self._do(ActionKind.DELIVER, NoArguments())

    def dismiss(self) -> None:
        """Take away the note that the store was saved: somebody has seen it."""
        self._do(ActionKind.DISMISS, NoArguments())

    def pause(self, minutes: int) -> None:
        """Let the agent do nothing by itself for so long; 0: until tomorrow."""
        wanted = minutes or minutes_until_tomorrow(datetime.now().astimezone())
        self._do(ActionKind.PAUSE, PauseArguments(wanted, _PAUSED))

    def resume(self) -> None:
        """End the pause."""
        self._do(ActionKind.RESUME, NoArguments())

    def open_page(self) -> None:
        """Open the local page in the browser, signed in."""
        self._tasks.spawn(self._open_page())

    def stop(self, reason: str) -> asyncio.Task[None]:
        """End the agent; ``reason`` is told to whoever looks at the schedule next."""
        return self._do(ActionKind.STOP, StopArguments(reason))

    async def close(self) -> None:
        """End what is under way here."""
        await self._tasks.close()

    def _do(self, kind: ActionKind, arguments: object) -> asyncio.Task[None]:
        return self._tasks.spawn(self._run(kind, arguments))

    async def _run(self, kind: ActionKind, arguments: object) -> None:
        try:
            async for event in self._connection.client().do(kind, arguments):
                if event.kind is EventKind.ACTION_FAILED:
                    self.refused.emit(from_json(event.body, Problem))
        except PlatenError as error:
            self.refused.emit(error.problem)

    async def _open_page(self) -> None:
        link: PageLink | None = None
        try:
            async for event in self._connection.client().do(ActionKind.PAGE_LINK, NoArguments()):
                if event.kind is EventKind.PAGE_LINK:
                    link = from_json(event.body, PageLink)
                elif event.kind is EventKind.ACTION_FAILED:
                    self.refused.emit(from_json(event.body, Problem))
            if link is not None and not await _open(link, self._folder):
                text = "No browser could be started."
                self.refused.emit(Problem("no_browser", text, "Try `platen page --print`."))
        except PlatenError as error:
            self.refused.emit(error.problem)
        except OSError as error:
            text = f"The page cannot be handed to the browser: {error.strerror}."
            self.refused.emit(Problem("no_browser", text, "Try `platen page --print`."))


async def _open(link: PageLink, folder: Path) -> bool:
    from app.opening import open_in_browser  # noqa: PLC0415 - loads gRPC

    return await open_in_browser(link, folder)
