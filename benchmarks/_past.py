"""Years of history for the store's benchmark, made by the production code.

A few printers live through all the years, reading by reading, in a store of their own, and their
history is thinned each week as the agent does it. Every device of the large store then gets a copy
of one of them.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from core.host.clock import rfc3339
from core.model.jsonio import from_json
from core.model.provenance import Provenance
from core.model.reading import DeviceState, LevelState, Reading, Status, Supply
from core.store import bodies
from core.store.connection import open_writer
from core.store.history import save
from core.store.history.compact import Plan, step
from core.store.history.thin import borders, days, months
from core.store.history.values import values
from tests.support.need import ROOT
from tests.support.simulated import simulated

END = datetime(2026, 6, 30, 23, tzinfo=UTC)
NETWORK = "127.44.200.0/24"


@dataclass(frozen=True, slots=True)
class Habit:
    """How a printer is used: pages an hour while it is used, from, to, and on weekends too."""

    name: str
    pages: int
    first: int
    last: int
    weekend: bool

    def printed(self, at: datetime, dice: Random) -> int:
        """Give the pages of the hour before ``at``."""
        if not self.first <= at.hour < self.last or (at.weekday() > 4 and not self.weekend):
            return 0
        return dice.randrange(self.pages * 2)


HABITS = (
    Habit("office", 40, 7, 19, weekend=False),
    Habit("office", 15, 7, 19, weekend=False),
    Habit("office", 60, 6, 20, weekend=False),
    Habit("day and night", 80, 0, 24, weekend=True),
    Habit("office", 25, 8, 18, weekend=False),
    Habit("little", 2, 8, 18, weekend=False),
)


def first_readings() -> list[Reading]:
    """Read as many simulated printers, of different makers, as there are habits."""
    with simulated(NETWORK, len(HABITS)) as printers:
        read = [
            subprocess.run(
                [sys.executable, "-m", "app", "read", p.address, "--port", str(p.port), "--json"],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for p in printers
        ]
    return [from_json(text, Reading) for text in read]


def lived(first: Reading, habit: Habit, years: float, dice: Random) -> Iterator[Reading]:
    """Give a printer's readings, one an hour, until ``END``."""
    at = END - timedelta(days=365 * years)
    now = first
    while at <= END:
        pages = habit.printed(at, dice)
        state = DeviceState.PRINTING if pages and not dice.randrange(3) else DeviceState.IDLE
        if not pages:
            state = DeviceState.SLEEP
        now = replace(_older(now, pages, dice), taken_at=rfc3339(at), status=Status(state))
        yield now
        at += timedelta(hours=1, seconds=dice.randrange(-5, 6))


def _older(was: Reading, pages: int, dice: Random) -> Reading:
    """Print pages: some of each kind, with what the printer would say of it."""
    if not pages:
        return was
    meters, origins = dict(was.meters), dict(was.provenance)
    for name in meters:
        part = pages if name == "total" else dice.randrange(pages + 1)
        meters[name] += part
        _say(origins, f"meters.{name}", part)
    life = was.engine_life
    if life is not None:
        life = replace(life, value=life.value + pages)
        _say(origins, "engine_life", pages)
    supplies = tuple(_emptier(supply, pages) for supply in was.supplies)
    for supply in supplies:
        path = f"supplies[{supply.index}].level_percent"
        if supply.level_percent is not None and path in origins:
            raw = (str(int(supply.level_percent * 120)), *origins[path].raw[1:])
            origins[path] = replace(origins[path], raw=raw)
    return replace(was, meters=meters, engine_life=life, supplies=supplies, provenance=origins)


def _say(origins: dict[str, Provenance], path: str, part: int) -> None:
    origin = origins.get(path)
    if origin is not None and origin.raw and origin.raw[0].isdecimal():
        raw = (str(int(origin.raw[0]) + part), *origin.raw[1:])
        origins[path] = replace(origin, raw=raw)


def _emptier(supply: Supply, pages: int) -> Supply:
    if supply.level_percent is None:
        return supply
    left = supply.level_percent - pages / 120
    level = 100.0 if left < 1 else round(left, 1)
    return replace(
        supply, level_percent=level, state=LevelState.LOW if level < 10 else LevelState.OK
    )


