"""What came of one question that was allowed so many hops."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address

from core.discovery.addresses import number_of
from core.model.identity import Endpoint
from core.snmp.icmp import NetworkError

# RFC 792 and RFC 4443: types and codes of the messages that count, by whether it is IPv6.
_EXPIRED = {False: (11, 0), True: (3, 0)}
_CLOSED = {False: (3, 3), True: (1, 4)}
_NO_HOST = {False: (3, 1), True: (1, 3)}


class Kind(StrEnum):
    """What was heard."""

    ANSWER = "answer"  # a datagram from the host
    CLOSED = "closed"  # the host's own word that nothing listens there
    EXPIRED = "expired"  # a router's word that the question may go no further
    NO_HOST = "no host"  # the last router's word that nobody is there
    NO_WAY = "no way"  # a router's word that it does not pass this on
    SILENCE = "silence"
    NOT_SENT = "not sent"  # this machine's own: no route, or not allowed


@dataclass(frozen=True, slots=True)
class Word:
    """``router`` is who spoke, where it was not the host; ``ttl`` what was left of the answer's
    time to live, where the system tells; ``seconds`` is how long it took.
    """

    kind: Kind
    router: str | None = None
    ttl: int | None = None
    seconds: float = 0.0

    @property
    def reached(self) -> bool:
        """Whether the question came to the host."""
        return self.kind in {Kind.ANSWER, Kind.CLOSED}


def word_of(error: NetworkError) -> Word:
    """Give what an ICMP error says."""
    six = ":" in error.host
    message = (error.type, error.code)
    kinds = {_EXPIRED[six]: Kind.EXPIRED, _CLOSED[six]: Kind.CLOSED, _NO_HOST[six]: Kind.NO_HOST}
    return Word(kinds.get(message, Kind.NO_WAY), error.router)


def network_of(endpoint: Endpoint) -> int | str:
    """Give the key of the piece of network whose addresses count as equally far: the /24 of an
    IPv4 address, the /64 of an IPv6 one.
    """
    if ":" not in endpoint.address:
        return number_of(endpoint.address) >> 8
    bare = IPv6Address(endpoint.address.partition("%")[0])
    return bare.packed[:8].hex()
