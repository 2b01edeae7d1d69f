"""The machine's own networks: which addresses are on a wire of ours, and what to search unasked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network
from typing import TypeAlias

import ifaddr

from core.discovery.spans import Spans, merge
from core.discovery.targetset import TargetSet

_LOOPBACK = IPv4Network("127.0.0.0/8")
_WIDEST_UNASKED = 20
# Networks inside this machine only: bridges and cables of containers and virtual machines.
VIRTUAL = ("docker", "br-", "veth", "virbr", "vboxnet", "vmnet", "cni", "podman")


@dataclass(frozen=True, slots=True)
class Interface:
    """One IPv4 address of this machine, with the length of its network's prefix."""

    name: str
    address: str
    prefix: int

    @property
    def network(self) -> IPv4Network:
        """The network that the address lies in."""
        return IPv4Network((self.address, self.prefix), strict=False)


Interfaces: TypeAlias = Callable[[], Sequence[Interface]]


class Path(StrEnum):
    """The way to an address; it decides how fast one may send there."""

    LOOPBACK = "loopback"  # this machine
    ON_LINK = "on-link"  # a wire of ours: every address has to be found by ARP first
    ROUTED = "routed"  # behind a router, which does that


def system_interfaces() -> tuple[Interface, ...]:
    """Read the addresses of this machine from the operating system."""
    return tuple(
        Interface(adapter.nice_name, str(ip.ip), ip.network_prefix)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if ip.is_IPv4
    )


def by_path(targets: TargetSet, interfaces: Sequence[Interface]) -> dict[Path, TargetSet]:
    """Split a set by the way to its members; paths without members are absent.

    IPv6 addresses count as routed: they are single ones and overflow no neighbour table.
    """
    loopback = _spans([_LOOPBACK])
    on_link = _spans([i.network for i in interfaces if not i.network.overlaps(_LOOPBACK)])
    rest = targets.without(loopback)
    split = {
        Path.LOOPBACK: targets.inside(loopback),
        Path.ON_LINK: rest.inside(on_link),
        Path.ROUTED: rest.without(on_link),
    }
    return {path: part for path, part in split.items() if len(part)}


def nearby(interface: Interface) -> IPv4Network:
    """Give the interface's network, or the /20 of it around our address where it is wider."""
    prefix = max(interface.prefix, _WIDEST_UNASKED)
    return IPv4Network((interface.address, prefix), strict=False)


def _spans(networks: Sequence[IPv4Network]) -> Spans:
    return merge((int(n.network_address), int(n.broadcast_address)) for n in networks)