def live(path: Path, years: float) -> list[dict[str, object]]:
    """Fill the store at ``path`` with one device a habit; gives what each of them takes."""
    db = open_writer(path, 5)
    db.execute("PRAGMA synchronous = OFF")
    found = []
    for number, (first, habit) in enumerate(zip(first_readings(), HABITS, strict=True), start=1):
        db.execute(
            "INSERT INTO device (id, key, address, port, provisional, first_seen, last_seen) "
            "VALUES (?, ?, 'a', 161, 0, '', '')",
            (number, f"k{number}"),
        )
        begun = time.perf_counter()
        count = 0
        thinning = 0.0
        db.execute("BEGIN")
        for count, reading in enumerate(lived(first, habit, years, Random(number)), start=1):
            save.save(db, number, reading)
            if count % (24 * 7) == 0:
                thinning = max(thinning, _thin(db, reading.taken_at))
            if reading.taken_at >= rfc3339(END - timedelta(hours=bodies.KEPT)):
                db.execute(
                    "INSERT INTO reading (key, device, taken_at, body) VALUES (?, ?, ?, ?)",
                    (f"{number}-{count}", number, reading.taken_at, bodies.write(reading)),
                )
        db.execute("COMMIT")
        took = time.perf_counter() - begun
        found.append({"habit": habit.name, "readings": count, **_sizes(db, number)})
        found[-1] |= {
            "paths": len(values(reading)),
            "microseconds_a_reading": round(took / count * 1e6),
            "longest_step_cpu_ms": round(thinning * 1000, 1),
        }
    db.close()
    return found


def _thin(db: sqlite3.Connection, now: str) -> float:
    daily, monthly = borders(datetime.fromisoformat(now), UTC)
    plan = Plan(daily, monthly, days(UTC), months(UTC))
    longest, done = 0.0, False
    while not done:
        begun = time.thread_time()  # what others do on this machine does not count
        done = step(db, plan, time.perf_counter).done
        longest = max(longest, time.thread_time() - begun)
    return longest


def _sizes(db: sqlite3.Connection, device: int) -> dict[str, object]:
    chunks = db.execute(
        "SELECT grade, count(*), sum(count), sum(length(body)) FROM history_chunk "
        "WHERE device = ? GROUP BY grade",
        (device,),
    ).fetchall()
    head = db.execute("SELECT length(body) FROM history_head WHERE device = ?", (device,))
    whole = db.execute("SELECT sum(length(body)) FROM reading WHERE device = ?", (device,))
    return {
        "chunks": {
            ("every change", "daily", "monthly")[g]: [n, runs, size] for g, n, runs, size in chunks
        },
        "head_bytes": head.fetchone()[0],
        "whole_readings_bytes": whole.fetchone()[0],
    }


def copy(db: sqlite3.Connection, past: Path) -> None:
    """Give every device of ``db`` a copy of one of the histories at ``past``."""
    db.execute("ATTACH ? AS past", (str(past),))
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    for table in ("history_origin", "history_path", "history_clock"):
        db.execute(f"DELETE FROM main.{table}")
        db.execute(f"INSERT INTO main.{table} SELECT * FROM past.{table}")
    rows = [row[0] for row in db.execute("SELECT id FROM main.device ORDER BY id")]
    for row in rows:
        old = row % len(HABITS) + 1
        db.execute("DELETE FROM main.history_head WHERE device = ?", (row,))
        db.execute("DELETE FROM main.reading WHERE device = ?", (row,))
        db.execute(
            "INSERT INTO main.history_head SELECT ?, last_at, compacted_to, body "
            "FROM past.history_head WHERE device = ?",
            (row, old),
        )
        db.execute(
            "INSERT INTO main.history_chunk (device, path, start, finish, grade, count, body) "
            "SELECT ?, path, start, finish, grade, count, body "
            "FROM past.history_chunk WHERE device = ?",
            (row, old),
        )
        db.execute(
            "INSERT INTO main.reading (key, device, taken_at, body) "
            "SELECT ? || '-' || key, ?, taken_at, body FROM past.reading WHERE device = ?",
            (row, row, old),
        )
    db.execute("COMMIT")
    db.execute("DETACH past")
    db.execute("PRAGMA synchronous = FULL")
