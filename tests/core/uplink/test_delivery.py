"""The loop: when it delivers, how long it waits, and that no failure ends it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random

import grpc
import pytest

from core.model.event import Delivery
from core.pki.certificates import AGENT_LIFE
from core.uplink.backoff import FIRST, LONGEST
from core.uplink.delivery import Deliverer, Surroundings
from core.uplink.errors import UplinkError
from proto.platen.v1 import hub_pb2
from tests.support.odd_hub import NOW, OddHub, enrolment_at
from tests.support.outbox import MemoryOutbox, full_disk, item
from tests.support.tcp import nobody

PATIENCE = 10


class World:
    """A deliverer whose clock and sleep are the test's, and what it told."""

    def __init__(self, hub: OddHub, outbox: MemoryOutbox, address: str = "") -> None:
        self.now = NOW
        self.hub, self.outbox = hub, outbox
        self.slept: list[float] = []
        self.closed_for = 0.0
        self.may_go_on = asyncio.Semaphore(0)
        self.told: asyncio.Queue[Delivery] = asyncio.Queue()
        self.deliverer = Deliverer(
            outbox,
            enrolment_at(hub.authority, address or hub.address),
            Surroundings(lambda: self.now, Random(5), self._sleep, lambda: self.closed_for),
            self.told.put_nowait,
        )

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.may_go_on.acquire()

    async def heard(self) -> Delivery:
        return await asyncio.wait_for(self.told.get(), PATIENCE)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():  # noqa: ASYNC110 - of lists and tasks, which tell nobody
                await asyncio.sleep(0.005)


@asynccontextmanager
async def running(hub: OddHub, outbox: MemoryOutbox, address: str = "") -> AsyncIterator[World]:
    """Run the loop, which has to be alive at the end."""
    world = World(hub, outbox, address)
    loop = asyncio.create_task(world.deliverer.run())
    try:
        yield world
        assert not loop.done(), "the loop has ended"
    finally:
        loop.cancel()
        await asyncio.wait([loop])
        await world.deliverer.close()


async def test_what_waits_is_delivered_at_the_start_and_whenever_it_is_kicked() -> None:
    outbox = MemoryOutbox(item(1), item(2))
    async with OddHub().listening() as hub, running(hub, outbox) as world:
        assert await world.heard() == Delivery(2, 0)
        outbox.items = {"k3": item(3)}
        world.deliverer.kick()
        assert await world.heard() == Delivery(1, 0)
    assert outbox.acknowledged == ["k1", "k2", "k3"]
    assert world.slept == []


async def test_a_hub_that_is_away_is_asked_again_after_waits_that_grow() -> None:
    hub, outbox = OddHub(), MemoryOutbox(item(1))
    async with running(hub, outbox, nobody()) as world:
        for number in range(12):
            said = await world.heard()
            assert said.problem is not None
            assert (said.delivered, said.waiting, said.problem.code) == (0, 1, "hub_refused")
            await world.until(lambda number=number: len(world.slept) == number + 1)
            world.may_go_on.release()
    for number, wait in enumerate(world.slept):
        assert 1 <= wait <= min(FIRST * 2**number, LONGEST)
    assert max(world.slept) > 60


async def test_a_hub_that_comes_back_gets_everything_and_the_waits_begin_anew() -> None:
    hub, outbox, address = OddHub(), MemoryOutbox(*map(item, range(250))), nobody()
    async with running(hub, outbox, address) as world:
        for _ in range(5):
            assert (await world.heard()).problem
            world.may_go_on.release()
        await world.until(lambda: len(world.slept) == 6)
        async with hub.listening(where=address):
            world.may_go_on.release()
            while (said := await world.heard()).problem:
                world.may_go_on.release()
            assert said == Delivery(250, 0)
        outbox.items = {"k999": item(999)}
        world.slept.clear()
        world.deliverer.kick()
        assert (await world.heard()).problem
        await world.until(lambda: world.slept != [])
        assert world.slept[0] <= FIRST


async def test_a_kick_during_a_wait_does_not_shorten_it() -> None:
    outbox = MemoryOutbox(item(1))
    async with running(OddHub(), outbox, nobody()) as world:
        await world.heard()
        for _ in range(5):
            world.deliverer.kick()
            await asyncio.sleep(0.01)
        assert world.told.empty()


