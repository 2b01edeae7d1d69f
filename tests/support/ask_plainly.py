"""A plain blocking question, to learn whether an agent is up before a test asks it."""

from __future__ import annotations

import select
import socket
import subprocess
import time
from collections.abc import Mapping

from core.snmp.access import Version
from core.snmp.errors import SnmpDecodeError
from core.snmp.message import PduKind, decode, encode_request

_FIRST = (1, 3)


def free_udp_port(address: str) -> int:
    """Give a UDP port of this address that nobody listens on at present."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, 0))
        return int(sock.getsockname()[1])


def wait_until_answering(
    agents: Mapping[str, int], process: subprocess.Popen[bytes], patience: float
) -> None:
    """Ask every address and port by v2c, community "public", until all have answered.

    Raises ``RuntimeError`` with the silent ones if the process ends or patience does.
    """
    silent = dict(agents)
    end = time.monotonic() + patience
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)
        while silent:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"no answer from {sorted(silent)}, exit {process.poll()}")
            for address, port in silent.items():
                request = encode_request(Version.V2C, b"public", PduKind.GET_NEXT, 1, [_FIRST])
                sock.sendto(request, (address, port))
            for address in _answers(sock, 0.2):
                silent.pop(address, None)


def _answers(sock: socket.socket, patience: float) -> set[str]:
    answered: set[str] = set()
    end = time.monotonic() + patience
    while select.select([sock], [], [], max(0.0, end - time.monotonic()))[0]:
        data, source = sock.recvfrom(65_535)
        try:
            decode(data)
        except SnmpDecodeError:
            continue
        answered.add(source[0])
    return answered
