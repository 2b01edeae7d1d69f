"""Reads the history of a device back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from core.model.history import Run
from core.model.provenance import Provenance
from core.store import devices
from core.store.history import chunks, doubtful
from core.store.history.save import load


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
    device = devices.known_row(connection, device_key)
    runs = chunks.within(connection, device, path, since, until)
    head = load(connection, device)
    if head is not None:
        runs += head.runs(path)
    runs = [run for run in runs if run.until >= since and run.at <= until]
    runs.sort(key=lambda run: (run.at, run.until))
    doubt = tuple(item.run for item in doubtful.told(connection, device) if item.path == path)
    origins = {}
    for number in {run.origin for run in (*runs, *doubt)} - {0}:
        found = chunks.origin(connection, number)
        if found is not None:
            origins[number] = found
    return Kept(tuple(runs), doubt, origins, head.last_at if head else 0)
