"""Targets as the system's socket addresses, made one by one as they are needed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import TypeAlias

from core.discovery.addresses import text_of
from core.discovery.targetset import TargetSet
from core.model.identity import Endpoint

FourAddress: TypeAlias = tuple[str, int]
SixAddress: TypeAlias = tuple[str, int, int, int]
Address: TypeAlias = FourAddress | SixAddress
Numbered: TypeAlias = tuple[int, Address]  # a member of a set, by its number there

_OCTETS = tuple(str(n) for n in range(256))


def silent_four(targets: TargetSet, settled: bytearray) -> Iterator[Numbered]:
    """Give number and address of each IPv4 member that is not settled, in order.

    ``settled`` has one octet for each member, 0 for those who are not.
    """
    number = 0
    for block in targets.blocks:
        for base in range(block.first & ~0xFF, block.last + 1, 256):
            prefix = text_of(base)[:-1]  # the text ends in the 0 of its last octet
            low = max(block.first - base, 0)
            high = min(block.last - base, 255)
            for octet in _OCTETS[low : high + 1]:
                if not settled[number]:
                    yield number, (prefix + octet, block.port)
                number += 1


class SixBook:
    """The IPv6 members of a set with their socket addresses, ``unusable`` where there is none."""

    def __init__(self, targets: TargetSet) -> None:
        self.entries: list[tuple[int, SixAddress]] = []
        self.unusable: list[tuple[Endpoint, OSError]] = []
        first = len(targets) - len(targets.six)
        for number, endpoint in enumerate(targets.six, first):
            try:
                self.entries.append((number, six_address(endpoint)))
            except OSError as error:
                self.unusable.append((endpoint, error))
        self._numbers = {_key(address): number for number, address in self.entries}

    def silent(self, settled: bytearray) -> Iterator[Numbered]:
        """Give number and address of each member that is not settled."""
        for number, address in self.entries:
            if not settled[number]:
                yield number, address

    def find(self, source: SixAddress) -> int | None:
        """Give the number of the member with this address."""
        return self._numbers.get(_key(source))


def six_address(endpoint: Endpoint) -> SixAddress:
    """Give the socket address of an IPv6 endpoint; raises ``OSError`` for an unknown interface."""
    host, _, zone = endpoint.address.partition("%")
    scope = 0
    if zone:
        scope = int(zone) if zone.isdecimal() else socket.if_nametoindex(zone)
    return host, endpoint.port, 0, scope


def _key(address: SixAddress) -> tuple[str, int, int]:
    # The system writes the interface into the text of a link-local address it received from.
    return address[0].partition("%")[0], address[1], address[3]
