"""Batches, and hubs that answer them strangely."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from core.model.outbox import LARGEST_BODY, OutboxItem
from core.model.problem import PlatenError
from core.uplink.line import Line
from core.uplink.sending import BATCH_BYTES, BATCH_ITEMS, Sender
from proto.platen.v1 import hub_pb2
from tests.support.odd_hub import OddHub, enrolment_at
from tests.support.outbox import MemoryOutbox, full_disk, item

FOUR_MIB = 4 * 1024 * 1024


@asynccontextmanager
async def sender(
    outbox: MemoryOutbox, hub: OddHub, options: tuple[tuple[str, int], ...] = ()
) -> AsyncIterator[Sender]:
    async with hub.listening(options=options):
        line = Line(enrolment_at(hub.authority, hub.address), 5)
        try:
            yield Sender(outbox, line)
        finally:
            await line.close()


async def send_all(outbox: MemoryOutbox, hub: OddHub, **more: Any) -> int:
    done = 0
    async with sender(outbox, hub, **more) as sending:
        while (stored := await sending.send_batch()) is not None:
            done += stored
    return done


def items(count: int) -> list[OutboxItem]:
    return [item(number) for number in range(count)]


def large(number: int, size: int) -> OutboxItem:
    return dataclasses.replace(item(number), body="é" * (size // 2) + "x" * (size % 2))


def sizes(hub: OddHub) -> list[int]:
    return [len(request.items) for request in hub.seen]


async def test_everything_goes_in_batches_oldest_first() -> None:
    outbox, hub = MemoryOutbox(*items(450)), OddHub()
    assert await send_all(outbox, hub) == 450
    assert outbox.items == {}
    assert sizes(hub) == [BATCH_ITEMS, BATCH_ITEMS, 50]
    sent = [i.key for request in hub.seen for i in request.items]
    assert sent == outbox_order(450)


def outbox_order(count: int) -> list[str]:
    return [f"k{number}" for number in range(count)]


async def test_nothing_waits() -> None:
    hub = OddHub()
    async with sender(MemoryOutbox(), hub) as sending:
        assert await sending.send_batch() is None
    assert hub.seen == []


async def test_a_batch_fits_what_grpc_takes_by_default() -> None:
    outbox = MemoryOutbox(*(large(number, 400_000) for number in range(8)), large(8, LARGEST_BODY))
    hub = OddHub()
    assert await send_all(outbox, hub) == 9
    assert max(request.ByteSize() for request in hub.seen) < FOUR_MIB
    for request in hub.seen:
        bodies = sum(len(i.body.encode()) for i in request.items)
        assert bodies <= BATCH_BYTES or len(request.items) == 1


async def test_an_item_that_is_too_large_does_not_hold_up_the_others() -> None:
    outbox = MemoryOutbox(item(1), large(2, LARGEST_BODY + 1), item(3), large(4, 9_000_000))
    hub = OddHub()
    assert await send_all(outbox, hub) == 2
    assert outbox.acknowledged == ["k1", "k3"]
    assert set(outbox.refused) == {"k2", "k4"}
    assert "2,000,001 bytes are more than 2,000,000" in outbox.refused["k2"]


@pytest.mark.parametrize("most", [10_000, 3_000])
async def test_a_hub_with_a_lower_limit_is_sent_less_at_once(most: int) -> None:
    outbox = MemoryOutbox(*items(30), large(30, 40_000), item(31), item(32))
    hub = OddHub()
    options = (("grpc.max_receive_message_length", most),)
    assert await send_all(outbox, hub, options=options) == 32
    assert list(outbox.refused) == ["k30"]
    assert "more than the hub takes" in outbox.refused["k30"]


def stored(*keys: str) -> Any:
    return lambda _: hub_pb2.DeliverResponse(stored=keys)


def refused(reason: str) -> Any:
    return lambda request: hub_pb2.DeliverResponse(
        refused=[hub_pb2.Refusal(key=i.key, reason=reason) for i in request.items]
    )


async def test_keys_that_were_never_sent_are_not_believed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox, hub = MemoryOutbox(*items(300)), OddHub()
    hub.deliver = stored("k0", "k250", "k299", "other")
    async with sender(outbox, hub) as sending:
        assert await sending.send_batch() == 1
    assert outbox.acknowledged == ["k0"]
    assert len(outbox.items) == 299
    assert "3 items that were not sent" in caplog.text


async def test_a_part_is_acknowledged() -> None:
    outbox, hub = MemoryOutbox(*items(5)), OddHub()
    hub.deliver = lambda request: hub_pb2.DeliverResponse(stored=[request.items[0].key])
    assert await send_all(outbox, hub) == 5
    assert sizes(hub) == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("keys", [(), ("strange",)])
async def test_a_hub_that_takes_nothing_is_named_and_nothing_is_lost(keys: tuple[str]) -> None:
    outbox, hub = MemoryOutbox(*items(5)), OddHub()
    hub.deliver = stored(*keys)
    with pytest.raises(PlatenError) as caught:
        await send_all(outbox, hub)
    assert caught.value.problem.code == "hub_takes_nothing"
    assert len(outbox.items) == 5
    assert len(hub.seen) == 1


async def test_what_the_hub_will_never_take_is_set_aside_with_its_reason() -> None:
    outbox, hub = MemoryOutbox(*items(5)), OddHub()
    hub.deliver = refused("not today\x1b[2J" + "x" * 900)
    assert await send_all(outbox, hub) == 0
    assert outbox.items == {}
    assert set(outbox.refused) == set(outbox_order(5))
    assert outbox.refused["k0"].startswith("not today?[2Jxx")
    assert len(outbox.refused["k0"]) == 500


async def test_what_is_both_stored_and_refused_is_stored() -> None:
    outbox, hub = MemoryOutbox(item(1)), OddHub()
    hub.deliver = lambda _: hub_pb2.DeliverResponse(
        stored=["k1"], refused=[hub_pb2.Refusal(key="k1", reason="x")]
    )
    assert await send_all(outbox, hub) == 1
    assert outbox.refused == {}


async def test_a_store_that_cannot_forget_sends_again() -> None:
    outbox, hub = MemoryOutbox(*items(3)), OddHub()
    outbox.broken["acknowledge"] = full_disk()
    with pytest.raises(PlatenError, match="no room"):
        await send_all(outbox, hub)
    outbox.broken.clear()
    assert await send_all(outbox, hub) == 3
    assert sizes(hub) == [3, 3]
