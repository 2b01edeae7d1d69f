"""asyncio on Qt's loop, as the window lives, for tests that are not coroutines themselves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import qasync
from PySide6.QtWidgets import QApplication

T = TypeVar("T")
PATIENCE = 20.0  # seconds; far more than anything here takes
_MOST_QUITS = 20  # Qt may still have to quit for the test before, as a program takes it, too


class QtLoop:
    """Runs coroutines while Qt lives."""

    def __init__(self, application: QApplication) -> None:
        self._loop = qasync.QEventLoop(application)
        asyncio.set_event_loop(self._loop)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run ``work`` to its end; gives what it gives."""
        # qasync's own ``run_until_complete`` lets Qt live once more when its loop is no longer the
        # running one: whatever else asks for that one just then, fails. Here a round comes before.
        task = self._loop.create_task(asyncio.wait_for(work, 2 * PATIENCE))
        task.add_done_callback(lambda _task: self._loop.call_later(0, self._loop.stop))
        for _ in range(_MOST_QUITS):
            self._loop.run_forever()
            if task.done():
                break
        result: T = task.result()
        return result

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        """Let Qt and asyncio live until ``condition`` holds."""
        self.run(until(condition, what))

    def spin(self, seconds: float = 0.15) -> None:
        """Let them live for a while, to see that something does *not* happen."""
        self.run(asyncio.sleep(seconds))

    def close(self) -> None:
        """End the loop."""
        self.run(asyncio.sleep(0))
        self._loop.close()
        asyncio.set_event_loop(None)


async def until(condition: Callable[[], object], what: str = "") -> None:
    """Wait until ``condition`` holds, and no longer than ``PATIENCE``."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what or condition}"
        await asyncio.sleep(0.01)
