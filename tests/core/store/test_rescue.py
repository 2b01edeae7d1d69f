"""What is legible of a damaged store is taken over, and the damaged file is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.store.connection import NAME
from core.store.rescue import MARK, is_damaged, mark_damaged, rescue
from tests.support.damage import spoil
from tests.support.stored import opened, reading

AT = datetime(2028, 2, 29, 12, 30, 5, tzinfo=UTC)
COUNT = 60


async def _filled(folder: Path) -> tuple[str, list[str]]:
    async with opened(folder) as store:
        keys = [
            (await store.save_reading(reading(f"10.0.0.{n}", serial=f"S{n}"))).key
            for n in range(COUNT)
        ]
        return store.installation, keys


async def _now(folder: Path) -> tuple[str, list[str], int]:
    async with opened(folder) as store:
        items = await store.outbox(1000, 10**9)
        return store.installation, [i.key for i in items], (await store.counts()).devices


async def test_a_sound_file_comes_through_whole(tmp_path: Path) -> None:
    installation, keys = await _filled(tmp_path)
    done = rescue(tmp_path, AT)
    assert done.aside == tmp_path / "damaged-20280229-123005"
    assert (done.aside / NAME).is_file()
    assert done.rows["outbox"] == COUNT
    assert await _now(tmp_path) == (installation, keys, COUNT)
    assert f"{COUNT} devices and {COUNT} undelivered" in done.text


async def test_garbage_is_kept_aside_and_a_new_store_begins(tmp_path: Path) -> None:
    garbage = b"no database, and long enough to be looked at " * 99
    (tmp_path / NAME).write_bytes(garbage)
    done = rescue(tmp_path, AT)
    assert (done.aside / NAME).read_bytes() == garbage
    assert await _now(tmp_path) != ("", [], 0)
    assert "0 devices and 0 undelivered" in done.text


@pytest.mark.parametrize("table", ["outbox", "device", "reading", "evidence"])
async def test_a_spoilt_page_costs_only_what_was_on_it(tmp_path: Path, table: str) -> None:
    installation, keys = await _filled(tmp_path)
    spoilt = spoil(tmp_path / NAME, table)
    mark_damaged(tmp_path)
    assert is_damaged(tmp_path)
    done = rescue(tmp_path, AT)
    assert not (tmp_path / MARK).exists()
    assert spoilt
    now_installation, left, devices = await _now(tmp_path)
    assert now_installation == installation
    assert set(left) <= set(keys)
    if table == "outbox":
        assert COUNT // 3 <= len(left) < COUNT
    elif table in {"reading", "evidence"}:
        assert left == keys
        assert devices == COUNT
    assert (done.aside / NAME).read_bytes() == spoilt


async def test_a_file_cut_in_half(tmp_path: Path) -> None:
    _, keys = await _filled(tmp_path)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    rescue(tmp_path, AT)
    assert set((await _now(tmp_path))[1]) <= set(keys)


async def test_a_mark_that_is_wrong_is_removed(tmp_path: Path) -> None:
    await _filled(tmp_path)
    assert not is_damaged(tmp_path)
    mark_damaged(tmp_path)
    assert not is_damaged(tmp_path)
    assert not (tmp_path / MARK).exists()
