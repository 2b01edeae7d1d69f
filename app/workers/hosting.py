"""An agent in this process, beside Qt: kept on its own thread, told of on Qt's."""

from __future__ import annotations

import concurrent.futures
import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.workers.aside import Aside
from app.workers.keeper import Host, Keeper, Kept, KeptState

_log = logging.getLogger("core.host")
PATIENCE = 15.0  # seconds that an agent may take to end


class HostingWorker(QObject):
    """``changed`` gives each ``Kept``; ``ended`` comes once the agent has ended for good."""

    changed = Signal(object)
    ended = Signal()

    def __init__(
        self, folder: Path, aside: Aside, host: Host, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._aside = aside
        self._keeper = Keeper(folder, host, self.changed.emit)
        self._running: concurrent.futures.Future[None] | None = None
        self.kept: Kept | None = None
        self.changed.connect(self._take)

    @property
    def hosts(self) -> bool:
        """Whether the agent is this process's, so that it ends with it."""
        return self.kept is not None and self.kept.state not in {
            KeptState.ELSEWHERE,
            KeptState.OFF,
            KeptState.ENDED,
        }

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self._running is not None and not self._running.done()

    def start(self) -> None:
        """Begin, unless it has."""
        if not self.running:
            self._running = self._aside.submit(self._keeper.run())

    def wake(self) -> None:
        """Start a dead agent now and not after its wait."""
        self._aside.loop.call_soon_threadsafe(self._keeper.wake)

    def end(self, reason: str) -> None:
        """Have the agent end in order; ``ended`` follows."""
        if self.running:
            self._aside.loop.call_soon_threadsafe(self._keeper.end, reason)

    def end_now(self, reason: str) -> bool:
        """End it and wait: for a process that is given no more turns. Says whether it ended."""
        if self._running is None:
            return True
        self.end(reason)
        try:
            self._running.result(PATIENCE)
        except concurrent.futures.TimeoutError:
            _log.error("the agent did not end within %.0f s", PATIENCE)
            return False
        return True

    def _take(self, kept: Kept) -> None:
        self.kept = kept
        if kept.state is KeptState.ENDED:
            self.ended.emit()
