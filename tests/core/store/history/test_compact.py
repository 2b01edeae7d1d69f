from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from core.model.history import Bucket, MarkKind
from core.store.connection import NAME
from core.store.history.compact import AGAIN, STEP
from core.telemetry.history.buckets import edges
from core.telemetry.history.replacement import replacements
from core.telemetry.history.volumes import volumes
from tests.support.past import FOREVER, keep, read_at, runs
from tests.support.stored import START, opened

_SCRIPT = Path(__file__).with_name("compacting_script.py")
LEVEL = "supplies[1.1].level_percent"
BERLIN = ZoneInfo("Europe/Berlin")
DAYS = 200


def _lived():
    """Four readings a day: a reset, a replacement, and days on which nothing is printed."""
    total, level = 1000, 90.0
    for visit in range(DAYS * 4):
        if visit == 333:
            total = 3
        if visit % 28 < 20:
            total += visit % 7
        level = 100.0 if level < 3 else round(level - 0.3, 1)
        yield read_at(visit * 6 + visit % 5 / 10, total, level)


async def _volumes(store, key):
    made = await runs(store, key)
    borders = edges(made[0].at, made[-1].until, Bucket.DAY, BERLIN)
    return volumes(made, borders)


async def _made(folder: Path) -> str:
    async with opened(folder) as store:
        return await keep(store, _lived())


async def test_what_is_old_is_thinned_and_says_the_same(tmp_path) -> None:
    key = await _made(tmp_path)
    now = START + timedelta(days=DAYS)
    async with opened(tmp_path) as store:
        before = await _volumes(store, key)
        changes = replacements(await runs(store, key, LEVEL))
        border = (now - timedelta(days=90)).timestamp()
        recent = [run for run in await runs(store, key) if run.at >= border]
        size = len(await runs(store, key))
        done = await store.history.compact(now, BERLIN, 60, time.monotonic)
        assert done.done
        assert done.devices == 1
        assert done.after < done.before
        assert await _volumes(store, key) == before
        assert [mark.kind for mark in before[1]] == [MarkKind.RESET]
        assert replacements(await runs(store, key, LEVEL)) == changes
        assert len(changes) >= 2
        kept = await runs(store, key)
        assert len(kept) < size
        assert [run for run in kept if run.at >= recent[0].at] == recent
        again = await store.history.compact(now, BERLIN, 60, time.monotonic)
        assert (again.devices, again.before, again.done) == (0, 0, True)
        later = now + timedelta(seconds=AGAIN + 86_400)
        await store.history.compact(later, BERLIN, 60, time.monotonic)
        assert await runs(store, key) == kept  # no newer reading says that it is later


async def test_after_two_years_a_month_is_left(tmp_path) -> None:
    key = await _made(tmp_path)
    async with opened(tmp_path) as store:
        await keep(store, [read_at(24 * 80 * n, 99_999 + n) for n in range(4, 15)])
        made = await runs(store, key)
        borders = edges(made[0].at, made[-1].until, Bucket.MONTH, UTC)
        before = volumes(made, borders)
        now = START + timedelta(days=80 * 14)
        done = await store.history.compact(now, UTC, 60, time.monotonic)
        assert done.done
        kept = await runs(store, key)
        assert volumes(kept, borders) == before
        first_year = [r for r in kept if r.at < START.timestamp() + 86_400 * 150]
        assert len(first_year) <= 2 * 6 + 2
        origins = (await store.history.read(key, "meters.total", 0, FOREVER)).origins
        assert {origins[run.origin].rule for run in kept} == {"rule"}


async def test_a_step_is_short_and_a_budget_is_kept(tmp_path) -> None:
    key = await _made(tmp_path)
    ticks = iter(range(100_000))
    async with opened(tmp_path) as store:
        before = await _volumes_utc(store, key)
        now = START + timedelta(days=DAYS)
        done = await store.history.compact(now, UTC, 3, lambda: float(next(ticks)))
        assert not done.done  # every look at this clock is a second
        assert done.devices == 0
        done = await store.history.compact(now, UTC, 60, time.monotonic)
        assert done.done
        assert await _volumes_utc(store, key) == before
    assert STEP <= 0.03


async def test_killed_at_any_moment_nothing_is_lost(tmp_path) -> None:
    key = await _made(tmp_path / "whole")
    async with opened(tmp_path / "whole") as store:
        expected = await _volumes_utc(store, key)
        levels = replacements(await runs(store, key, LEVEL))
        newest = (await runs(store, key))[-1]
    dice, finished = Random(), 0
    for number in range(6):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "whole", folder)
        finished += _kill(folder, dice.random() * 0.15)
        with closing(sqlite3.connect(folder / NAME)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        async with opened(folder) as store:
            assert await _volumes_utc(store, key) == expected
            assert replacements(await runs(store, key, LEVEL)) == levels
            assert (await runs(store, key))[-1] == newest
            await store.history.compact(START + timedelta(days=DAYS), UTC, 60, time.monotonic)
            assert await _volumes_utc(store, key) == expected
    assert finished < 6


async def _volumes_utc(store, key):
    made = await runs(store, key)
    return volumes(made, edges(made[0].at, made[-1].until, Bucket.DAY, UTC))


def _kill(folder: Path, delay: float) -> bool:
    """Kill the compaction so long after it began; gives whether it had finished."""
    child = subprocess.Popen(
        [sys.executable, str(_SCRIPT), str(folder), str(DAYS)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    end = time.perf_counter() + delay
    while time.perf_counter() < end:
        pass
    child.kill()
    rest = child.stdout.read()
    child.stdout.close()
    child.wait()
    return "done" in rest
