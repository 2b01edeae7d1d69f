"""The sockets of one sweep: unconnected, watched all the time, never deafened by an ICMP message.

The send buffers are the system's stock ones: on a wire of ours an absent neighbour holds its
datagrams in there until ARP gives up, and the buffer running full is what slows the sender down
before the neighbour table overflows.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections import deque
from collections.abc import Sequence
from typing import Protocol, TypeAlias

from core.discovery.hops.leveled import limit_hops
from core.discovery.interfaces import Path
from core.discovery.sockaddr import Address
from core.snmp.icmp import waiting_errors
from core.snmp.sockets import open_socket

Datagram: TypeAlias = tuple[bytes, Address]

_ON_LINK_SOCKETS = 8  # stock buffers enough for the 750 neighbours that ARP looks for at a time
_LARGEST = 65_535
_AT_ONCE = 64
_BACK_PRESSURE = {errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS, errno.ENOMEM}
_CLOSED = {errno.ECONNREFUSED}  # the host's own word: nothing listens at that port
_NOBODY = {errno.EHOSTUNREACH, errno.EHOSTDOWN}  # on our own wire: ARP found none
_TRIES = 3


class Listener(Protocol):
    """Who is told what happens on a wire."""

    def arrived(self, data: bytes, source: Address) -> None:
        """Take a datagram that came."""

    def absent(self, host: str, port: int) -> None:
        """Take note that nobody is at that address, or nothing listens at that port."""

    def refused(self, address: Address, error: OSError) -> None:
        """Take note that the system does not send to that address."""


class Wire:
    """Sockets for IPv4 and, where it is wanted, IPv6. Made inside a running loop.

    ``ttl`` is the time to live that everything is sent with (``None``: the system's own).
    """

    def __init__(
        self, path: Path, listener: Listener, *, six: bool = False, ttl: int | None = None
    ) -> None:
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self._four: deque[socket.socket] = deque()
        self._six: deque[socket.socket] = deque()
        self._tasks: list[asyncio.Task[None]] = []
        # Of what is behind a router, its word is not final: it may be the router's own trouble.
        self._final = _CLOSED | _NOBODY if path is Path.ON_LINK else _CLOSED
        try:
            count = _ON_LINK_SOCKETS if path is Path.ON_LINK else 1
            for _ in range(count):
                self._four.append(_open(socket.AF_INET, ttl))
            if six:
                self._six.append(_open(socket.AF_INET6, ttl))
            self._watch()
        except BaseException:
            self.close()
            raise

    @property
    def buffer(self) -> int:
        """Octets of the receive buffer that the system granted to a socket."""
        return self._four[0].getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)

    def close(self) -> None:
        """Stop at once."""
        for task in self._tasks:
            task.cancel()
        for sock in (*self._four, *self._six):
            if not self._tasks and sock.fileno() >= 0:
                self._loop.remove_reader(sock)
            sock.close()

    def send(self, datagrams: Sequence[Datagram], *, six: bool = False) -> int:
        """Send; gives how many are done. Fewer than all: the buffers are full, so wait and repeat
        the rest. An address that the system refuses is told to the listener and counts as done.
        """
        group = self._six if six else self._four
        sock = group[0]
        for done, (data, address) in enumerate(datagrams):
            try:
                sock.sendto(data, address)
            except OSError:
                if not self._send_hard(group, data, address):
                    return done
                sock = group[0]
        return len(datagrams)

    def _send_hard(self, group: deque[socket.socket], data: bytes, address: Address) -> bool:
        """Send where an error is in the way, by any socket; gives whether that is done with."""
        for _ in range(len(group)):
            if self._try(group[0], data, address):
                return True
            group.rotate(-1)
        return False

    def _try(self, sock: socket.socket, data: bytes, address: Address) -> bool:
        for attempt in range(_TRIES):
            try:
                sock.sendto(data, address)
            except OSError as error:
                if error.errno in _BACK_PRESSURE:
                    return False
                # It may be about a datagram sent before: the system tells each error once.
                if attempt == _TRIES - 1:
                    self._listener.refused(address, error)
            else:
                break
        return True

    def take_errors(self) -> None:
        """Hear at once what the network has said about what was sent."""
        for sock in (*self._four, *self._six):
            self._take_errors(sock)

    def _watch(self) -> None:
        for sock in (*self._four, *self._six):
            try:
                self._loop.add_reader(sock, self._readable, sock)
            except NotImplementedError:  # Windows' own loop
                self._tasks.append(self._loop.create_task(self._receive(sock)))

    def _readable(self, sock: socket.socket) -> None:
        for turn in range(_AT_ONCE):
            try:
                data, source = sock.recvfrom(_LARGEST)
            except BlockingIOError:
                if turn == 0:
                    self._take_errors(sock)
                return
            except OSError:
                self._take_errors(sock)
            else:
                self._listener.arrived(data, source)

    async def _receive(self, sock: socket.socket) -> None:
        turns = failures = 0
        while True:
            try:
                data, source = await self._loop.sock_recvfrom(sock, _LARGEST)
            except OSError:
                # Windows tells of an ICMP message here; a broken socket would fail for ever.
                failures += 1
                await asyncio.sleep(0 if failures < _AT_ONCE else 0.02)
                continue
            failures = 0
            turns += 1
            self._listener.arrived(data, source)
            if turns % _AT_ONCE == 0:
                await asyncio.sleep(0)

    def _take_errors(self, sock: socket.socket) -> None:
        for error in waiting_errors(sock):
            if error.errno in self._final:
                self._listener.absent(error.host, error.port)


def _open(family: socket.AddressFamily, ttl: int | None) -> socket.socket:
    def prepare(sock: socket.socket) -> None:
        if ttl is not None:
            limit_hops(sock, ttl)

    return open_socket(family, prepare)
