from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

from core.model.history import Run
from core.store import bodies
from core.store.connection import NAME, open_writer
from core.store.history.head import LONGEST_SILENCE
from core.store.migrate import migrations
from tests.support.past import FOREVER, keep, read_at, runs, values
from tests.support.stored import START, at, finding, opened, reading

BEGIN = int(START.timestamp())
HOUR = 3600


async def test_a_value_is_kept_when_it_changes_with_its_origin(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 5, 60.0), read_at(1, 5, 60.0), read_at(2, 9, 60.0)])
        kept = await store.history.read(key, "meters.total", 0, FOREVER)
        assert [(r.at - BEGIN, r.until - BEGIN, r.value) for r in kept.runs] == [
            (0, HOUR, 5),
            (2 * HOUR, 2 * HOUR, 9),
        ]
        origin = kept.origins[kept.runs[0].origin]
        assert (origin.refs, origin.raw, origin.rule) == (("1.3.6.1",), (), "rule")
        assert kept.runs[0].raw is None  # the value itself
        (level,) = await runs(store, key, "supplies[1.1].level_percent")
        assert (level.value, level.until - level.at, level.raw) == (60.0, 2 * HOUR, ("540", "900"))
        assert await values(store, key, "supplies[1.1].serial") == ["T"]
        assert await store.history.paths(key) == (
            "meters.total",
            "status.conditions",
            "status.state",
            "supplies[1.1].level_percent",
            "supplies[1.1].serial",
            "supplies[1.1].state",
        )


async def test_what_is_not_told_any_more_and_what_nobody_read(tmp_path) -> None:
    silence = LONGEST_SILENCE / HOUR + 1
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 5), read_at(1, None), read_at(2, None), read_at(3, 5)])
        assert await values(store, key) == [5, None, 5]
        await keep(store, [read_at(3 + silence, 5)])
        found = await runs(store, key)
        assert [run.value for run in found] == [5, None, 5, 5]
        assert found[-2].until - BEGIN == 3 * HOUR


async def test_thousands_of_changes_come_back_in_order(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, (read_at(hour, hour * 3) for hour in range(300)))
        assert await values(store, key) == [hour * 3 for hour in range(300)]
        some = await store.history.read(key, "meters.total", BEGIN + 9 * HOUR, BEGIN + 11 * HOUR)
        assert [run.value for run in some.runs] == [27, 30, 33]
        assert (await store.readings(key)).total == bodies.KEPT
        newest = (await store.readings(key)).items[0]
        assert newest == read_at(299, 299 * 3)


async def test_a_record_that_is_merged_leaves_its_history(tmp_path) -> None:
    async with opened(tmp_path) as store:
        nameless = [replace(read_at(h, h), identity=replace(reading().identity)) for h in range(99)]
        old = await keep(store, nameless)
        told = replace(read_at(99, 99), identity=replace(reading().identity, serial="S", mac="m"))
        key = await keep(store, [told])
        assert old == key
        await store.save_finding(finding("10.0.0.2", mac="n"), "2026-01-02T00:00:00Z")
        another = replace(told.identity, serial=None, mac="n")
        other = await keep(store, [replace(read_at(100, 7), address="10.0.0.2", identity=another)])
        assert other != key
        both = replace(told.identity, mac="n")
        joined = await keep(store, [replace(read_at(101, 101), identity=both)])
        if joined == key and (await store.device(other)).device.key == key:
            assert 7 in await values(store, key)
        assert set(range(100)) <= set(await values(store, key))


def _old_store(folder) -> None:
    """Make the file as the version before the history left it."""
    before = [step for step in migrations() if step.number < 6]
    with closing(open_writer(folder / NAME, 1, before)) as db:
        for number, serial in enumerate(("A", "B"), start=1):
            db.execute(
                "INSERT INTO device (id, key, serial, address, port, provisional, first_seen, "
                "last_seen) VALUES (?, ?, ?, 'a', 161, 0, ?4, ?4)",
                (number, f"key-{serial}", serial, at()),
            )
            db.execute("INSERT INTO identifier VALUES (?, 'serial', ?)", (number, serial.lower()))
            for hour in range(60):
                body = read_at(hour, number * 1000 + hour // 2, 90.0 - hour // 10, serial)
                db.execute(
                    "INSERT INTO reading (key, device, taken_at, body) VALUES (?, ?, ?, ?)",
                    (f"{serial}{hour}", number, body.taken_at, _json(body)),
                )


def _json(body) -> str:
    from core.model.jsonio import to_json

    return to_json(body)


async def test_an_old_store_keeps_all_that_its_readings_said(tmp_path) -> None:
    _old_store(tmp_path)
    async with opened(tmp_path) as store:
        assert await values(store, "key-A") == [1000 + n for n in range(30)]
        assert (await runs(store, "key-B"))[-1].until == BEGIN + 59 * HOUR
        assert await values(store, "key-B", "supplies[1.1].level_percent") == [
            90.0 - n for n in range(6)
        ]
        assert (await store.readings("key-A", "", 99)).total == 60
        await keep(store, [read_at(60, 2000, serial="A")])
    async with opened(tmp_path) as store:
        assert (await values(store, "key-A"))[-2:] == [1029, 2000]
    with closing(sqlite3.connect(tmp_path / NAME)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_a_printer_that_invents_rows_fills_no_disk(tmp_path) -> None:
    async with opened(tmp_path) as store:
        for visit in range(5):
            names = {f"m{visit}_{n}": n for n in range(200)}
            key = (
                await store.save_reading(reading(seconds=visit, serial="S", meters=names))
            ).device.key
        assert len(await store.history.paths(key)) <= 400


async def test_counters_of_any_size(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 2**63 - 1), read_at(1, -5)])
        await keep(store, [read_at(2, 2**63)])
        assert await values(store, key) == [2**63 - 1, -5, None]
        assert isinstance((await runs(store, key))[0], Run)


async def test_a_counter_that_is_read_from_elsewhere_begins_a_run_of_the_same_value(
    tmp_path,
) -> None:
    one, other = read_at(0, 5), read_at(1, 5)
    place = replace(other.provenance["meters.total"], refs=("1.3.6.2",), rule="another")
    other = replace(other, provenance=other.provenance | {"meters.total": place})
    async with opened(tmp_path) as store:
        key = await keep(store, [one, other, replace(other, taken_at=read_at(2, 5).taken_at)])
        kept = await store.history.read(key, "meters.total", 0, FOREVER)
        assert [kept.origins[run.origin].rule for run in kept.runs] == ["rule", "another"]
