"""Which of this machine's networks a person may want to search, and what speaks against some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Address

from core.discovery.interfaces import VIRTUAL, Interface, nearby

_LONGEST = 30  # a longer prefix is a link between two: nobody else is on it
# Names of Linux, BSD and macOS from their start; words of Windows anywhere.
_TUNNELS = re.compile(
    r"(?:tun|tap|wg|ppp|utun|ipsec|zt|tailscale|nordlynx|proton|cscotun|gpd)\w*\b.*"
    r"|.*(?:\bvpn|wireguard|tunnel|\btap-|anyconnect|fortinet|forticlient|zerotier|tailscale).*",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r".*(?:vethernet|hyper-v|virtualbox|vmware|docker|\bwsl\b|host-only).*", re.IGNORECASE
)


class Kind(IntEnum):
    """What a network is, the likeliest for printers first."""

    LAN = 0
    TUNNEL = 1  # a VPN: what is there is elsewhere
    INSIDE = 2  # between this machine and its own containers or virtual machines


@dataclass(frozen=True, slots=True)
class OwnNetwork:
    """One network of ours: ``target`` is what to search, at most a /20 around our address;
    ``whole`` is the network where that is more, else "". ``interface`` is the system's name.
    """

    target: str
    interface: str
    kind: Kind
    whole: str = ""


def suggest(interfaces: Sequence[Interface]) -> tuple[OwnNetwork, ...]:
    """Give each network once, those of wires and radio first."""
    found: dict[str, OwnNetwork] = {}
    for interface in interfaces:
        network = interface.network
        address = IPv4Address(interface.address)
        if address.is_loopback or network.is_link_local or network.prefixlen > _LONGEST:
            continue
        part = nearby(interface)
        whole = "" if part == network else str(network)
        one = OwnNetwork(str(part), interface.name, _kind(interface.name), whole)
        known = found.get(one.target)
        if known is None or one.kind < known.kind:
            found[one.target] = one
    return tuple(sorted(found.values(), key=lambda one: one.kind))


def _kind(name: str) -> Kind:
    if name.lower().startswith(VIRTUAL) or _INSIDE.fullmatch(name):
        return Kind.INSIDE
    return Kind.TUNNEL if _TUNNELS.fullmatch(name) else Kind.LAN
