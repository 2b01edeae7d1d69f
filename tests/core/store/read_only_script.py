"""Opens stores on a disk (its argument) that has become read-only, and says in JSON what came."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from core.store import StoreError
from tests.support.stored import opened, reading


async def _code(folder: Path) -> str:
    try:
        async with opened(folder) as store:
            await store.save_reading(reading(serial="S"))
    except StoreError as error:
        return error.problem.code
    return "written"


async def _fill(folder: Path) -> None:
    async with opened(folder) as store:
        await store.save_reading(reading(serial="S"))


def main(disk: Path) -> dict[str, str]:
    asyncio.run(_fill(disk / "data"))
    (disk / "empty").mkdir(mode=0o700)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    return {
        "with a store": asyncio.run(_code(disk / "data")),
        "without one": asyncio.run(_code(disk / "empty")),
    }


sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
