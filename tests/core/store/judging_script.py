"""Stores readings in a folder (its argument), each judged, as fast as it can until it is killed.

The total rises by one a reading; a rule tells every tenth. Goes on where the last one was killed.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path
from random import SystemRandom

from core.model.rule import VolumeReached
from core.store import Store
from core.telemetry.rules.judge import judging
from core.telemetry.rules.memory import Limits
from tests.support.judged import rule
from tests.support.stored import StoppedClock, at, reading

RULES = (rule(VolumeReached(every=10), id="each"),)


async def main(folder: Path) -> None:
    store = await Store.open(folder, StoppedClock(), SystemRandom())
    known = (await store.devices()).items
    total = known[0].latest.meters["total"] if known and known[0].latest else 0
    os.write(1, b"ready\n")
    while True:
        total += 1
        taken = replace(reading(serial="S", seconds=total), meters={"total": total})
        judge = judging(RULES, at(total), Limits(), taken)
        await store.save_reading(taken, judge=judge)
        os.write(1, b".\n")


asyncio.run(main(Path(sys.argv[1])))
