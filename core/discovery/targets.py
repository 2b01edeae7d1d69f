"""What to search, as a person writes it.

Forms (all but an IPv6 address without brackets take a port behind them, ``:1161``)::

    10.0.0.5              one address
    10.0.0.1-10           a range in any octet, also 10.0.0-3.1-20
    10.0.0.1-10.0.3.20    from one address to another
    10.0.0.*              any octet; stars at the end are the network they cover (here a /24)
    10.0.0.0/24           a network, /8 at the widest
    fd00::5, [fd00::5]    one IPv6 address; a link-local one with its interface (fe80::1%eth0)
    printer.example.com   a host name, resolved when the search begins

A network wider than a /31 stands for its hosts: its first and last address are not asked. As an
exclusion it leaves out all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import prod

from core.discovery.addresses import check_four, number_of, parse_six, text_of
from core.discovery.errors import TargetError, shown
from core.discovery.forms import Four, Name, Network, Octet, Pattern, Range, Six, Target
from core.discovery.interfaces import Interface, system_interfaces
from core.discovery.ports import check_port, parse_port
from core.discovery.suggesting import Kind, suggest
from core.model.segment import Segment

WIDEST = 8  # the widest network, as a prefix length: 16,777,216 addresses
_TOO_WIDE = (f"it is wider than a /{WIDEST}", "Name the networks in use, one by one.")
_LONGEST = 300
_SCATTER = 65536  # spans that one pattern may fall into, so that memory stays bounded
# What can only be meant as an address, right or wrong: digits, or "10.0.0.x" and "10.0.x.x".
_NUMERIC = re.compile(r"[0-9.*-]+|(?:[0-9*-]+\.){3}[^.]*|(?:[0-9*-]+\.)(?:(?:[0-9*-]+|x)\.){2}x")
_OCTET = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?|\*", re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)


def parse_target(text: str) -> Target:
    """Read one target; raises ``TargetError`` for what is not one and for what is never asked."""
    return _parse(text, asked=True)


def parse_exclusion(text: str) -> Target:
    """Read one exclusion: the same forms; what may not be asked may still be left out."""
    return _parse(text, asked=False)


def _parse(text: str, *, asked: bool) -> Target:
    body = text.strip()
    if not body:
        raise TargetError(text, "it is empty")
    if len(body) > _LONGEST:
        raise TargetError(text, "it is too long")
    if "://" in body:
        raise TargetError(text, "it is a web address", "Leave out everything but the host name.")
    if any(c in body for c in ",; \t\n"):
        raise TargetError(text, "it seems to be several", "Give each target by itself.")
    if body.startswith("[") or body.count(":") > 1:
        return _six(body, text, asked=asked)
    host, colon, digits = body.partition(":")
    port = parse_port(digits, text, asked=asked) if colon else None
    if not _NUMERIC.fullmatch(host) and "/" not in host:
        return Name(_host_name(host, text), port)
    target = _four(host, port, text)
    if asked:
        _check_askable(target, text)
    return target


def _six(body: str, text: str, *, asked: bool) -> Target:
    port = None
    if body.startswith("["):
        body, bracket, rest = body[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise TargetError(text, "the brackets do not match", "Write it as [fd00::5]:1161.")
        port = parse_port(rest[1:], text, asked=asked) if rest else None
    if "/" in body:
        raise TargetError(
            text,
            "an IPv6 network is too large to ask every address of it",
            "Give single IPv6 addresses or host names.",
        )
    address = parse_six(body, text, asked=asked)
    if ":" not in address:  # a mapped IPv4 address, taken as what it is
        return _pattern(address, port, text)
    return Six(address, port)


def _four(host: str, port: int | None, text: str) -> Four:
    if "/" in host:
        return _network(host, port, text)
    if host.count(".") == 6 and "-" in host:
        first, _, last = host.partition("-")
        return _range(first, last, port, text)
    return _pattern(host, port, text)


def _network(host: str, port: int | None, text: str) -> Network:
    address, _, digits = host.partition("/")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 2 and int(digits) <= 32):
        raise TargetError(
            text, f"{shown('/' + digits, 20)} is not a prefix length between /{WIDEST} and /32"
        )
    prefix = int(digits)
    if prefix < WIDEST:
        raise TargetError(text, *_TOO_WIDE)
    number = _single(address, text)
    return Network(number >> 32 - prefix << 32 - prefix, prefix, port)


def _range(first: str, last: str, port: int | None, text: str) -> Four:
    low, high = _single(first, text), _single(last, text)
    if low > high:
        raise TargetError(
            text, "it ends before it begins", f"Write {text_of(high)}-{text_of(low)}."
        )
    if high - low >= 1 << 32 - WIDEST:
        raise TargetError(text, *_TOO_WIDE)
    return Range(low, high, port) if low != high else _pattern(text_of(low), port, text)


def _single(address: str, text: str) -> int:
    pattern = _pattern(address, None, text)
    if any(octet.size != 1 for octet in pattern.octets):
        raise TargetError(text, f"{shown(address, 50)} must be one address here")
    return number_of(str(pattern))


def _pattern(host: str, port: int | None, text: str) -> Pattern:
    parts = host.split(".")
    if len(parts) != 4:
        raise TargetError(text, f"an IPv4 address has four numbers, not {len(parts)}")
    first, second, third, fourth = (_octet(part, text) for part in parts)
    pattern = Pattern((first, second, third, fourth), port)
    if prod(octet.size for octet in pattern.octets) > 1 << 32 - WIDEST:
        raise TargetError(text, *_TOO_WIDE)
    if pattern.scatter > _SCATTER:
        raise TargetError(text, "it falls into too many pieces", _TOO_WIDE[1])
    return pattern


def _octet(part: str, text: str) -> Octet:
    match = _OCTET.fullmatch(part)
    if match is None:
        raise TargetError(text, f"{shown(part, 20)} is not a number, a range such as 1-10, or '*'")
    if part == "*":
        return Octet(0, 255, star=True)
    numbers = [n for n in match.groups() if n is not None]
    for number in numbers:
        if int(number) > 255:
            raise TargetError(text, f"{number} is not between 0 and 255")
        if number != str(int(number)):
            raise TargetError(text, f"'{number}' has leading zeros", f"Write {int(number)}.")
    first, last = int(numbers[0]), int(numbers[-1])
    if first > last:
        raise TargetError(text, f"the range {part} ends before it begins", f"Write {last}-{first}.")
    return Octet(first, last)


def _check_askable(target: Four, text: str) -> None:
    if isinstance(target, Pattern):
        first = target.octets[0].first << 24
        last = int.from_bytes(bytes(octet.last for octet in target.octets), "big")
    else:
        first, last = next(target.spans(whole=True))
    check_four(first, last, text)


def _host_name(host: str, text: str) -> str:
    name = host.lower().removesuffix(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            raise TargetError(text, "it is neither an address nor a host name") from None
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise TargetError(text, "it is neither an address nor a host name")
    if labels[-1].isdigit():
        raise TargetError(text, f"an IPv4 address has four numbers, not {len(labels)}")
    return name


def check_targets(segment: Segment) -> None:
    """Read all that a segment says of targets; raises ``TargetError`` for the first bad text."""
    for text in segment.targets:
        parse_target(text)
    for text in segment.exclusions:
        parse_exclusion(text)
    check_port(segment.port, f"port {segment.port}")


def own_subnets(interfaces: Sequence[Interface] | None = None) -> tuple[str, ...]:
    """Give the networks that are searched unasked: those of wires and radio, at most a /20 of each.

    A VPN, and what is inside this machine, is searched where a person names it.
    """
    known = suggest(system_interfaces() if interfaces is None else interfaces)
    return tuple(one.target for one in known if one.kind is Kind.LAN)
