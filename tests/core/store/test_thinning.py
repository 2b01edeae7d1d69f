from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.host.clock import rfc3339
from core.store import outbox
from core.store.connection import open_writer
from core.store.thinning import Thinned, thin

BEGIN = datetime(2028, 1, 3, tzinfo=UTC)
noise = random.Random(3)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_writer(tmp_path / "store.sqlite", 1.0)
    yield connection
    connection.close()


def fill(db: sqlite3.Connection, days: int, devices: int = 2, kind: str = "reading") -> None:
    db.execute("BEGIN")
    for hour in range(days * 24):
        for device in range(devices):
            body = noise.randbytes(500).hex()
            at = rfc3339(BEGIN + timedelta(hours=hour))
            outbox.add(
                db, key=f"{kind}{hour}-{device}", kind=kind, device=f"d{device}", body=body, at=at
            )
    db.execute("COMMIT")


def size(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT total(size) FROM outbox").fetchone()[0])


def keys(db: sqlite3.Connection) -> list[str]:
    return [str(r[0]) for r in db.execute("SELECT key FROM outbox ORDER BY sequence")]


def test_within_its_size_nothing_goes(db: sqlite3.Connection) -> None:
    fill(db, 2)
    before = keys(db)
    assert thin(db, 10**9) is None
    assert keys(db) == before


def test_the_oldest_days_keep_their_last_reading(db: sqlite3.Connection) -> None:
    fill(db, 42)
    whole = size(db)
    done = thin(db, whole * 7 // 10)
    assert done is not None
    assert done.lost == 0
    assert done.since == rfc3339(BEGIN)
    assert size(db) <= whole * 7 // 10
    left = set(keys(db))
    for day in range(42):
        assert {f"reading{day * 24 + 23}-0", f"reading{day * 24 + 23}-1"} <= left
    assert "reading0-0" not in left
    assert {f"reading{hour}-0" for hour in range(41 * 24, 42 * 24)} <= left  # the last day is whole


def test_then_the_weeks_and_only_then_whole_items(db: sqlite3.Connection) -> None:
    fill(db, 42)
    one = size(db) // (42 * 24 * 2)
    done = thin(db, one * 30)
    assert done is not None
    assert done.lost == 0
    assert len(keys(db)) <= 30
    again = thin(db, one * 6)
    assert again is not None
    assert again.lost > 0
    assert keys(db)[-2:] == [f"reading{42 * 24 - 1}-0", f"reading{42 * 24 - 1}-1"]


def test_the_last_reading_of_a_device_stays(db: sqlite3.Connection) -> None:
    fill(db, 1, devices=5)
    thin(db, 1)
    assert len(keys(db)) == 5


def test_alerts_go_after_readings(db: sqlite3.Connection) -> None:
    fill(db, 10)
    fill(db, 1, kind="occurrence")
    done = thin(db, size(db) // 2)
    assert done is not None
    assert isinstance(done, Thinned)
    assert sum(key.startswith("occurrence") for key in keys(db)) == 48


def test_packed_items_come_out_as_they_went_in(db: sqlite3.Connection) -> None:
    body = '{"text": "Müller & Söhne", "n": [1, 2, 3]}' * 50
    outbox.add(db, key="k", kind="reading", device="d", body=body, at=rfc3339(BEGIN))
    (item,) = outbox.waiting(db, 10, 10**6)
    assert item.body == body
    assert size(db) < len(body) / 5
