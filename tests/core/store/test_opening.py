from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

import pytest

from core.model.problem import Problem
from core.store.connection import NAME
from core.store.errors import StoreError
from core.store.opening import open_store
from core.store.rescue import is_damaged
from tests.support.stored import StoppedClock, opened, reading


def put_aside(folder: Path) -> list[Path]:
    return list(folder.glob("damaged-*"))


async def test_a_sound_store_is_opened(tmp_path: Path) -> None:
    store, rescued = await open_store(tmp_path, StoppedClock(), Random(1))
    assert rescued is None
    await store.close()


async def test_a_damaged_one_is_put_aside_and_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.save_reading(reading("10.0.0.1", serial="S1"))
    (tmp_path / NAME).write_bytes(b"garbage" * 1000)
    store, rescued = await open_store(tmp_path, StoppedClock(), Random(1))
    assert rescued is not None
    assert (rescued.aside / NAME).read_bytes().startswith(b"garbage")
    assert (await store.counts()).devices == 0
    await store.close()


async def test_a_newer_one_is_left_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store._writer.run(lambda db: db.execute("PRAGMA user_version = 999"))
    with pytest.raises(StoreError) as caught:
        await open_store(tmp_path, StoppedClock(), Random(1))
    assert caught.value.problem.code == "store_newer"
    assert put_aside(tmp_path) == []


async def test_damage_that_is_found_later_is_told(tmp_path: Path) -> None:
    store, _ = await open_store(tmp_path, StoppedClock(), Random(1))
    told: list[Problem] = []
    store.on_damage(told.append)

    def hit(db: sqlite3.Connection) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT  # type: ignore[misc]
        raise error

    with pytest.raises(StoreError):
        await store._reader.run(hit)
    assert [problem.code for problem in told] == ["store_corrupt"]
    assert store.trouble == told[0]
    await store.counts()
    assert store.trouble is None
    await store.close()
    assert not is_damaged(tmp_path)  # all of it was looked at: a false alarm costs a start


async def test_an_illegible_item_holds_nothing_up(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number in range(2):
            await store.save_reading(reading("10.0.0.1", serial=f"S{number}"))
        await store._writer.run(
            lambda db: db.execute("UPDATE outbox SET packed = x'00ff' WHERE sequence = 1")
        )
        first, second = await store.outbox(10, 10**6)
        assert (first.body, bool(second.body)) == ("", True)
