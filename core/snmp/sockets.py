"""One UDP socket and its receive path, on any asyncio loop.

Where the loop can watch a socket (all but Windows' own), one callback takes all that has come;
elsewhere a task waits for each datagram. Both go on after every error: one ICMP message must not
deafen the socket.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from typing import TypeAlias

from core.snmp.budget import Budget
from core.snmp.errors import SnmpNoResourcesError
from core.snmp.icmp import NetworkError, listen_for_errors, waiting_errors

Address: TypeAlias = tuple[str, int]

_WANTED_BUFFER = 4 << 20
_LARGEST = 65_535
_AT_ONCE = 64  # datagrams taken before others on the loop get their turn
_BACK_PRESSURE = {errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS, errno.ENOMEM}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.02


class UdpSocket:
    """A bound UDP socket; ``deliver(data, address)`` and ``failed(error)`` are called for what
    comes; ``deliver`` says whether more is expected. ``room`` lends the octets of the receive
    buffer that the system granted.
    """

    def __init__(
        self,
        family: socket.AddressFamily,
        deliver: Callable[[bytes, Address], bool],
        failed: Callable[[NetworkError], None],
    ) -> None:
        self._deliver = deliver
        self._failed = failed
        self.errors = 0
        self._closed = False
        self._sock = open_socket(family)
        self.room = Budget(self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF))
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        try:
            self._loop.add_reader(self._sock, self._readable)
        except NotImplementedError:
            self._task = self._loop.create_task(self._receive())

    async def close(self) -> None:
        """Stop receiving and close."""
        if self._task is None:
            self._loop.remove_reader(self._sock)
        else:
            self._task.cancel()
            await asyncio.wait([self._task])
        self._sock.close()
        self._closed = True

    async def send(self, data: bytes, address: tuple[object, ...], patience: float) -> None:
        """Send a datagram, waiting up to ``patience`` seconds for room to send it.

        Raises ``SnmpNoResourcesError`` if there was none, and ``OSError`` if the system refuses.
        """
        pause, refusals = _FIRST_PAUSE, 0
        end = self._loop.time() + patience
        while True:
            if self._closed:
                raise SnmpNoResourcesError("send", "the network has been closed")
            try:
                self._sock.sendto(data, address)
            except OSError as error:
                if error.errno in _BACK_PRESSURE:
                    if self._loop.time() + pause > end:
                        raise SnmpNoResourcesError("send", str(error.strerror)) from None
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)
                    continue
                # The error may be about another datagram, sent before: it is reported once.
                refusals += 1
                self._take_errors()
                if refusals > 2:
                    raise
            else:
                return

    def _readable(self) -> None:
        for turn in range(_AT_ONCE):
            try:
                data, address = self._sock.recvfrom(_LARGEST)
            except BlockingIOError:
                if turn == 0:
                    self._take_errors()
                return
            except OSError:
                self._take_errors()
            else:
                # The system keeps calling while something is left, so that looking is only a
                # saving where more is likely.
                if not self._deliver(data, address[:2]):
                    return

    async def _receive(self) -> None:
        failures = turns = 0
        while True:
            try:
                data, address = await self._loop.sock_recvfrom(self._sock, _LARGEST)
            except OSError:
                self._take_errors()
                failures += 1
                # Windows tells of one ICMP error a call; a socket that is broken fails for ever.
                await asyncio.sleep(0 if failures < _AT_ONCE else _LONGEST_PAUSE)
            else:
                failures = 0
                turns += 1
                self._deliver(data, address[:2])
                if turns % _AT_ONCE == 0:
                    await asyncio.sleep(0)

    def _take_errors(self) -> None:
        self.errors += 1
        for error in waiting_errors(self._sock):
            self._failed(error)


def open_socket(
    family: socket.AddressFamily, prepare: Callable[[socket.socket], None] = lambda _: None
) -> socket.socket:
    """Open a UDP socket that hears of ICMP errors and holds what many answer at once.

    ``prepare`` may set more before it is bound. Raises ``SnmpNoResourcesError``.
    """
    try:
        sock = socket.socket(family, socket.SOCK_DGRAM)
    except OSError as error:
        raise SnmpNoResourcesError("open a socket", str(error.strerror)) from None
    try:
        sock.setblocking(False)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        prepare(sock)
        _enlarge_receive_buffer(sock)
        listen_for_errors(sock)
        sock.bind(("", 0))
    except OSError as error:
        sock.close()
        raise SnmpNoResourcesError("open a socket", str(error.strerror)) from None
    return sock


def _enlarge_receive_buffer(sock: socket.socket) -> None:
    # Linux grants less without an error; others refuse a size over their limit.
    size = _WANTED_BUFFER
    while size >= 1 << 16:
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
        except OSError:
            size //= 2
        else:
            return
