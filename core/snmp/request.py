"""One request under way: sent, sent again, and answered or not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from core.model.identity import Endpoint
from core.snmp.errors import SnmpUnreachableError
from core.snmp.exchange import Quirk
from core.snmp.icmp import NetworkError
from core.snmp.message import Envelope
from core.snmp.sockets import Address, UdpSocket


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint as the system addresses it, and the socket that leads there."""

    endpoint: Endpoint
    target: tuple[object, ...]
    address: Address
    sock: UdpSocket


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read up to its variables; ``quirk`` says what was odd about its arrival."""

    envelope: Envelope
    data: bytes
    quirk: Quirk | None


class Request:
    """A request under way, from its first try to its answer. ``garbage`` is what was wrong with
    the last unusable datagram from its address.
    """

    def __init__(self, request_id: int, route: Route) -> None:
        self.id = request_id
        self.route = route
        self.garbage: str | None = None
        self._waiter: asyncio.Future[Reply | NetworkError | None] | None = None
        self._early: Reply | None = None

    async def attempt(self, datagram: bytes, wait: float, room: int) -> Reply | NetworkError | None:
        """Send once and wait (seconds); ``room`` is what the answer may take in the receive
        buffer. Gives the answer, the network's error, or ``None`` for silence.

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

    async def _wait(self, wait: float) -> Reply | NetworkError | None:
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        timer = loop.call_later(wait, self.settle, None)
        try:
            return await self._waiter
        finally:
            timer.cancel()
            self._waiter = None

    def settle(self, outcome: Reply | NetworkError | None) -> None:
        """End the wait; an answer that comes between two tries is kept for the next."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(outcome)
        elif isinstance(outcome, Reply):
            self._early = outcome
