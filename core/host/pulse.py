"""Watches the event loop from beside it: a process that hangs is ended, so that its host starts it
again; where it hung is written down first.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

#: The exit status of an agent that is to be started again (EX_TEMPFAIL of sysexits.h).
EXIT_AGAIN = 75
EXIT_HUNG = EXIT_AGAIN
STACKS = "agent-hung.txt"


class Pulse:
    """While it is entered, the running loop must turn at least every ``limit`` seconds.

    A computer that sleeps is no reason: the thread sleeps with it.
    """

    def __init__(
        self,
        folder: Path,
        limit: float = 180.0,
        every: float = 15.0,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self._stacks = folder / STACKS
        self._limit = limit
        self._every = every
        self._end = end
        self._beaten = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            self._beaten.clear()
            try:
                self._loop.call_soon_threadsafe(self._beaten.set)
            except RuntimeError:  # the loop is closed: the process ends anyway
                return
            waited = 0.0
            while not self._beaten.wait(min(self._every, self._limit)):
                waited += min(self._every, self._limit)
                if self._over.is_set():
                    return
                if waited >= self._limit:
                    self._hung()
                    return

    def _hung(self) -> None:
        try:
            with self._stacks.open("w", encoding="utf-8") as file:
                faulthandler.dump_traceback(file, all_threads=True)
        except OSError:
            pass  # a full disk may be why it hangs: ending matters more
        self._end(EXIT_HUNG)
