"""How quick the store is with many devices. Prints one JSON object.

``python benchmarks/store.py [--devices 10000] [--readings 3]``: every device is found once and
read so many times, then lists and histories are asked for while nothing else runs and while
readings are being stored. Times are in milliseconds; budget: a page of the list under 50.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.host.clock import now
from core.model.evidence import Finding
from core.model.reading import Reading
from core.store import Store
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading

PAGE = 500
TRIES = 40


def samples(devices: int) -> list[tuple[Finding, Reading]]:
    """Make that many printers, each with a serial of its own."""
    made = []
    for number, summary in enumerate(summaries(devices)):
        device = summary.device
        identity = replace(device.identity, serial=f"S{number}")
        finding = Finding(device.endpoint, identity, device.evidence)
        made.append((finding, replace(reading(summary), identity=identity)))
    return made


async def spread(ask: Callable[[], Awaitable[Any]], tries: int = TRIES) -> dict[str, float]:
    """Ask so many times, and give the median and the slowest."""
    times = []
    for _ in range(tries):
        begun = time.perf_counter()
        await ask()
        times.append((time.perf_counter() - begun) * 1000)
    return {"median_ms": round(statistics.median(times), 2), "worst_ms": round(max(times), 2)}


async def fill(store: Store, made: list[tuple[Finding, Reading]], readings: int) -> dict[str, Any]:
    """Store all findings and readings, and give how many a second."""
    begun = time.perf_counter()
    for finding, _ in made:
        await store.save_finding(finding, "2026-01-01T00:00:00Z")
    found = time.perf_counter()
    for day in range(readings):
        for _, given in made:
            await store.save_reading(replace(given, taken_at=f"2026-01-{day + 1:02}T00:00:00Z"))
    read = time.perf_counter()
    return {
        "findings_per_second": round(len(made) / (found - begun)),
        "readings_per_second": round(len(made) * readings / (read - found)),
    }


async def lists(store: Store) -> dict[str, Any]:
    """Ask for what a window asks for."""
    keys = [device.key for device in await store.managed()]
    random = Random(1)
    return {
        "first_page": await spread(lambda: store.devices("", PAGE)),
        "any_page": await spread(lambda: store.devices(random.choice(keys), PAGE)),
        "one_device": await spread(lambda: store.device(random.choice(keys))),
        "history": await spread(lambda: store.readings(random.choice(keys))),
        "outbox_batch": await spread(lambda: store.outbox(100, 1 << 20)),
        "counts": await spread(store.counts),
        "managed": await spread(store.managed, 5),
    }


async def measure(folder: Path, devices: int, readings: int) -> dict[str, Any]:
    """Fill a store and measure it."""
    made = samples(devices)
    gc.freeze()  # the samples are no part of what is measured
    store = await Store.open(folder, now, SystemRandom())
    answer: dict[str, Any] = {"devices": devices, "readings": devices * readings}
    answer |= await fill(store, made, readings)
    answer["at_rest"] = await lists(store)

    async def go_on() -> None:
        while True:
            for _, given in made:
                await store.save_reading(given)

    busy = asyncio.create_task(go_on())
    answer["while_storing"] = await lists(store)
    busy.cancel()
    with suppress(asyncio.CancelledError):
        await busy
    await store.close()
    answer["file_mb"] = round((folder / "store.sqlite").stat().st_size / 1e6, 1)
    begun = time.perf_counter()
    await (await Store.open(folder, now, SystemRandom())).close()
    answer["open_and_close_ms"] = round((time.perf_counter() - begun) * 1000, 1)
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return answer


def main() -> None:
    """Read the arguments and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--readings", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measure(Path(folder), given.devices, given.readings))))


if __name__ == "__main__":
    main()
