"""Thins the history in a folder (its argument) again and again, a little each time, until killed.

Says "ready" before it begins. The clock runs ahead, so that there is always more to thin.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from datetime import UTC, timedelta
from pathlib import Path
from random import SystemRandom

from core.store import Store
from core.store.history import compact
from tests.support.stored import START, StoppedClock


async def main(folder: Path, days: int) -> None:
    compact.STEP = 0.0  # a transaction a path
    store = await Store.open(folder, StoppedClock(), SystemRandom())
    os.write(1, b"ready\n")
    for day in range(91, days + 1):
        await store.history.compact(START + timedelta(days=day), UTC, 60, time.monotonic)
    os.write(1, b"done\n")
    await store.close()


asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
