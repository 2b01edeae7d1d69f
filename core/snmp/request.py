"""One request under way: sent, sent again, and answered or not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from core.model.identity import Endpoint
from core.snmp.errors import SnmpDecodeError, SnmpUnreachableError
from core.snmp.exchange import Quirk
from core.snmp.icmp import NetworkError
from core.snmp.message import Envelope
from core.snmp.sockets import Address, UdpSocket
from core.snmp.v3.reports import Report
from core.snmp.v3.talk import Talk

# What anyone could have written waits this long (seconds) for a better word.
_DOUBT = 0.25


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint as the system addresses it, and the socket that leads there."""

    endpoint: Endpoint
    target: tuple[object, ...]
    address: Address
    sock: UdpSocket


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read up to its variables; ``quirk`` says what was odd about its arrival.

    ``size`` is that of the datagram; ``data`` is what the envelope's positions are in.
    """

    envelope: Envelope
    data: bytes
    quirk: Quirk | None
    size: int = 0


class Request:
    """A request under way, from its first try to its answer. ``garbage`` is what was wrong with
    the last unusable datagram from its address. With ``talk`` it is one of SNMPv3: only what that
    believes is an answer.
    """

    def __init__(self, request_id: int, route: Route, talk: Talk | None = None) -> None:
        self.id = request_id
        self.route = route
        self.garbage: str | None = None
        self.talk = talk
        self._waiter: asyncio.Future[Reply | Report | NetworkError | None] | None = None
        self._doubt: Report | None = None
        self._early: Reply | None = None

    async def attempt(
        self, datagram: bytes, wait: float, room: int
    ) -> Reply | Report | NetworkError | None:
        """Send once and wait (seconds); ``room`` is what the answer may take in the receive
        buffer. Gives the answer, a report of SNMPv3, the network's error, or ``None`` for silence.

        Raises ``SnmpUnreachableError`` and ``SnmpNoResourcesError`` when it cannot be sent.
        """
        sock = self.route.sock
        lent = await sock.room.take(room)
        try:
            if self._early is None:
                await self._send(datagram, wait)
            return self._take_early() or await self._wait(wait)
        finally:
            sock.room.give(lent)

    async def _send(self, datagram: bytes, wait: float) -> None:
        try:
            await self.route.sock.send(datagram, self.route.target, wait)
        except OSError as error:
            reason = str(error.strerror or error)
            raise SnmpUnreachableError(self.route.endpoint, reason) from None

    def _take_early(self) -> Reply | None:
        early, self._early = self._early, None
        return early

    async def _wait(self, wait: float) -> Reply | Report | NetworkError | None:
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        self._doubt = None
        timer = loop.call_later(wait, self.settle, None)
        try:
            return await self._waiter or self._doubt
        finally:
            timer.cancel()
            self._waiter = None

    def hear(self, data: bytes, quirk: Quirk | None) -> None:
        """Take a datagram of SNMPv3 that bears this request's number."""
        if self.talk is None:
            return
        try:
            heard = self.talk.hear(data, self.id)
        except SnmpDecodeError as error:
            self.garbage = error.reason
            return
        if isinstance(heard, tuple):
            self.settle(Reply(*heard, quirk, len(data)))
        elif isinstance(heard, Report):
            if self.talk.believes(heard):
                self.settle(heard)
            elif self._doubt is None and self._waiter is not None:
                self._doubt = heard
                loop = asyncio.get_running_loop()
                loop.call_later(_DOUBT, self._give_in, self._waiter, heard)

    def _give_in(self, waiter: asyncio.Future[Any], report: Report) -> None:
        """Take the unproved word after all; a later try has another waiter."""
        if waiter is self._waiter and not waiter.done():
            waiter.set_result(report)

    def settle(self, outcome: Reply | Report | NetworkError | None) -> None:
        """End the wait; an answer that comes between two tries is kept for the next."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(outcome)
        elif isinstance(outcome, Reply):
            self._early = outcome
