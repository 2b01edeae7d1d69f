"""Stores readings in a folder (its argument) as fast as it can until it is killed.

Says "ready" before it opens the store, then each key that the store has acknowledged.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from random import Random, SystemRandom

from core.store import Store
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading
from tests.support.stored import StoppedClock


async def main(folder: Path) -> None:
    readings = [reading(summary) for summary in summaries(40)]
    random = Random()
    os.write(1, b"ready\n")
    store = await Store.open(folder, StoppedClock(), SystemRandom())

    async def save() -> None:
        while True:
            saved = await store.save_reading(random.choice(readings))
            os.write(1, f"{saved.key}\n".encode())

    await asyncio.gather(save(), save(), save())


asyncio.run(main(Path(sys.argv[1])))
