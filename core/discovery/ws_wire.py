"""The sockets of WS-Discovery: one that asks on each interface, one that hears what all are told.

UDP only, to port 3702 only, with a time to live of one: what is asked of all stays on the wire.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TypeAlias

GROUP = "239.255.255.250"
PORT = 3702
_LARGEST = 65_535
_REST = 0.02  # seconds, after an error: a broken socket must not spin

Received: TypeAlias = Callable[[bytes, str], None]


class WsWire(Protocol):
    """What WS-Discovery needs of a network."""

    def to_all(self, data: bytes) -> None:
        """Send to the group, on every interface."""
        ...

    def to_one(self, data: bytes, address: str) -> None:
        """Send to one IPv4 address."""
        ...

    def close(self) -> None:
        """Stop at once."""
        ...


# Opens a wire on interfaces (addresses of ours; none: for asking single addresses only). Raises
# ``OSError`` where not even asking is possible.
Opener: TypeAlias = Callable[[Sequence[str], Received], WsWire]


class UdpWsWire:
    """Sockets of the system. Made inside a running loop; ``received(data, address)`` is called."""

    def __init__(self, interfaces: Sequence[str], received: Received) -> None:
        self._received = received
        self._asking: list[socket.socket] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._sockets: list[socket.socket] = []
        try:
            self._ask_on(interfaces or ("",))
            if interfaces:
                self._hear(interfaces)
            loop = asyncio.get_running_loop()
            self._tasks = [loop.create_task(self._receive(sock)) for sock in self._sockets]
        except BaseException:
            self.close()
            raise

    def to_all(self, data: bytes) -> None:
        """Send to the group, on every interface; one that is down is passed over."""
        for sock in self._asking:
            _send(sock, data, (GROUP, PORT))

    def to_one(self, data: bytes, address: str) -> None:
        """Send to one address."""
        _send(self._asking[0], data, (address, PORT))

    def close(self) -> None:
        """Stop at once."""
        for task in self._tasks:
            task.cancel()
        for sock in self._sockets:
            sock.close()

    def _ask_on(self, interfaces: Sequence[str]) -> None:
        """Open what asks; an interface that went away costs only itself."""
        failure = None
        for address in interfaces:
            try:
                self._asking.append(_asking_socket(address))
            except OSError as error:
                failure = error
        self._sockets.extend(self._asking)
        if not self._asking and failure is not None:
            raise failure

    def _hear(self, interfaces: Sequence[str]) -> None:
        """Hear Hello and Bye; another program that keeps the port to itself leaves us the rest."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if sys.platform == "darwin":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sock.bind(("", PORT))
        except OSError:
            sock.close()
            return
        self._sockets.append(sock)
        for address in interfaces:
            group = socket.inet_aton(GROUP) + socket.inet_aton(address)
            with suppress(OSError):
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)

    async def _receive(self, sock: socket.socket) -> None:
        # The loop's own datagram transport is deafened by one ICMP message on Windows.
        loop = asyncio.get_running_loop()
        while True:
            try:
                data, source = await loop.sock_recvfrom(sock, _LARGEST)
            except OSError:
                await asyncio.sleep(_REST)
            else:
                self._received(data, source[0])


def _asking_socket(address: str) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.bind((address, 0))
        if address:
            interface = socket.inet_aton(address)
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, interface)
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    except BaseException:
        sock.close()
        raise
    return sock


def _send(sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
    # It may be about a datagram sent before: the system tells each error once. What is not sent
    # now is sent with the next round.
    for _ in range(2):
        try:
            sock.sendto(data, address)
        except OSError:
            continue
        return
