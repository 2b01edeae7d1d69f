"""Reads the history of a device back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from core.model.history import Run
from core.model.provenance import Provenance
from core.store import devices
from core.store.history import chunks, doubtful
from core.store.history.save import load

_IN_TIME = itemgetter(0, 1)  # of a run: at, until


class Part(NamedTuple):
    """Which value, and the span of time (Unix seconds) that its runs are to reach into.

    What the printer said is left out of what was over before ``raw_from`` (``None``: of all that
    is packed), and ``Run.raw`` is ``None`` there: to unpack it costs more than all the rest. And no
    more of that is read than tells of ``days`` days (``None``: all).
    """

    path: str
    since: int
    until: int
    raw_from: int | None = 0
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The runs of one value, by time; those in doubt, in the order they were read; the origins
    that both name, by number; and when the device was last read (Unix seconds, 0: never).
    """

    runs: tuple[Run, ...]
    doubtful: tuple[Run, ...]
    origins: dict[int, Provenance]
    last_at: int


def paths(connection: sqlite3.Connection, device_key: str) -> tuple[str, ...]:
    """Name the values of a device that have a history; raises ``StoreError`` (unknown device)."""
    device = devices.known_row(connection, device_key)
    head = load(connection, device)
    told = {item.path for item in doubtful.told(connection, device)}
    named = set(chunks.paths(connection, device)) | told
    return tuple(sorted(named | (set(head.lines) if head else set())))


def read(
    connection: sqlite3.Connection, device_key: str, path: str, since: int, until: int
) -> Kept:
    """Give the runs of one value that reach into a span of time (Unix seconds)."""
    return read_many(connection, device_key, (Part(path, since, until),))[0]


def read_many(connection: sqlite3.Connection, device_key: str, parts: Sequence[Part]) -> list[Kept]:
    """Give the runs of some values: what they have in common is read once."""
    device = devices.known_row(connection, device_key)
    head = load(connection, device)
    told = list(doubtful.told(connection, device))
    known: dict[int, Provenance | None] = {0: None}
    found = []
    for part in parts:
        runs = chunks.within(connection, device, *part)
        if head is not None:
            runs += [
                run
                for run in head.runs(part.path)
                if run.until >= part.since and run.at <= part.until
            ]
        runs.sort(key=_IN_TIME)
        doubt = tuple(item.run for item in told if item.path == part.path)
        numbers = {run.origin for run in (*runs, *doubt)}
        for number in numbers - known.keys():
            known[number] = chunks.origin(connection, number)
        origins = {n: origin for n in numbers if (origin := known[n]) is not None}
        found.append(Kept(tuple(runs), doubt, origins, head.last_at if head else 0))
    return found
