"""Callers that go away, and a store that is closed: whole transactions or none."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path
from random import Random

import pytest

from core.store import Store, StoreError
from tests.support.stored import StoppedClock, opened, reading


class Plug:
    """Keeps the writer busy until it is pulled."""

    def __init__(self, store: Store) -> None:
        self.begun = threading.Event()
        self._pulled = threading.Event()
        self.task = asyncio.create_task(store._writer.run(lambda _db: self._wait()))

    def _wait(self) -> None:
        self.begun.set()
        assert self._pulled.wait(30)

    async def pull(self) -> None:
        self._pulled.set()
        await self.task


async def _plugged(store: Store) -> Plug:
    plug = Plug(store)
    await asyncio.to_thread(plug.begun.wait, 30)
    return plug


async def test_a_caller_who_goes_before_his_turn_leaves_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        plug = await _plugged(store)
        waiting = asyncio.create_task(store.save_reading(reading(serial="S")))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await plug.pull()
        await store.set_fact("after", "it")
        assert (await store.counts()).readings == 0


async def test_a_caller_who_goes_in_the_middle_leaves_all_of_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        begun, go, usual = threading.Event(), threading.Event(), store._make_key

        def slow_key() -> str:
            if threading.current_thread() is not threading.main_thread():
                begun.set()
                assert go.wait(30)
            return usual()

        store._make_key = slow_key  # type: ignore[assignment]
        saving = asyncio.create_task(store.save_reading(reading(serial="S")))
        await asyncio.to_thread(begun.wait, 30)
        saving.cancel()
        await asyncio.gather(saving, return_exceptions=True)
        assert saving.cancelled()
        go.set()
        await store.set_fact("after", "it")
        counts = await store.counts()
        assert (counts.devices, counts.readings, counts.waiting) == (1, 1, 1)


async def test_lists_do_not_wait_for_writes(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.save_reading(reading(serial="S"))
        plug = await _plugged(store)
        assert (await asyncio.wait_for(store.devices(), 10)).total == 1
        await plug.pull()


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = await Store.open(tmp_path, StoppedClock(), Random())
    await store.close()
    await store.close()
    for call in (store.save_reading(reading(serial="S")), store.devices(), store.waiting()):
        with pytest.raises(StoreError) as caught:
            await call
        assert caught.value.problem.code == "store_closed"


async def test_what_was_asked_before_the_close_is_done(tmp_path: Path) -> None:
    store = await Store.open(tmp_path, StoppedClock(), Random())
    plug = await _plugged(store)
    saving = asyncio.create_task(store.save_reading(reading(serial="S")))
    await asyncio.sleep(0)
    closing = asyncio.create_task(store.close())
    await plug.pull()
    key = (await saving).key
    await closing
    async with opened(tmp_path) as again:
        assert [item.key for item in await again.outbox(9, 10**6)] == [key]


async def test_a_cancelled_close_still_closes(tmp_path: Path) -> None:
    store = await Store.open(tmp_path, StoppedClock(), Random())
    plug = await _plugged(store)
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.gather(closing, return_exceptions=True)
    await plug.pull()
    with pytest.raises(StoreError):
        await store.set_fact("a", "b")
    for thread in threading.enumerate():
        if thread.name.startswith("store-"):
            await asyncio.to_thread(thread.join, 10)
    assert os.listdir(tmp_path) == ["store.sqlite"], "the log was left behind"  # noqa: PTH208


async def test_threads_end_with_the_store(tmp_path: Path) -> None:
    before = threading.active_count()
    async with opened(tmp_path) as store:
        await store.devices()
        assert threading.active_count() == before + 2
    for thread in threading.enumerate():
        if thread.name.startswith("store-"):
            thread.join(10)
    assert threading.active_count() == before
