"""Which addresses out of an announcement can be a printer's, in one form and order."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address


def usable(addresses: Iterable[str]) -> tuple[str, ...]:
    """Give those that name one host, each once: IPv4 first, in the order of their numbers.

    A mapped IPv4 address is taken as what it is. A link-local IPv6 address is unclear without its
    interface (RFC 4007) and left out; the interface is given by its name.
    """
    found = {known for text in addresses if (known := _known(text)) is not None}
    return tuple(str(address) for address in sorted(found, key=_order))


def in_order(address: str) -> tuple[int, int, str]:
    """Sort addresses by this: IPv4 first, by number; other texts last."""
    try:
        return _order(ip_address(address))
    except ValueError:
        return (9, 0, address)


def _known(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address.is_link_local != (address.scope_id is not None):
            return None
        elif address.scope_id is not None:
            address = _by_name(address)
    if address.is_multicast or address.is_unspecified or int(address) == 0xFFFFFFFF:
        return None
    return address


def _by_name(address: IPv6Address) -> IPv6Address:
    """Write the interface by name, as a person does who names a target."""
    zone = address.scope_id or ""
    with suppress(OSError, OverflowError):
        zone = socket.if_indextoname(int(zone)) if zone.isdecimal() else zone
    return IPv6Address(f"{str(address).partition('%')[0]}%{zone}")


def _order(address: IPv4Address | IPv6Address) -> tuple[int, int, str]:
    return address.version, int(address), str(address)
