"""How patiently and how much an IPP printer is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IppPolicy:
    """Limits of one client; times in seconds.

    ``connect`` bounds opening a connection (twice that with TLS: some printers need seconds for
    their part of the handshake), ``timeout`` one request from its beginning to the last
    octet of its answer, ``deadline`` one question with all the paths and versions that it takes,
    and ``requests`` how many of these there may be. ``octets`` is the longest answer taken.
    """

    connect: float = 3.0
    timeout: float = 8.0
    deadline: float = 20.0
    requests: int = 8
    octets: int = 1_048_576
