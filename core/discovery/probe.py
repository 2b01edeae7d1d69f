"""The question of a sweep, and whose answer it is that comes.

A probe is a GET of sysDescr.0 and sysObjectID.0 (RFC 3418), encoded once for each version and
community; of SNMPv3 it is the question for the engine id (RFC 3414 section 4), which every agent
answers to anybody, and which is asked in the first round alone. Only the four octets of the request
id (of SNMPv3: message id) differ from target to target. The id is the number of the target, moved
by a random amount, so that no state is kept for what was sent.

An answer belongs to the target whose address and port it comes from, whatever its id is: some
printers do not echo it. If it comes from elsewhere (a second network card, another port), its id
says which target was asked. If that says nothing either, it is left aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from core.discovery.sockaddr import Address
from core.snmp.access import Version
from core.snmp.message import Message, Pdu, PduKind, encode
from core.snmp.types import Tag, Value, VarBind
from core.snmp.v3.session import introduction

SYS_DESCR = (1, 3, 6, 1, 2, 1, 1, 1, 0)
SYS_OBJECT_ID = (1, 3, 6, 1, 2, 1, 1, 2, 0)

# Ids 0x40000000 to 0x7fffffff are written in four octets each (BER writes integers shortest).
_LOW = 0x40000000
_MASK = 0x3FFFFFFF


@dataclass(frozen=True, slots=True)
class Probe:
    """A datagram but for its request id, which goes between the two parts."""

    version: Version
    head: bytes
    tail: bytes

    def __repr__(self) -> str:
        return f"Probe(version={self.version!r})"


class Questions:
    """The probes of one sweep; ``shift`` is what moves the ids."""

    def __init__(
        self, versions: Sequence[Version], communities: Sequence[str], random: Random
    ) -> None:
        self._communities = [text.encode() for text in communities]
        self.shift = random.getrandbits(30)
        self.probes = _rounds(versions, self._communities)
        self.best = versions[0]

    def datagrams(
        self, probe: Probe, members: Iterable[tuple[int, Address]]
    ) -> list[tuple[bytes, Address]]:
        """Give the question to each member, ready to be sent."""
        head, tail, shift = probe.head, probe.tail, self.shift
        return [
            (head + (_LOW | (number + shift & _MASK)).to_bytes(4, "big") + tail, address)
            for number, address in members
        ]

    def speaks(self, version: Version) -> bool:
        """Whether this version is asked for at all."""
        return any(probe.version is version for probe in self.probes[0])

    def better(self, index: int) -> Probe | None:
        """Give the probe of the best version in the words of a round, if it is asked there."""
        return next((probe for probe in self.probes[index] if probe.version is self.best), None)

    def request_id(self, number: int) -> int:
        """Give the request id for the target with this number."""
        return _LOW | (number + self.shift & _MASK)

    def number(self, request_id: int, targets: int) -> int | None:
        """Give the number of the target that was asked with this id, out of so many."""
        number = (request_id - self.shift) & _MASK
        return number if request_id >> 30 == 1 and number < targets else None

    def community_index(self, echoed: bytes, current: int) -> int:
        """Say which community an answer is for; ``current`` where it does not echo one."""
        try:
            return self._communities.index(echoed)
        except ValueError:
            return current


def _rounds(versions: Sequence[Version], communities: Sequence[bytes]) -> list[list[Probe]]:
    """Give the probes of each round: every community is one, in all versions that have them."""
    spoken = communities if any(version is not Version.V3 for version in versions) else [b""]
    return [
        [_probe(v, community) for v in versions if v is not Version.V3 or n == 0]
        for n, community in enumerate(spoken)
    ]


def _probe(version: Version, community: bytes) -> Probe:
    whole = _encoded(version, community, _LOW)
    other = _encoded(version, community, _LOW | _MASK)
    # The id is where the two differ; looking for its octets could find them in the community.
    place = next(n for n, octet in enumerate(whole) if octet != other[n])
    return Probe(version, whole[:place], whole[place + 4 :])


def _encoded(version: Version, community: bytes, request_id: int) -> bytes:
    if version is Version.V3:
        return introduction(request_id)
    names = tuple(VarBind(oid, Value(Tag.NULL, None)) for oid in (SYS_DESCR, SYS_OBJECT_ID))
    return encode(Message(version, community, Pdu(PduKind.GET, request_id, 0, 0, names)))