async def test_what_got_through_before_the_failure_is_told() -> None:
    outbox, hub = MemoryOutbox(*map(item, range(500))), OddHub()

    def once(request: hub_pb2.DeliverRequest) -> object:
        if len(hub.seen) == 1:
            return hub_pb2.DeliverResponse(stored=[i.key for i in request.items])
        return grpc.StatusCode.RESOURCE_EXHAUSTED, "hub_disk_full\nThe hub has no room.\nWait."

    hub.deliver = once
    async with hub.listening(), running(hub, outbox) as world:
        said = await world.heard()
    assert said.problem is not None
    assert (said.delivered, said.waiting) == (200, 300)
    assert (said.problem.code, said.problem.text) == ("hub_disk_full", "The hub has no room.")


@pytest.mark.parametrize("error", [full_disk(), RuntimeError("a fault"), MemoryError()])
@pytest.mark.parametrize("what", ["outbox", "acknowledge", "waiting", "all"])
async def test_a_store_that_fails_does_not_end_the_loop(
    what: str, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    outbox = MemoryOutbox(item(1))
    outbox.broken[what] = error
    async with OddHub().listening() as hub, running(hub, outbox) as world:
        said = await world.heard()
        assert said.problem is not None
        expected = "store_full" if error.args[:1] == full_disk().args[:1] else "internal_error"
        assert said.problem.code == expected
        outbox.broken.clear()
        world.may_go_on.release()
        assert (await world.heard()).problem is None
    assert outbox.items == {}
    assert ("fault in Platen" in caplog.text) == (expected == "internal_error")


async def test_a_lapsed_certificate_is_named_and_nothing_is_sent() -> None:
    outbox = MemoryOutbox(item(1))
    async with OddHub().listening() as hub, running(hub, outbox) as world:
        assert (await world.heard()).problem is None
        world.now = NOW + AGENT_LIFE + dt.timedelta(hours=1)
        outbox.items = {"k2": item(2)}
        world.deliverer.kick()
        problem = (await world.heard()).problem
        assert problem is not None
        assert problem.code == "certificate_lapsed"
        assert "enrol again" in problem.remedy
        with pytest.raises(Exception, match="lapsed"):
            await world.deliverer.check_in("1")
    assert len(hub.seen) == 1


async def test_a_line_that_is_closed_under_it_does_not_end_it() -> None:
    outbox, hub = MemoryOutbox(item(1)), OddHub()
    hub.deliver = lambda _: asyncio.sleep(60)
    async with hub.listening(), running(hub, outbox) as world:
        await hub.asked.wait()
        await world.deliverer.close()
        problem = (await world.heard()).problem
        assert problem is not None
        assert problem.code == "hub_line_closed"
        hub.deliver = OddHub.deliver
        world.may_go_on.release()
        assert (await world.heard()) == Delivery(1, 0)


async def test_two_who_deliver_at_once_send_nothing_twice() -> None:
    outbox = MemoryOutbox(*map(item, range(1000)))
    async with OddHub().listening() as hub, running(hub, outbox) as world:
        await asyncio.gather(*(world.deliverer.deliver_all() for _ in range(3)))
    sent = [i.key for request in hub.seen for i in request.items]
    assert len(sent) == len(set(sent)) == 1000


async def test_a_hub_whose_time_is_none_is_named() -> None:
    async with OddHub().listening() as hub:
        world = World(hub, MemoryOutbox())
        with pytest.raises(UplinkError) as caught:
            await world.deliverer.check_in("1")
        await world.deliverer.close()
    assert caught.value.problem.code == "hub_answer_bad"


async def test_outside_the_hours_of_delivery_it_rests() -> None:
    async with OddHub().listening() as hub:
        outbox = MemoryOutbox(item(1))
        world = World(hub, outbox)
        world.closed_for = 5000.0
        loop = asyncio.create_task(world.deliverer.run())
        try:
            await world.until(lambda: world.slept == [60.0])
            assert await outbox.waiting() == 1
            world.closed_for = 0.0
            world.may_go_on.release()
            assert (await world.heard()).delivered == 1
        finally:
            loop.cancel()
            await asyncio.wait([loop])
            await world.deliverer.close()


async def test_a_person_delivers_at_any_hour() -> None:
    async with OddHub().listening() as hub:
        world = World(hub, MemoryOutbox(item(1)))
        world.closed_for = 5000.0
        assert (await world.deliverer.deliver_all()).delivered == 1
        await world.deliverer.close()
