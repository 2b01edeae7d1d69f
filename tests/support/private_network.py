"""Two hosts on a wire of their own, in network namespaces: real multicast, unheard by others.

The test's thread is "here"; sockets made and programs started inside ``with network.there():``
belong to the other host. Needs Linux and the right to make namespaces (root).
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import pytest

from tests.support.need import missing, need

HERE, THERE, PREFIX = "192.0.2.1", "192.0.2.5", 28
TARGETS = "192.0.2.0/28"
_CLONE_NEWNET = 0x40000000
_ALL_FRAMES = 0x0003
_TCP, _UDP = 6, 17


@dataclass(frozen=True, slots=True)
class Packet:
    """One TCP segment or UDP datagram that this host sent."""

    protocol: str
    target: str
    port: int


@dataclass(slots=True)
class PrivateNetwork:
    """The two hosts, and all that the one here sends."""

    _here: int
    _there: int
    _sniffer: socket.socket
    _sent: list[Packet] = field(default_factory=list)

    @contextmanager
    def there(self) -> Iterator[None]:
        """Be the other host."""
        _enter(self._there)
        try:
            yield
        finally:
            _enter(self._here)

    def add_address(self, address: str, prefix: int = PREFIX) -> None:
        """Give the other host one more address."""
        with self.there():
            _ip("addr", "add", f"{address}/{prefix}", "dev", "wire1", *_at_once(address))

    def listener(self, address: str, port: int) -> socket.socket:
        """Open a TCP port of the other host."""
        with self.there():
            sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((address, port))
            sock.listen()
        return sock

    def sent(self) -> list[Packet]:
        """Give everything sent to others from here since the beginning."""
        while True:
            try:
                frame, where = self._sniffer.recvfrom(65_535)
            except BlockingIOError:
                return self._sent
            packet = _read(frame) if where[2] == socket.PACKET_OUTGOING else None
            if packet is not None and packet.target != HERE:
                self._sent.append(packet)


def _at_once(address: str) -> tuple[str, ...]:
    """Let an IPv6 address be used without a search for its double, which takes two seconds."""
    return ("nodad",) if ":" in address else ()


@contextmanager
def private_network() -> Iterator[PrivateNetwork]:
    """Make the two hosts; the test's thread is back where it was when the block ends."""
    if sys.platform != "linux":
        missing("network namespaces are Linux's")
    need("ip")
    with ExitStack() as stack:
        home = stack.enter_context(_namespace())
        try:
            _call("unshare", _CLONE_NEWNET)
        except PermissionError:
            missing("no right to make network namespaces")
        stack.callback(_enter, home)
        there = stack.enter_context(_namespace())
        _ip("link", "set", "lo", "up")
        _call("unshare", _CLONE_NEWNET)
        here = stack.enter_context(_namespace())
        _wire(here, there)
        sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL_FRAMES))
        stack.callback(sniffer.close)
        sniffer.setblocking(False)
        sniffer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        network = PrivateNetwork(here, there, sniffer)
        yield network


def _wire(here: int, there: int) -> None:
    pid = os.getpid()
    _ip("link", "set", "lo", "up")
    _ip("link", "add", "wire0", "type", "veth", "peer", "name", "wire1", "netns", _path(pid, there))
    _ip("addr", "add", f"{HERE}/{PREFIX}", "dev", "wire0")
    _ip("link", "set", "wire0", "up")
    _enter(there)
    _ip("addr", "add", f"{THERE}/{PREFIX}", "dev", "wire1")
    _ip("link", "set", "wire1", "up")
    _wait_for_link("wire1")
    _enter(here)
    _wait_for_link("wire0")


def _wait_for_link(name: str) -> None:
    """Wait until the system has taken note of the cable: it drops what is sent before."""
    until = time.monotonic() + 10
    while "state UP" not in _ip("-o", "link", "show", name):
        if time.monotonic() > until:
            pytest.fail(f"the link {name} did not come up")
        time.sleep(0.005)


def _path(pid: int, descriptor: int) -> str:
    return f"/proc/{pid}/fd/{descriptor}"


@contextmanager
def _namespace() -> Iterator[int]:
    """Keep hold of the namespace that this thread is in."""
    descriptor = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _enter(descriptor: int) -> None:
    _call("setns", descriptor, _CLONE_NEWNET)


def _call(name: str, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _ip(*arguments: str) -> str:
    command = [need("ip"), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _read(packet: bytes) -> Packet | None:
    version = packet[0] >> 4
    if version == 4:
        protocol, start = packet[9], (packet[0] & 15) * 4
        target = socket.inet_ntop(socket.AF_INET, packet[16:20])
    elif version == 6:
        protocol, start = packet[6], 40
        target = socket.inet_ntop(socket.AF_INET6, packet[24:40])
    else:
        return None
    if protocol not in (_TCP, _UDP) or len(packet) < start + 4:
        return None
    (port,) = struct.unpack_from("!H", packet, start + 2)
    return Packet("tcp" if protocol == _TCP else "udp", target, port)


@pytest.fixture
def network() -> Iterator[PrivateNetwork]:
    """Two hosts for one test."""
    with private_network() as made:
        yield made
