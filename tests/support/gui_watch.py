"""Watches that nothing holds the window's thread: how long each turn of Qt's loop takes.

Two clocks judge a turn, from one round of the loop to the next. **Processor time** of the thread
(``time.thread_time``) says what the window's own work costs: it must stay under the limit, on any
machine. **The clock on the wall** also sees what the thread waits for: a lock of Python's that
another thread holds, a disk, the screen. On a busy machine it would judge the neighbours as well,
so what the kernel counts as "wanted a processor and had none" (the second field of ``schedstat``)
is taken off, for every thread of this process and of those named, such as the screen's. Where the
kernel does not count that, or the loop does not say when it begins to wait (Qt's loop on GLib), the
wall is not judged.

While a turn is late, another thread notes where it is, so that a failure names the code.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject

LIMIT = 0.050  # seconds
_LOOK = 0.010


@dataclass(frozen=True)
class Late:
    """A turn over the limit: seconds of processor, seconds that it took beyond those for which the
    machine had no processor, the phase, and where it was.
    """

    cpu: float
    wall: float
    phase: str
    where: str

    def __str__(self) -> str:
        head = "\n".join(self.where.splitlines()[:8])
        return f"{1000 * self.cpu:.0f} ms of work, {1000 * self.wall:.0f} ms, {self.phase}:\n{head}"


@dataclass
class Watch:
    """What was seen, by phase: ``longest`` seconds of processor and ``slowest`` of the wall."""

    turns: int = 0
    phase: str = ""
    longest: dict[str, float] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)

    @property
    def worst(self) -> float:
        """The longest work of all phases, in seconds."""
        return max(self.longest.values(), default=0.0)

    def __str__(self) -> str:
        rows = sorted(self.late, key=lambda each: max(each.cpu, each.wall), reverse=True)[:3]
        told = "\n".join(map(str, rows))
        return f"{self.turns} turns, longest {1000 * self.worst:.0f} ms\n{told}"


def starved(processes: Sequence[str] = ("self",)) -> float | None:
    """Give the seconds for which threads of these processes wanted a processor and had none;
    ``None`` where the kernel does not say.
    """
    total = 0
    try:
        for process in processes:
            for task in Path(f"/proc/{process}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return None
    return total / 1e9


class _Turns(QObject):
    """Measures the turns of the loop of this thread.

    A turn goes from where the loop is about to wait to where it has done what it woke for. How
    long it waits for something to do does not count.
    """

    def __init__(self, watch: Watch, limit: float, processes: Sequence[str]) -> None:
        super().__init__()
        self._watch, self._limit, self._processes = watch, limit, processes
        self._thread = threading.get_ident()
        self._hungry = starved(processes)
        self._since, self._wall, self._before = time.thread_time(), time.monotonic(), self._hungry
        self._where = ""
        self._ended = threading.Event()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self._rest)
        dispatcher.awake.connect(self._mark)
        self._resting = False
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()

    def end(self) -> None:
        """Watch no more."""
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.disconnect(self._rest)
        dispatcher.awake.disconnect(self._mark)
        self._mark()
        self._ended.set()
        self._sampler.join()

    def _rest(self) -> None:
        self._mark()
        self._resting = True

    def _mark(self) -> None:
        watch, phase = self._watch, self._watch.phase
        now, wall = time.thread_time(), time.monotonic()
        cpu, took = now - self._since, wall - self._wall
        if self._resting:
            took = cpu
        elif took > self._limit:
            took = self._without_hunger(took, cpu)
        watch.turns += 1
        watch.longest[phase] = max(watch.longest.get(phase, 0.0), cpu)
        watch.slowest[phase] = max(watch.slowest.get(phase, 0.0), took)
        if max(cpu, took) > self._limit:
            watch.late.append(Late(cpu, took, phase, self._where))
        self._resting = False
        self._since, self._wall, self._where = time.thread_time(), time.monotonic(), ""
        self._before = self._hungry

    def _without_hunger(self, took: float, cpu: float) -> float:
        after = starved(self._processes)
        if after is None or self._before is None:
            return cpu
        return max(cpu, took - (after - self._before))

    def _sample(self) -> None:
        while not self._ended.wait(_LOOK):
            self._hungry = starved(self._processes)
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
def watching(limit: float = LIMIT, others: Sequence[str] = ()) -> Iterator[Watch]:
    """Watch the loop of this thread while the block runs it; ``others`` are numbers of processes
    that it may wait for, such as the screen's.
    """
    assert QCoreApplication.instance() is not None
    watch = Watch()
    turns = _Turns(watch, limit, ("self", *others))
    try:
        yield watch
    finally:
        turns.end()
