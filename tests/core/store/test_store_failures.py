"""A store that cannot be used says why and what to do, and loses nothing."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from core.model.problem import Problem
from core.store import Store, StoreError, bodies
from core.store.connection import NAME
from tests.support.small_disk import on_a_small_disk
from tests.support.stored import StoppedClock, opened, reading

_SCRIPTS = Path(__file__).parent


async def _refused(folder: Path) -> Problem:
    with pytest.raises(StoreError) as caught:
        await Store.open(folder, StoppedClock(), Random(), busy_timeout=0.05)
    problem = caught.value.problem
    assert str(folder) in problem.text
    assert problem.remedy
    return problem


async def _filled(folder: Path, count: int = 40) -> list[str]:
    async with opened(folder) as store:
        return [
            (await store.save_reading(reading(f"10.0.0.{n}", serial=f"S{n}"))).key
            for n in range(count)
        ]


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a database, and long enough to be looked at " * 40)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("spoil", [_garbage, _cut])
async def test_a_damaged_file_is_named_and_left_alone(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    await _filled(tmp_path)
    spoil(tmp_path / NAME)
    before = (tmp_path / NAME).read_bytes()
    assert (await _refused(tmp_path)).code == "store_corrupt"
    assert (tmp_path / NAME).read_bytes() == before


async def test_damage_inside_is_named_when_it_is_met(tmp_path: Path) -> None:
    await _filled(tmp_path)
    path = tmp_path / NAME
    data = bytearray(path.read_bytes())
    data[3 * 4096 :] = b"\x55" * (len(data) - 3 * 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        async with opened(tmp_path) as store:
            await store.devices()
    assert caught.value.problem.code == "store_corrupt"


async def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    assert (await _refused(tmp_path)).code == "store_failed"


async def test_a_file_that_another_program_holds_is_named(tmp_path: Path) -> None:
    (key,) = await _filled(tmp_path, 1)
    other = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert (await _refused(tmp_path)).code == "store_locked"
    other.execute("ROLLBACK")
    async with opened(tmp_path, busy_timeout=0.05) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            await store.save_reading(reading(serial="S"))
        assert caught.value.problem.code == "store_locked"
        assert [item.key for item in await store.outbox(9, 10**6)] == [key], "reading goes on"
        other.execute("ROLLBACK")
        await store.save_reading(reading(serial="S"))
        assert (await store.counts()).readings == 2
    other.close()


async def test_a_store_without_room_for_more_pages_keeps_what_it_has(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store._writer.run(lambda db: db.execute("PRAGMA max_page_count = 60"))
        keys = []
        with pytest.raises(StoreError) as caught:
            for number in range(1000):
                saved = await store.save_reading(reading(f"10.0.0.{number % 250}", serial="S"))
                keys.append(saved.key)
        assert caught.value.problem.code == "store_full"
        assert [item.key for item in await store.outbox(9999, 10**9)] == keys
        assert (await store.counts()).readings == min(len(keys), bodies.KEPT) > 0


def test_a_full_disk_is_named_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    answer = on_a_small_disk(tmp_path, _SCRIPTS / "full_disk_script.py", 4)
    assert answer["code"] == "store_full"
    assert answer["reopened"] == "store_full"
    assert answer["acknowledged"] == answer["stored"] == answer["queued"]
    assert isinstance(answer["acknowledged"], int)
    assert answer["acknowledged"] > 10
    assert answer["after_room_was_made"] == answer["acknowledged"] + 1
    assert answer["integrity"] == "ok"


def test_a_read_only_disk_is_named(tmp_path: Path) -> None:
    answer = on_a_small_disk(tmp_path, _SCRIPTS / "read_only_script.py", 4)
    assert answer == {"with a store": "store_read_only", "without one": "store_read_only"}


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are those of POSIX")
def test_a_folder_or_file_without_the_right_to_write_is_named() -> None:
    script = str(_SCRIPTS / "read_only_folder_script.py")
    done = subprocess.run(
        [sys.executable, script], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "before": "1 stored",
        "folder": "store_read_only",
        "file and folder": "store_read_only",
        "file": "store_read_only",
        "after": "2 stored",
    }
