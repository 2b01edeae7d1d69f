"""The UDP side of all clients: few sockets, and each answer to the one who asked.

An answer belongs to a request by its random request id (of SNMPv3: message id), from whatever
address it comes. An error
with id 0 (some agents do not echo it) is taken only while exactly one request to that address is
under way. Whatever else arrives is counted and left.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from dataclasses import dataclass

from core.model.identity import Endpoint
from core.snmp.errors import (
    SnmpDecodeError,
    SnmpError,
    SnmpNoResourcesError,
    SnmpPortClosedError,
    SnmpUnreachableError,
)
from core.snmp.exchange import Quirk
from core.snmp.icmp import NetworkError
from core.snmp.message import Envelope, PduKind, open_envelope
from core.snmp.request import Reply, Request, Route
from core.snmp.sockets import Address, UdpSocket
from core.snmp.v3.talk import Talk
from core.snmp.v3.wire import message_id


@dataclass(slots=True)
class Traffic:
    """What has arrived, in datagrams: answers taken; answers that nobody waits for (late, or
    sent twice, or never asked for); and what is not an SNMP answer at all.
    """

    answers: int = 0
    unexpected: int = 0
    garbage: int = 0


class Transport:
    """Sockets and the requests under way on them."""

    def __init__(self, random_bits: Callable[[int], int]) -> None:
        self.traffic = Traffic()
        self._random_bits = random_bits
        self._sockets: dict[int, UdpSocket] = {}
        self._requests: dict[int, Request] = {}
        self._by_address: dict[Address, set[Request]] = {}
        self._closed = False

    async def close(self) -> None:
        """Close the sockets; requests under way end in silence."""
        self._closed = True
        for request in list(self._requests.values()):
            request.settle(None)
        sockets, self._sockets = list(self._sockets.values()), {}
        for sock in sockets:
            await sock.close()

    def route(self, endpoint: Endpoint) -> Route:
        """Find the socket for an endpoint; its address must be an IP address."""
        if self._closed:
            raise SnmpNoResourcesError("send", "the network has been closed")
        try:
            family, *_, target = socket.getaddrinfo(
                endpoint.address,
                endpoint.port,
                type=socket.SOCK_DGRAM,
                flags=socket.AI_NUMERICHOST,
            )[0]
        except (OSError, UnicodeError, OverflowError):
            raise SnmpUnreachableError(endpoint, "this is not an IP address") from None
        sock = self._sockets.get(family)
        if sock is None:
            sock = UdpSocket(family, self._arrived, self._failed)
            self._sockets[family] = sock
        host = str(target[0]).partition("%")[0]
        return Route(endpoint, target, (host, endpoint.port), sock)

    def begin(self, route: Route, talk: Talk | None = None) -> Request:
        """Register a request under a random 31-bit id; ``end`` must follow."""
        request_id = 0
        while request_id == 0 or request_id in self._requests:
            request_id = self._random_bits(31)
        request = Request(request_id, route, talk)
        self._requests[request_id] = request
        self._by_address.setdefault(route.address, set()).add(request)
        return request

    def end(self, request: Request) -> None:
        """Forget a request; what still comes for it is unexpected."""
        del self._requests[request.id]
        neighbours = self._by_address[request.route.address]
        neighbours.discard(request)
        if not neighbours:
            del self._by_address[request.route.address]

    def _arrived(self, data: bytes, source: Address) -> bool:
        """Take a datagram; gives whether more are expected."""
        try:
            envelope = open_envelope(data)
        except SnmpDecodeError as error:
            number = message_id(data)
            if number is not None and self._by_user(number, data, source):
                return len(self._requests) > 1
            self.traffic.garbage += 1
            for waiting in self._by_address.get(source, ()):
                waiting.garbage = error.reason
            return True
        request, quirk = self._owner(envelope, source)
        if request is None:
            self.traffic.unexpected += 1
            return True
        self.traffic.answers += 1
        request.settle(Reply(envelope, data, quirk, len(data)))
        return len(self._requests) > 1

    def _by_user(self, number: int, data: bytes, source: Address) -> bool:
        """Take a datagram of SNMPv3; gives ``False`` where nobody here speaks that."""
        request = self._requests.get(number)
        if request is not None and request.talk is not None:
            self.traffic.answers += 1
            request.hear(data, _oddity(request.route.address, source))
            return True
        if any(waiting.talk is not None for waiting in self._by_address.get(source, ())):
            self.traffic.unexpected += 1
            return True
        return False

    def _owner(self, envelope: Envelope, source: Address) -> tuple[Request | None, Quirk | None]:
        if envelope.kind is not PduKind.RESPONSE:
            return None, None
        known = self._requests.get(envelope.request_id)
        if known is not None:
            # Without a word of proof it is no answer to what was asked with one.
            if known.talk is not None:
                return None, None
            return known, _oddity(known.route.address, source)
        neighbours = self._by_address.get(source, ())
        if envelope.request_id == 0 and envelope.error_status != 0 and len(neighbours) == 1:
            (only,) = neighbours
            return (only, Quirk.ID_ZERO) if only.talk is None else (None, None)
        return None, None

    def _failed(self, error: NetworkError) -> None:
        for request in self._by_address.get((error.host, error.port), ()):
            request.settle(error)


def _oddity(asked: Address, answered: Address) -> Quirk | None:
    if asked == answered:
        return None
    return Quirk.OTHER_PORT if asked[0] == answered[0] else Quirk.OTHER_ADDRESS


def named(error: NetworkError, endpoint: Endpoint) -> SnmpError:
    """Name an ICMP error."""
    if error.errno == errno.ECONNREFUSED:
        return SnmpPortClosedError(endpoint)
    return SnmpUnreachableError(endpoint, error.reason)
