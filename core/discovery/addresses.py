"""IPv4 addresses as numbers, IPv6 addresses as canonical texts, and which may be asked."""

from __future__ import annotations

import socket
from ipaddress import AddressValueError, IPv6Address

from core.discovery.errors import TargetError, shown

_LINK_LOCAL_REMEDY = "Write it with its interface, as in fe80::1%eth0."


def number_of(address: str) -> int:
    """Give an IPv4 text as a number; raises ``OSError`` where it is not one."""
    return int.from_bytes(socket.inet_pton(socket.AF_INET, address), "big")


def text_of(number: int) -> str:
    """Give a number as an IPv4 text."""
    return f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def check_four(first: int, last: int, text: str) -> None:
    """Refuse spans that hold addresses which are no single host (RFC 1122, 1112)."""
    if first >> 24 == 0:
        raise TargetError(text, "addresses that begin with 0 mean no host at all")
    if last == 0xFFFFFFFF:
        raise TargetError(text, "255.255.255.255 is the broadcast address, not a printer")
    if last >> 28 == 0xE or first >> 28 == 0xE:
        raise TargetError(text, "224.0.0.0 to 239.255.255.255 are multicast groups, not printers")
    if last >> 28 == 0xF:
        raise TargetError(text, "240.0.0.0 and above are reserved and not in use")


def parse_six(body: str, text: str, *, asked: bool = True) -> str:
    """Give the canonical text of an IPv6 address (an IPv4 text for a mapped one).

    Raises ``TargetError``, also for what cannot be asked: groups, ``::``, and link-local addresses
    without the interface that they belong to (RFC 4007).
    """
    try:
        address = IPv6Address(body)
    except AddressValueError:
        raise TargetError(text, f"{shown(body, 50)} is not an IPv6 address") from None
    if address.ipv4_mapped is not None:
        four = int(address.ipv4_mapped)
        if asked:
            check_four(four, four, text)
        return text_of(four)
    if asked:
        _check_six(address, text)
    return str(address)


def _check_six(address: IPv6Address, text: str) -> None:
    if address.is_multicast:
        raise TargetError(text, "ff00::/8 are multicast groups, not printers")
    if address.is_unspecified:
        raise TargetError(text, ":: means no host at all")
    if address.is_link_local and address.scope_id is None:
        raise TargetError(
            text, "a link-local address is unclear without its interface", _LINK_LOCAL_REMEDY
        )
    if address.scope_id is not None and not address.is_link_local:
        raise TargetError(text, "only a link-local address (fe80::) has an interface behind '%'")
