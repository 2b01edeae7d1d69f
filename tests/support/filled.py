"""A store that is full already: many devices with their last readings, put there in one go."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import SystemRandom

from core.host import clock
from core.host.clock import rfc3339
from core.model.device import DeviceSummary
from core.model.identity import Endpoint
from core.store import Store, devices, readings
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading


async def fill(folder: Path, count: int, network: str = "127.75") -> None:
    """Store ``count`` devices at addresses of ``network`` (its first two numbers).

    It is the store's own code for a reading, all of them in one transaction: one each, as an agent
    stores them, would take a minute.
    """
    store = await Store.open(folder, clock.now, SystemRandom())
    try:
        made = [_placed(each, number, network) for number, each in enumerate(summaries(count))]
        await store._writer.run(partial(_save, store, made))
    finally:
        await store.close()


def _placed(summary: DeviceSummary, number: int, network: str) -> DeviceSummary:
    """Give a device at an address of loopback, so that whoever asks it asks nobody outside."""
    place = Endpoint(f"{network}.{number // 250}.{1 + number % 250}", 1161)
    identity = replace(summary.device.identity, serial=f"FILLED-{number:05}")
    return replace(summary, device=replace(summary.device, endpoint=place, identity=identity))


def _save(store: Store, summaries: list[DeviceSummary], db: sqlite3.Connection) -> None:
    now = rfc3339(clock.now())
    for summary in summaries:
        made = replace(reading(summary), taken_at=now)
        visit = readings.visit_of(made, summary.device.segment, "2c", 0)
        readings.save(db, made, visit, store._make_key(), now, store._make_key)
        # Listed, and not read at the usual times: nobody is there.
        devices.set_managed(db, devices.row_of(db, _key(db)), managed=False)


def _key(db: sqlite3.Connection) -> str:
    return str(db.execute("SELECT key FROM device ORDER BY id DESC LIMIT 1").fetchone()[0])


if __name__ == "__main__":
    asyncio.run(fill(Path(sys.argv[1]), int(sys.argv[2])))
