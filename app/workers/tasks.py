"""Tasks that belong to a worker: kept, so that none is lost, and ended together; and faults of the
window itself, which a person is told of.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Coroutine
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.model.problem import PlatenError, Problem

_log = logging.getLogger(__name__)


class Faults(QObject):
    """``told`` gives a ``Problem`` where a part of this process failed in a way nobody expected."""

    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._telling = False

    def tell(self, error: BaseException) -> None:
        """Say it: a failure that has words of its own in them, any other by its kind."""
        if self._telling:
            return  # what fails is what says it: that would never end
        self._telling = True
        try:
            self.told.emit(_words(error))
        finally:
            self._telling = False

    def hear_slots(self) -> None:
        """Tell of what fails in a slot as well: Qt hands that to ``sys.excepthook``."""
        before = sys.excepthook

        def hook(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            before(kind, error, trace)
            if isinstance(error, Exception):
                self.tell(error)

        sys.excepthook = hook


def _words(error: BaseException) -> Problem:
    if isinstance(error, PlatenError):
        return error.problem
    text = f"A part of this window failed ({type(error).__name__})."
    remedy = (
        "What is shown may be incomplete. Close the window and open it again; if it happens "
        "again, tell support what you did."
    )
    return Problem("window_fault", text, remedy)


FAULTS = Faults()


class Tasks:
    """A set of running tasks; a fault in one is logged, told, and never lost."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start ``work`` on the running loop."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._done)
        return task

    async def close(self, grace: float = 0.5) -> None:
        """Let what runs come to its end by itself for a moment, then cancel it and wait."""
        if self._running:
            await asyncio.wait(self._running, timeout=grace)
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("a task of the window failed", exc_info=error)
            FAULTS.tell(error)
