from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from core.store.connection import NAME
from core.store.errors import StoreError
from core.store.opening import open_store
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
