"""What the network says about datagrams that did not arrive, where the system tells.

On Linux a UDP socket that is not connected hears of ICMP errors only with IP_RECVERR, and then
each error waits in a queue of its own with the address that it is about. Other systems tell
nothing (macOS) or not about whom (Windows).
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from dataclasses import dataclass

_IP_RECVERR = 11  # linux/in.h
_IPV6_RECVERR = 25  # linux/in6.h
_MSG_ERRQUEUE = 0x2000  # linux/socket.h
_EXTENDED_ERROR = struct.Struct("=IBBBBII")  # struct sock_extended_err, linux/errqueue.h
_FROM_NETWORK = {2, 3}  # SO_EE_ORIGIN_ICMP, SO_EE_ORIGIN_ICMP6
_MOST = 256


@dataclass(frozen=True, slots=True)
class NetworkError:
    """One ICMP error: the host and port that was asked, and the system's error number.

    ``type`` and ``code`` are those of the message (RFC 792; RFC 4443 for IPv6), ``router`` is the
    address that it came from: the host itself or a router on the way.
    """

    host: str
    port: int
    errno: int
    type: int = -1
    code: int = -1
    router: str | None = None

    @property
    def reason(self) -> str:
        """The error in the system's words."""
        return os.strerror(self.errno)


def listen_for_errors(sock: socket.socket) -> None:
    """Ask the system to tell which address an ICMP error is about."""
    if sys.platform != "linux":
        return
    if sock.family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, _IPV6_RECVERR, 1)
    else:
        sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)


def waiting_errors(sock: socket.socket) -> list[NetworkError]:
    """Take the errors that wait at a socket (bounded); never raises.

    The queue must be emptied after each error: while something is in it, the socket counts as
    readable, and a loop that does not look here would spin.
    """
    errors: list[NetworkError] = []
    if sys.platform != "linux":
        return errors
    for _ in range(_MOST):
        try:
            _, notes, _, address = sock.recvmsg(0, 512, _MSG_ERRQUEUE)
        except OSError:
            break
        for level, kind, data in notes:
            if (level, kind) not in {
                (socket.IPPROTO_IP, _IP_RECVERR),
                (socket.IPPROTO_IPV6, _IPV6_RECVERR),
            }:
                continue
            number, origin, type_, code, *_ = _EXTENDED_ERROR.unpack_from(data)
            if origin in _FROM_NETWORK and address:
                host, port = str(address[0]), int(address[1])
                router = _offender(data[_EXTENDED_ERROR.size :])
                errors.append(NetworkError(host, port, int(number), type_, code, router))
    return errors


def _offender(data: bytes) -> str | None:
    """Read the socket address behind the error (SO_EE_OFFENDER): who sent the message."""
    family = int.from_bytes(data[:2], sys.byteorder)
    if family == socket.AF_INET and len(data) >= 8:
        return socket.inet_ntop(socket.AF_INET, data[4:8])
    if family == socket.AF_INET6 and len(data) >= 24:
        return socket.inet_ntop(socket.AF_INET6, data[8:24])
    return None
