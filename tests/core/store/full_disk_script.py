"""Fills a small disk (its argument) with readings, and says in JSON what became of them."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from pathlib import Path

from core.store import StoreError
from core.store.connection import NAME
from tests.support.stored import opened, reading


async def main(disk: Path) -> dict[str, object]:
    folder = disk / "data"
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    answer: dict[str, object] = {}
    keys: list[str] = []
    async with opened(folder) as store:
        try:
            while True:
                keys.append((await store.save_reading(reading(serial=f"S{len(keys)}"))).key)
        except StoreError as error:
            answer["code"] = error.problem.code
        counts = await store.counts()
        answer |= {"acknowledged": len(keys), "stored": counts.readings}
        queued = [item.key for item in await store.outbox(10**6, 10**9)]
        answer["queued"] = len(queued) if queued == keys else "other keys"
        _fill(disk / "rest")
        try:
            async with opened(disk / "new"):
                pass
        except StoreError as error:
            answer["reopened"] = error.problem.code
        ballast.unlink()
        await store.save_reading(reading(serial="one more"))
        answer["after_room_was_made"] = (await store.counts()).readings
    with sqlite3.connect(folder / NAME) as db:
        answer["integrity"] = db.execute("PRAGMA integrity_check").fetchone()[0]
    db.close()
    return answer


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 1024)
        except OSError:
            pass


sys.stdout.write(json.dumps(asyncio.run(main(Path(sys.argv[1])))))
