"""Delivery of the outbox, exactly once: stored on both sides whatever is killed when.

An item's idempotency key was made in the transaction that stored its reading. It is sent until the
hub acknowledges it, and the hub stores a key once; so a lost acknowledgement costs a repetition on
the wire and nothing else.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Protocol

import grpc

from core.model.event import Delivery
from core.model.outbox import OutboxItem
from core.model.problem import PlatenError
from core.uplink.connection import Enrolment, check_lapse, open_channel
from core.uplink.errors import UplinkError, explain
from proto.platen.v1 import hub_pb2, hub_pb2_grpc

_log = logging.getLogger(__name__)

BATCH_ITEMS = 200
BATCH_BYTES = 1_000_000
_TIMEOUT = 60.0
_FIRST_WAIT = 2.0
_LONGEST_WAIT = 15 * 60.0


class OutboxSource(Protocol):
    """What delivery needs of the store."""

    async def outbox(self, limit: int, max_bytes: int) -> tuple[OutboxItem, ...]:
        """Give waiting items, oldest first; at least one where any waits."""
        ...

    async def acknowledge(self, keys: Sequence[str]) -> None:
        """Forget these items: the hub has them."""
        ...

    async def refuse(self, key: str, reason: str) -> None:
        """Set an item aside that the hub will never take."""
        ...

    async def waiting(self) -> int:
        """How many items wait."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is passed in: the clock, randomness for the jitter, and the wait between tries."""

    clock: Callable[[], datetime]
    random: Random
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Deliverer:
    """Delivers for one enrolment; ``tell`` hears of each run that did or failed something."""

    def __init__(
        self,
        source: OutboxSource,
        enrolment: Enrolment,
        around: Surroundings,
        tell: Callable[[Delivery], None],
    ) -> None:
        self._source = source
        self._enrolment = enrolment
        self._around = around
        self._tell = tell
        self._channel = open_channel(enrolment)
        self._stub: Any = hub_pb2_grpc.UplinkStub(self._channel)
        self._wake = asyncio.Event()
        self._turn = asyncio.Lock()

    def kick(self) -> None:
        """Say that something waits."""
        self._wake.set()

    async def deliver_all(self) -> Delivery:
        """Deliver until nothing waits; raises ``PlatenError`` for what stands in the way."""
        async with self._turn:
            check_lapse(self._enrolment, self._around.clock())
            delivered = 0
            while items := await self._source.outbox(BATCH_ITEMS, BATCH_BYTES):
                delivered += await self._deliver(items)
            return Delivery(delivered, await self._source.waiting())

    async def _deliver(self, items: Sequence[OutboxItem]) -> int:
        request = hub_pb2.DeliverRequest(
            items=[
                hub_pb2.OutboxItem(key=i.key, kind=i.kind, device=i.device, body=i.body)
                for i in items
            ]
        )
        try:
            answer = await self._stub.Deliver(request, timeout=_TIMEOUT)
        except grpc.aio.AioRpcError as error:
            raise explain(error, self._enrolment.uplink_address) from None
        sent = {item.key for item in items}
        stored = sent.intersection(answer.stored)
        refused = {r.key: r.reason[:500] for r in answer.refused if r.key in sent - stored}
        if strange := len(answer.stored) + len(answer.refused) - len(stored) - len(refused):
            _log.warning("the hub spoke of %d items that were not sent to it", strange)
        await self._source.acknowledge(sorted(stored))
        for key, reason in refused.items():
            _log.warning("the hub refuses item %s: %s", key, reason)
            await self._source.refuse(key, reason)
        if not stored and not refused:
            raise UplinkError(
                "hub_takes_nothing",
                "The hub answered without taking anything.",
                "Nothing is lost: it is kept and tried again. Tell the dealer.",
            )
        return len(stored)

    async def run(self) -> None:
        """Deliver whenever something waits, for ever; after a failure wait longer each time.

        The waits are random between half and all of their length, so that a thousand agents that
        lost one hub do not come back at one moment.
        """
        wait = 0.0
        self.kick()
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                done = await self.deliver_all()
            except PlatenError as error:
                wait = min(max(wait * 2, _FIRST_WAIT), _LONGEST_WAIT)
                self._tell(Delivery(0, await self._source.waiting(), error.problem))
                await self._around.sleep(wait * (0.5 + self._around.random.random() / 2))
                self._wake.set()
            else:
                wait = 0.0
                if done.delivered or not done.waiting:
                    self._tell(done)

    async def check_in(self, version: str) -> datetime:
        """Ask the hub for its clock and say how we are; raises ``UplinkError``."""
        request = hub_pb2.CheckInRequest(
            version=version,
            at=self._around.clock().isoformat(),
            waiting=await self._source.waiting(),
        )
        try:
            answer = await self._stub.CheckIn(request, timeout=_TIMEOUT)
        except grpc.aio.AioRpcError as error:
            raise explain(error, self._enrolment.uplink_address) from None
        return datetime.fromisoformat(answer.at)

    async def close(self) -> None:
        """Close the channel."""
        await self._channel.close()
