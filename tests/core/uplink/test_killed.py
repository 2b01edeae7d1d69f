"""kill -9 of the hub at any moment: every reading is there in the end, and once."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from core.store import Store
from core.uplink import sending
from core.uplink.connection import Enrolment
from core.uplink.delivery import Deliverer, Surroundings
from tests.support.hub import Hub, now
from tests.support.hub_nursery import Nursery, nursery
from tests.support.stored import opened, reading

SOON = 0.005


@pytest.fixture(scope="module")
def hubs() -> Iterator[Nursery]:
    with nursery() as made:
        yield made


class Site:
    """A hub on a folder and an agent's store and deliverer beside it."""

    def __init__(self, hub: Hub, store: Store, enrolment: Enrolment) -> None:
        self.hub, self.store, self.enrolment = hub, store, enrolment
        self.keys: list[str] = []
        # Its own waits are for people and real networks; here it comes back at once.
        around = Surroundings(now, Random(1), lambda _: asyncio.sleep(SOON))
        self.deliverer = Deliverer(store, enrolment, around, lambda _: None)

    async def save(self, count: int) -> None:
        for _ in range(count):
            number = len(self.keys)
            made = reading("10.0.0.1", seconds=number, serial=f"S{number % 7}")
            self.keys.append((await self.store.save_reading(made)).key)
        self.deliverer.kick()

    async def check_all_is_there_once(self) -> None:
        await self.deliverer.deliver_all()
        assert await self.store.waiting() == 0
        stored = self.hub.keys_of(self.enrolment)
        assert len(stored) == len(set(stored)), "stored twice"
        assert set(stored) == set(self.keys), "lost"


@asynccontextmanager
async def site(hubs: Nursery, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """Small batches: many commits and answers to be killed between."""
    monkeypatch.setattr(sending, "BATCH_ITEMS", 4)
    hub = Hub(folder / "hub")
    hub.make()
    hubs.start(hub.folder)
    hub.uplink, hub.enrolment = hubs.uplink, hubs.enrolment
    async with opened(folder / "agent") as store:
        made = Site(hub, store, await hub.enrolled(folder / "agent"))
        yield made
        await made.deliverer.close()
    hubs.kill()


async def test_killed_at_twenty_moments(
    hubs: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = Random()
    async with site(hubs, tmp_path, monkeypatch) as here:
        loop = asyncio.create_task(here.deliverer.run())
        before = len(here.hub.keys_of(here.enrolment))
        grew = 0
        for _ in range(20):
            await here.save(12)
            await asyncio.sleep(dice.random() * 0.06)
            hubs.kill()
            after = len(here.hub.keys_of(here.enrolment))
            grew, before = grew + (after > before), after
            await asyncio.to_thread(hubs.start, here.hub.folder)
        loop.cancel()
        await asyncio.wait([loop])
        await here.check_all_is_there_once()
        assert grew > 5, "it was hardly ever killed while it stored"


async def test_killed_after_the_commit_and_before_the_answer(
    hubs: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with site(hubs, tmp_path, monkeypatch) as here:
        loop = asyncio.create_task(here.deliverer.run())
        for batches in (1, 2, 3, 1, 2):
            hubs.kill()
            before = set(here.hub.keys_of(here.enrolment))
            await here.save(10)
            await asyncio.to_thread(hubs.start, here.hub.folder, batches)
            assert await asyncio.to_thread(hubs.ended) == signal.SIGKILL
            stored = set(here.hub.keys_of(here.enrolment)) - before
            waiting = {item.key for item in await here.store.outbox(1000, 10**9)}
            assert stored & waiting, "there is nothing that only the hub knows to be stored"
            await asyncio.to_thread(hubs.start, here.hub.folder)
            await caught_up(here)
        loop.cancel()
        await asyncio.wait([loop])
        await here.check_all_is_there_once()


async def caught_up(here: Site) -> None:
    end = time.monotonic() + 10
    while await here.store.waiting():
        assert time.monotonic() < end, "not delivered"
        await asyncio.sleep(SOON)
