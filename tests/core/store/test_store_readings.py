from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path
from random import SystemRandom

import pytest

from core.model.jsonio import from_json
from core.model.outbox import DeliveredReading
from core.model.problem import BadInputError
from core.store import Store, StoreError, outbox
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading as sample
from tests.support.stored import StoppedClock, at, opened, reading


async def test_a_whole_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    readings = [sample(summary) for summary in summaries(24) if summary.latest]
    async with opened(tmp_path) as store:
        for given in readings:
            saved = await store.save_reading(given)
            assert (await store.readings(saved.device.key)).items == (given,)
            shown = await store.device(saved.device.key)
            assert shown is not None
            assert shown.latest is not None
            assert shown.latest.meters == given.meters
            assert shown.latest.supplies == given.supplies
            assert shown.latest.notes == given.notes


async def test_history_comes_newest_first_in_pages(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for total in (1, 2, 3, 4, 5):
            saved = await store.save_reading(
                reading(serial="S", seconds=total // 2, meters={"total": total})
            )
        seen: list[int] = []
        before, pages = "", 0
        while pages == 0 or before:
            page = await store.readings(saved.device.key, before, 2)
            assert page.total == 5
            seen += [item.meters["total"] for item in page.items]
            before, pages = page.next, pages + 1
        assert (pages, seen) == (3, [5, 4, 3, 2, 1])
        since = await store.readings(saved.device.key, at(2))
        assert [item.meters["total"] for item in since.items] == [3, 2, 1]


@pytest.mark.parametrize("before", ["yesterday", "2026-01-01T00:00:00Z|x", "|"])
async def test_a_page_that_is_none_is_refused(tmp_path: Path, before: str) -> None:
    async with opened(tmp_path) as store:
        with pytest.raises(BadInputError) as caught:
            await store.readings("nobody", before)
        assert caught.value.problem.code == "bad_page"


async def test_times_in_other_zones_are_ordered_with_the_rest(tmp_path: Path) -> None:
    east = replace(reading(serial="S"), taken_at="2026-01-01T02:00:10+02:00")
    async with opened(tmp_path) as store:
        await store.save_reading(east)
        saved = await store.save_reading(reading(serial="S", seconds=5))
        history = await store.readings(saved.device.key)
        assert [item.taken_at for item in history.items] == [east.taken_at, at(5)]


async def test_the_outbox_holds_what_was_stored_under_the_same_key(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        given = reading(vendor="HP", serial="S")
        saved = await store.save_reading(given)
        (item,) = await store.outbox(10, 10**6)
        assert (item.key, item.kind, item.device) == (saved.key, "reading", saved.device.key)
        assert from_json(item.body, DeliveredReading) == DeliveredReading(saved.device, given)


async def test_a_reading_and_its_item_are_stored_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise sqlite3.OperationalError("cut off here")

    async with opened(tmp_path) as store:
        with monkeypatch.context() as cut:
            cut.setattr(outbox, "add", broken)
            with pytest.raises(StoreError) as caught:
                await store.save_reading(reading(serial="S"))
        assert caught.value.problem.code == "store_failed"
        counts = await store.counts()
        assert (counts.devices, counts.readings, counts.waiting) == (0, 0, 0)
        await store.save_reading(reading(serial="S"))
        assert (await store.counts()).readings == 1


async def test_the_outbox_gives_the_oldest_within_its_limits(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        keys = [
            (await store.save_reading(reading(serial="S", seconds=9 - n))).key for n in range(4)
        ]
        size = len((await store.outbox(1, 10**6))[0].body.encode())
        assert [item.key for item in await store.outbox(3, 10**6)] == keys[:3]
        assert [item.key for item in await store.outbox(9, size * 2 + size // 2)] == keys[:2]
        assert [item.key for item in await store.outbox(9, 1)] == keys[:1]


async def test_bytes_are_counted_and_not_letters(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number in range(2):
            await store.save_reading(reading(serial=f"S{number}", location="試" * 1000))
        letters = sum(len(item.body) for item in await store.outbox(2, 10**6))
        assert len(await store.outbox(2, letters)) == 1


async def test_what_the_hub_has_is_forgotten_and_what_it_refuses_put_aside(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        a, b, c = [(await store.save_reading(reading(serial="S", seconds=n))).key for n in range(3)]
        await store.acknowledge([a, "never heard of"])
        await store.refuse(b, "too old")
        await store.acknowledge([])
        assert [item.key for item in await store.outbox(9, 10**6)] == [c]
        assert await store.waiting() == 1
        counts = await store.counts()
        assert (counts.readings, counts.waiting, counts.refused) == (3, 1, 1)


async def test_facts_are_kept(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.fact("last_scan") is None
        await store.set_fact("last_scan", "a")
        await store.set_fact("last_scan", "b")
        assert await store.fact("last_scan") == "b"


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        installation = store.installation
        saved = await store.save_reading(reading(serial="S"))
        await store.set_fact("last_scan", at(0))
    async with opened(tmp_path) as store:
        assert store.installation == installation
        assert (await store.readings(saved.device.key)).total == 1
        assert [item.key for item in await store.outbox(9, 10**6)] == [saved.key]
        assert await store.fact("last_scan") == at(0)


async def test_many_at_once_are_all_stored(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        saved = await asyncio.gather(
            *(store.save_reading(reading(f"10.0.0.{n % 8}", serial=f"S{n % 8}")) for n in range(64))
        )
        assert len({one.key for one in saved}) == 64
        assert (await store.counts()).devices == 8
        assert [item.key for item in await store.outbox(99, 10**9)] == [one.key for one in saved]


async def test_two_installations_are_told_apart(tmp_path: Path) -> None:
    clock = StoppedClock()
    names = set()
    for folder in ("a", "b"):
        store = await Store.open(tmp_path / folder, clock, SystemRandom())
        names.add(store.installation)
        await store.close()
    assert len(names) == 2
