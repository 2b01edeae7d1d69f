"""kill -9 at any moment: what was acknowledged is there, once, and nothing by halves."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
import zlib
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from core.model.jsonio import from_json
from core.model.outbox import DeliveredReading
from core.store import bodies
from core.store.connection import NAME
from tests.support.stored import opened, reading

_SCRIPT = Path(__file__).with_name("saving_script.py")


def _run_and_kill(folder: Path, lines: int, delay: float) -> list[str]:
    """Let a child store readings, kill it so long after so many lines, and give its keys."""
    child = subprocess.Popen(
        [sys.executable, str(_SCRIPT), str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    try:
        said = [child.stdout.readline() for _ in range(lines + 1)]
        _spin(delay)
    finally:
        child.kill()
    said += child.stdout.readlines()
    child.stdout.close()
    child.wait()
    assert said[0] == "ready\n"
    return [line.rstrip("\n") for line in said[1:]]


def _spin(seconds: float) -> None:
    """Wait more finely than a sleep: the moment is what is tried here, not an event awaited."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def _check(folder: Path, acknowledged: list[str]) -> None:
    with closing(sqlite3.connect(folder / NAME)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        stored = [key for (key,) in db.execute("SELECT key FROM reading")]
        both = db.execute(
            "SELECT outbox.packed, reading.body FROM outbox JOIN reading "
            "ON reading.key = outbox.key "
            "JOIN device ON device.id = reading.device AND device.key = outbox.device"
        ).fetchall()
        queued = [key for (key,) in db.execute("SELECT key FROM outbox")]
    assert len(stored) == len(set(stored)) == len(both)
    for item, body in both:
        assert from_json(zlib.decompress(item), DeliveredReading).reading == bodies.read(body)
    assert len(acknowledged) == len(set(acknowledged))
    # The last readings of a device are kept whole; what is delivered, until it is.
    assert not set(acknowledged) - set(queued), "what was acknowledged is gone"


def test_killed_at_twenty_moments(tmp_path: Path) -> None:
    dice = Random()
    acknowledged: list[str] = []
    for _ in range(20):
        moment = (dice.randrange(60), dice.random() * 0.01)
        acknowledged += _run_and_kill(tmp_path, *moment)
        try:
            _check(tmp_path, acknowledged)
        except AssertionError as error:
            pytest.fail(f"killed after {moment}: {error}")


async def test_killed_while_it_is_made(tmp_path: Path) -> None:
    dice = Random()
    for number in range(6):
        folder = tmp_path / str(number)
        keys = _run_and_kill(folder, 0, dice.random() * 0.02)
        async with opened(folder) as store:
            assert (await store.counts()).waiting >= len(keys)
            await store.save_reading(reading(serial="S"))
        _check(folder, keys)
