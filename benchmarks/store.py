"""How quick the store is with many devices and years of history. Prints one JSON object.

``python benchmarks/store.py [--devices 10000] [--years 5] [--folder DIR]``: every device is found
and read once, and has a history of so many years of hourly readings (see ``_past.py``). Then
lists, charts and exports are asked for while nothing else runs, and lists while readings are being
stored. Budgets: a page of the list under 50 ms, one device's chart under 100 ms, the file under
2 GB.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import _past
from _exports import exports

from core.histories import history
from core.host.clock import now, rfc3339
from core.model.evidence import Finding
from core.model.history import Bucket
from core.model.query import HistoryArguments
from core.model.reading import Reading
from core.store import Store
from core.store.connection import NAME
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading

PAGE = 500
TRIES = 40


def samples(devices: int) -> list[tuple[Finding, Reading]]:
    """Make that many printers, each with a serial of its own, read at the end of the history."""
    made = []
    for number, summary in enumerate(summaries(devices)):
        device = summary.device
        identity = replace(device.identity, serial=f"S{number}")
        finding = Finding(device.endpoint, identity, device.evidence)
        given = replace(reading(summary), identity=identity, taken_at=rfc3339(_past.END))
        made.append((finding, given))
    return made


async def spread(ask: Callable[[], Awaitable[Any]], tries: int = TRIES) -> dict[str, float]:
    """Ask so many times, and give the median and the slowest, of the clock and of the processor:
    what others do on this machine counts in the one alone.
    """
    times, work = [], []
    for _ in range(tries):
        begun, worked = time.perf_counter(), time.process_time()
        await ask()
        work.append((time.process_time() - worked) * 1000)
        times.append((time.perf_counter() - begun) * 1000)
    return {
        "median_ms": round(statistics.median(times), 2),
        "worst_ms": round(max(times), 2),
        "median_cpu_ms": round(statistics.median(work), 2),
        "worst_cpu_ms": round(max(work), 2),
    }


async def fill(folder: Path, made: list[tuple[Finding, Reading]]) -> dict[str, Any]:
    """Store every device once, and say how many a second."""
    store = await Store.open(folder, now, SystemRandom())
    begun = time.perf_counter()
    for finding, _ in made:
        await store.save_finding(finding, rfc3339(_past.END))
    found = time.perf_counter()
    keys = [(await store.save_reading(given)).key for _, given in made]
    read = time.perf_counter()
    await store.acknowledge(keys)  # what is delivered is not history
    await store.close()
    return {
        "findings_per_second": round(len(made) / (found - begun)),
        "readings_per_second": round(len(made) / (read - found)),
    }


async def lists(store: Store) -> dict[str, Any]:
    """Ask for what a window asks for."""
    keys = [device.key for device in await store.managed()]
    random = Random(1)
    return {
        "first_page": await spread(lambda: store.devices("", PAGE)),
        "any_page": await spread(lambda: store.devices(random.choice(keys), PAGE)),
        "one_device": await spread(lambda: store.device(random.choice(keys))),
        "last_readings": await spread(lambda: store.readings(random.choice(keys))),
        "outbox_batch": await spread(lambda: store.outbox(100, 1 << 20)),
        "counts": await spread(store.counts),
        "managed": await spread(store.managed, 5),
    }


async def charts(store: Store) -> dict[str, Any]:
    """Ask for the charts of a device: what the history's panel and the details show."""
    keys = [device.key for device in await store.managed()]
    random = Random(2)
    since = {
        "total_by_day_90_days": ("2026-04-01T00:00:00Z", Bucket.DAY, ("meters.total",)),
        "main_meters_by_day_90_days": (
            "2026-04-01T00:00:00Z",
            Bucket.DAY,
            ("meters.total", "meters.mono", "meters.color"),
        ),
        "total_by_month_all": (None, Bucket.MONTH, ("meters.total",)),
        "total_by_day_2_years": ("2024-07-01T00:00:00Z", Bucket.DAY, ("meters.total",)),
        "supplies_by_day_1_year": ("2025-07-01T00:00:00Z", Bucket.DAY, ("supplies",)),
        "supplies_each_change_90_days": (
            "2026-04-01T00:00:00Z",
            Bucket.RAW,
            ("supplies",),
        ),
        "total_each_change_90_days": ("2026-04-01T00:00:00Z", Bucket.RAW, ("meters.total",)),
        "all_values_by_month_all": (None, Bucket.MONTH, ()),
    }

    def ask(begin: str | None, bucket: Bucket, paths: tuple[str, ...]) -> Awaitable[Any]:
        wanted = HistoryArguments(random.choice(keys), paths, begin, None, bucket, "Europe/Berlin")
        return history(store.history, wanted, "")

    return {name: await spread(partial(ask, *wanted)) for name, wanted in since.items()}


async def busy(store: Store, made: list[tuple[Finding, Reading]]) -> dict[str, Any]:
    """Ask for lists while readings are being stored."""

    async def go_on() -> None:
        while True:
            for _, given in made:
                await store.save_reading(given)

    task = asyncio.create_task(go_on())
    found = await lists(store)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return found


async def measure(folder: Path, devices: int, years: float) -> dict[str, Any]:
    """Fill a store and measure it."""
    made = samples(devices)
    gc.freeze()  # the samples are no part of what is measured
    answer: dict[str, Any] = {"devices": devices, "years": years}
    answer["printers"] = _past.live(folder / "past.sqlite", years)
    answer |= await fill(folder, made)
    path = folder / NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        _past.copy(db, folder / "past.sqlite")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = db.execute("SELECT count(*), sum(count) FROM history_chunk").fetchone()
    answer |= {"chunks": rows[0], "changes": rows[1]}
    answer["file_mb"] = round(path.stat().st_size / 1e6, 1)
    store = await Store.open(folder, now, SystemRandom())
    answer["at_rest"] = await lists(store)
    answer["charts"] = await charts(store)
    answer["exports"] = await exports(store, folder)
    answer["while_storing"] = await busy(store, made)
    await store.close()
    begun = time.perf_counter()
    await (await Store.open(folder, now, SystemRandom())).close()
    answer["open_and_close_ms"] = round((time.perf_counter() - begun) * 1000, 1)
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return answer


def main() -> None:
    """Read the arguments and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--years", type=float, default=5)
    parser.add_argument("--folder", help="where the store is made (and removed)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        print(json.dumps(asyncio.run(measure(Path(folder), given.devices, given.years))))


if __name__ == "__main__":
    main()
