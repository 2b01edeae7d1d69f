"""Watches that nothing holds the window's thread: how long each turn of Qt's loop works.

What counts is processor time of that thread (``time.thread_time``), from one round of the loop to
the next: on a busy machine the clock on the wall says how others work, too. While a turn is late,
another thread notes where it is, so that a failure names the code that holds on.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject

LIMIT = 0.050  # seconds
_LOOK = 0.010


@dataclass
class Watch:
    """What was seen: the longest turn, and for turns over the limit, their time and where."""

    longest: float = 0.0
    turns: int = 0
    late: list[tuple[float, str]] = field(default_factory=list)

    def __str__(self) -> str:
        worst = sorted(self.late, reverse=True)[:3]
        told = "\n".join(
            f"{1000 * took:.0f} ms in:\n" + "\n".join(where.splitlines()[:8])
            for took, where in worst
        )
        return f"{self.turns} turns, longest {1000 * self.longest:.0f} ms, {told}"


class _Turns(QObject):
    """Measures the turns of the loop of this thread.

    A turn goes from where the loop is about to wait to where it has done what it woke for. How
    long it waits does not matter: that costs no processor time.
    """

    def __init__(self, watch: Watch, limit: float) -> None:
        super().__init__()
        self._watch, self._limit = watch, limit
        self._thread = threading.get_ident()
        self._since, self._wall = time.thread_time(), time.monotonic()
        self._where = ""
        self._ended = threading.Event()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self._mark)
        dispatcher.awake.connect(self._mark)
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()

    def end(self) -> None:
        """Watch no more."""
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.disconnect(self._mark)
        dispatcher.awake.disconnect(self._mark)
        self._mark()
        self._ended.set()
        self._sampler.join()

    def _mark(self) -> None:
        now = time.thread_time()
        took = now - self._since
        self._watch.turns += 1
        self._watch.longest = max(self._watch.longest, took)
        if took > self._limit:
            self._watch.late.append((took, self._where))
        self._since, self._wall, self._where = now, time.monotonic(), ""

    def _sample(self) -> None:
        while not self._ended.wait(_LOOK):
            if time.monotonic() - self._wall > self._limit / 2:
                # The deepest place: the loop itself is where it is when the work is done.
                self._where = max(self._where, _stack(self._thread), key=lambda w: w.count("\n"))


def _stack(thread: int) -> str:
    """Say where a thread is, at once: a frame that is held keeps a painter from its end."""
    frame, found = sys._current_frames().get(thread), []
    while frame is not None:
        found.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    del frame
    return "\n".join(f"  {name}:{line} in {work}" for name, line, work in found)


@contextmanager
def watching(limit: float = LIMIT) -> Iterator[Watch]:
    """Watch the loop of this thread while the block runs it."""
    assert QCoreApplication.instance() is not None
    watch = Watch()
    turns = _Turns(watch, limit)
    try:
        yield watch
    finally:
        turns.end()
