"""A UDP socket whose datagrams may cross so many routers and no more.

Which socket an ICMP message comes to says how far the question was allowed to go: routers may quote
as little as the UDP header of what they drop (RFC 792), and that is enough to find the socket.
"""

from __future__ import annotations

import socket
import sys
from contextlib import suppress

from core.discovery.sockaddr import Address
from core.snmp.icmp import listen_for_errors

# The number of the option, and of the note that it gives (linux/in.h, netinet/in.h of the BSDs).
_RECV_TTL = {"linux": (12, 2), "darwin": (24, 24)}
_LARGEST = 65_535
_NOTES = 256


def open_socket(family: socket.AddressFamily, ttl: int) -> socket.socket:
    """Open one; raises ``OSError``."""
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        limit_hops(sock, ttl)
        listen_for_errors(sock)
        _listen_for_ttl(sock)
        sock.bind(("", 0))
    except OSError:
        sock.close()
        raise
    return sock


def limit_hops(sock: socket.socket, ttl: int) -> None:
    """Let a socket's datagrams cross ``ttl`` - 1 routers at most; raises ``OSError``."""
    if sock.family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, ttl)
    else:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)


def receive(sock: socket.socket) -> tuple[bytes, Address, int | None]:
    """Take a datagram that waits, with what is left of its time to live where the system tells.

    Raises ``BlockingIOError`` where none waits, another ``OSError`` where an error does.
    """
    if not hasattr(sock, "recvmsg"):  # Windows
        data, source = sock.recvfrom(_LARGEST)
        return data, source, None
    data, notes, _, source = sock.recvmsg(_LARGEST, _NOTES)
    return data, source, _ttl_in(notes)


def _listen_for_ttl(sock: socket.socket) -> None:
    with suppress(OSError, AttributeError):
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
        elif sys.platform in _RECV_TTL:
            sock.setsockopt(socket.IPPROTO_IP, _RECV_TTL[sys.platform][0], 1)


def _ttl_in(notes: list[tuple[int, int, bytes]]) -> int | None:
    four = _RECV_TTL.get(sys.platform, (0, -1))[1]
    for level, kind, data in notes:
        if level == socket.IPPROTO_IP and kind == four and data:
            return data[0] if len(data) == 1 else int.from_bytes(data[:4], sys.byteorder)
        if level == socket.IPPROTO_IPV6 and kind == socket.IPV6_HOPLIMIT and len(data) >= 4:
            return int.from_bytes(data[:4], sys.byteorder)
    return None
