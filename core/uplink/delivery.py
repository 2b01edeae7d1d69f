"""Delivery of the outbox, exactly once: stored on both sides whatever is killed when.

An item's idempotency key was made in the transaction that stored its reading. It is sent until the
hub acknowledges it, and the hub stores a key once; so a lost acknowledgement costs a repetition on
the wire and nothing else.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from core.model.event import Delivery
from core.model.problem import PlatenError, Problem
from core.uplink.backoff import Backoff
from core.uplink.connection import Enrolment, check_lapse
from core.uplink.errors import UplinkError
from core.uplink.line import Line
from core.uplink.renewal import renew
from core.uplink.sending import OutboxSource, Sender
from proto.platen.v1 import hub_pb2

_log = logging.getLogger(__name__)
_LONGEST_REST = 60.0  # seconds; so soon it is noticed that the hours of delivery were changed


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is passed in: the clock, randomness for the jitter, the wait between tries, and for how
    many seconds from now nothing is to be delivered unasked (0: it may be).
    """

    clock: Callable[[], datetime]
    random: Random
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    closed_for: Callable[[], float] = lambda: 0.0


class Deliverer:
    """Delivers for one enrolment; ``tell`` hears how every run of ``run`` ended."""

    def __init__(
        self,
        source: OutboxSource,
        enrolment: Enrolment,
        around: Surroundings,
        tell: Callable[[Delivery], None],
        line: Line | None = None,
    ) -> None:
        self._source = source
        self._enrolment = enrolment
        self._around = around
        self._tell = tell
        self._line = line or Line(enrolment)
        self._sender = Sender(source, self._line)
        self._backoff = Backoff(around.random)
        self._wake = asyncio.Event()
        self._turn = asyncio.Lock()
        self._delivered = 0
        self._waiting = 0

    def kick(self) -> None:
        """Say that something waits."""
        self._wake.set()

    async def deliver_all(self) -> Delivery:
        """Deliver until nothing waits; raises ``PlatenError`` for what stands in the way."""
        async with self._turn:
            self._delivered = 0
            check_lapse(self._enrolment, self._around.clock())
            while (stored := await self._sender.send_batch()) is not None:
                self._delivered += stored
            self._waiting = await self._source.waiting()
            return Delivery(self._delivered, self._waiting)

    async def run(self) -> None:
        """Deliver whenever something waits, until cancelled; after a failure wait longer each
        time. No failure ends it, not even a fault in Platen.
        """
        self.kick()
        while True:
            await self._wake.wait()
            if closed := self._around.closed_for():
                await self._around.sleep(min(closed, _LONGEST_REST))
                continue
            self._wake.clear()
            problem = await self._try()
            if problem is None:
                self._backoff.reset()
                continue
            self._tell(Delivery(self._delivered, await self._count(), problem))
            await self._around.sleep(self._backoff.next_wait())
            self._wake.set()

    async def _try(self) -> Problem | None:
        try:
            self._tell(await self.deliver_all())
        except PlatenError as error:
            return error.problem
        except Exception as error:  # noqa: BLE001 - it is logged, and the loop goes on
            _log.error("delivery failed by a fault in Platen", exc_info=error)
            return Problem(
                "internal_error",
                f"Delivery failed by a fault in Platen ({type(error).__name__}).",
                "Nothing is lost, and it is tried again. Send the logs to support.",
            )
        return None

    async def _count(self) -> int:
        """Count what waits; where even that cannot be asked, give how many there were."""
        try:
            self._waiting = await self._source.waiting()
        except Exception as error:  # noqa: BLE001 - the store may be what failed
            _log.warning("the outbox cannot be counted: %s", error)
        return self._waiting

    async def check_in(self, version: str, away: str = "") -> datetime:
        """Ask the hub for its clock and say how we are, and why we were away last; raises
        ``PlatenError``.
        """
        async with self._turn:
            now = self._around.clock()
            check_lapse(self._enrolment, now)
            waiting = await self._source.waiting()
            request = hub_pb2.CheckInRequest(
                version=version, at=now.isoformat(), waiting=waiting, away=away
            )
            answer = await self._line.call("CheckIn", request)
        try:
            return datetime.fromisoformat(answer.at)
        except ValueError:
            raise UplinkError(
                "hub_answer_bad", "The hub's answer has no time.", "Tell the dealer."
            ) from None

    async def renew(self, folder: Path) -> Enrolment:
        """Renew the certificate, keep it in ``folder``, go on with it; raises ``PlatenError``."""
        async with self._turn:  # nothing is under way with the old one
            check_lapse(self._enrolment, self._around.clock())
            renewed = await renew(self._enrolment, folder, self._line, self._around.clock)
            self._enrolment = renewed
            await self._line.take_over(renewed)
        return renewed

    async def close(self) -> None:
        """Close the line."""
        await self._line.close()
