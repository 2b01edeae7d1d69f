"""What the schedule sees of the computer: whether there is a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address

from core.discovery.interfaces import Interface, system_interfaces
from core.model.segment import Segment

_NO_NETWORK = "there is no network"


def missing_network(
    segments: Sequence[Segment], interfaces: Callable[[], Sequence[Interface]] = system_interfaces
) -> str:
    """Say that there is no network, or give "" where there is one, or none is needed.

    None is needed where everything that may be asked is inside this machine.
    """
    if segments and all(_inside(target) for s in segments for target in s.targets):
        return ""
    for interface in interfaces():
        address = IPv4Address(interface.address)
        if not address.is_loopback and not address.is_link_local:
            return ""
    return _NO_NETWORK


def _inside(target: str) -> bool:
    return target.startswith("127.") or target in {"localhost", "::1"}
