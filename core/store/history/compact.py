"""Thins what is old, a little at a time: each step is one short transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from core.store.history import chunks
from core.store.history.codec import alike, unpack
from core.store.history.thin import Span, thinned

#: A device is looked at again when so much more of its history has grown old (seconds).
AGAIN = 7 * 86_400
#: A step ends after so long (seconds): others wait for the thread that writes.
STEP = 0.02
#: So many small chunks, or so many others, are read at once: some thousand runs, or 10 ms.
_SMALL_AT_ONCE, _AT_ONCE = 20, 3
# So many runs are in a chunk that is thinned.
_DAILY_CHUNK, _MONTHLY_CHUNK = 384, 512
# Chunks of every change are put together into larger ones, which take less room.
_LARGE, _ENOUGH = 240, 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What is old: ``daily`` and ``monthly`` as in ``thin.borders``, with how to number both."""

    daily: int
    monthly: int
    day: Span
    month: Span


@dataclass(frozen=True, slots=True)
class Thinned:
    """What was done: devices looked through, runs before and after, and whether that was all."""

    devices: int = 0
    before: int = 0
    after: int = 0
    done: bool = False

    def __add__(self, other: Thinned) -> Thinned:
        return Thinned(
            self.devices + other.devices,
            self.before + other.before,
            self.after + other.after,
            other.done,
        )


def step(connection: sqlite3.Connection, plan: Plan, monotonic: Callable[[], float]) -> Thinned:
    """Thin for a short while. ``done`` where nothing was left to do."""
    end = monotonic() + STEP
    total = Thinned()
    while True:
        found = connection.execute(
            "SELECT device FROM history_head WHERE compacted_to < ? "
            "ORDER BY compacted_to, device LIMIT 1",
            (plan.daily - AGAIN,),
        ).fetchone()
        if found is None:
            return total + Thinned(done=True)
        total += _device(connection, found[0], plan, lambda: monotonic() >= end)
        if monotonic() >= end:
            return total


def _device(
    connection: sqlite3.Connection, device: int, plan: Plan, late: Callable[[], bool]
) -> Thinned:
    """Thin a device's history, or a part of it; it is marked when all is done."""
    total = Thinned()
    for path in sorted(chunks.paths(connection, device)):
        line = _Line(device, chunks.path_number(connection, path), path.endswith(".serial"))
        _put_together(connection, line)
        if late():
            return total
        for grade, border, span in (
            (chunks.DAILY, plan.daily, plan.day),
            (chunks.MONTHLY, plan.monthly, plan.month),
        ):
            while part := _chunks(connection, line, grade, border, span):
                total += part
                if late():
                    return total
    connection.execute(
        "UPDATE history_head SET compacted_to = ? WHERE device = ?", (plan.daily, device)
    )
    return total + Thinned(devices=1)


def _put_together(connection: sqlite3.Connection, line: _Line) -> None:
    """Make large chunks of small ones, where there are enough; not one change is lost."""
    small = connection.execute(
        "SELECT id, body FROM history_chunk WHERE device = ? AND path = ? AND grade = ? "
        "AND count < ? ORDER BY start LIMIT ?",
        (line.device, line.path, chunks.RAW, _LARGE, _SMALL_AT_ONCE),
    ).fetchall()
    if len(small) < _ENOUGH:
        return
    connection.executemany("DELETE FROM history_chunk WHERE id = ?", [(row[0],) for row in small])
    runs = sorted(
        (run for row in small for run in unpack(row[1])), key=lambda run: (run.at, run.until)
    )
    for part in alike(runs):
        for first in range(0, len(part), _LARGE):
            chunks.put(connection, line.device, line.path, part[first : first + _LARGE])


@dataclass(frozen=True, slots=True)
class _Line:
    device: int
    path: int
    all_words: bool


def _chunks(
    connection: sqlite3.Connection, line: _Line, grade: int, border: int, span: Span
) -> Thinned | None:
    """Thin some chunks of the grade below that end before the border; ``None``: there are none."""
    device, path = line.device, line.path
    old = connection.execute(
        "SELECT start, body FROM history_chunk WHERE device = ? AND path = ? AND grade = ? "
        "AND finish < ? ORDER BY start LIMIT ?",
        (device, path, grade - 1, border, _AT_ONCE),
    ).fetchall()
    if not old:
        return None
    # The last thinned one goes along where it is not full: a day may begin in it.
    most = _DAILY_CHUNK if grade == chunks.DAILY else _MONTHLY_CHUNK
    old += connection.execute(
        "SELECT start, body FROM history_chunk WHERE device = ? AND path = ? AND grade = ? "
        "ORDER BY start DESC LIMIT 1",
        (device, path, grade),
    ).fetchall()
    runs = sorted(
        (run for _, body in old for run in unpack(body)), key=lambda run: (run.at, run.until)
    )
    connection.executemany(
        "DELETE FROM history_chunk WHERE device = ? AND path = ? AND start = ?",
        [(device, path, start) for start, _ in old],
    )
    kept = thinned(runs, span, all_words=line.all_words)
    for part in alike(kept):
        for first in range(0, len(part), most):
            chunks.put(connection, device, path, part[first : first + most], grade)
    return Thinned(before=len(runs), after=len(kept))
