"""The Basic Encoding Rules as far as SNMP uses them (X.690; RFC 3417 section 8).

Strict on lengths: definite only, at most four octets, never past the end. Written for speed:
contents are taken as slices, and object identifiers, which repeat from datagram to datagram, are
remembered in both directions.
"""

from __future__ import annotations

from functools import lru_cache

from core.snmp.errors import SnmpDecodeError
from core.snmp.types import Oid

MAX_ARCS = 128  # RFC 2578 section 3.5
MAX_ARC = 2**32 - 1


def long_length(data: bytes, pos: int, first: int) -> tuple[int, int]:
    """Read a length in the long form; ``pos`` is behind its ``first`` octet (over 0x7f).

    Gives the length and the position of the content.
    """
    count = first & 0x7F
    if not 1 <= count <= 4:
        raise SnmpDecodeError("a length is indefinite or has more than four octets")
    if pos + count > len(data):
        raise SnmpDecodeError("it ends inside a length")
    return int.from_bytes(data[pos : pos + count], "big"), pos + count


def header(data: bytes, pos: int, end: int) -> tuple[int, int, int]:
    """Read tag and length at ``pos``: gives the tag, the content's start and its stop.

    The content must end at or before ``end``.
    """
    if pos + 2 > end:
        raise SnmpDecodeError("it ends inside a header")
    tag, length = data[pos], data[pos + 1]
    pos += 2
    if length > 0x7F:
        length, pos = long_length(data, pos, length)
    if pos + length > end:
        raise SnmpDecodeError("a length leads past the end")
    return tag, pos, pos + length


def expect(data: bytes, pos: int, end: int, tag: int, name: str) -> tuple[int, int]:
    """Read a header that must have this tag; gives the content's start and stop."""
    found, start, stop = header(data, pos, end)
    if found != tag:
        raise SnmpDecodeError(f"{name} has the wrong type 0x{found:02x}")
    return start, stop


def tlv(tag: int, content: bytes) -> bytes:
    """Encode tag, length and content."""
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def integer_content(number: int) -> bytes:
    """Encode a number as the fewest octets of two's complement."""
    magnitude = number if number >= 0 else ~number
    return number.to_bytes(magnitude.bit_length() // 8 + 1, "big", signed=True)


def oid_from(content: bytes) -> Oid:
    """Decode the content of an object identifier; an empty one is 0.0, as net-snmp takes it."""
    if not content:
        return (0, 0)
    # In ASCII every octet is a whole sub-identifier.
    arcs = list(content) if content.isascii() else _sub_identifiers(content)
    if len(arcs) >= MAX_ARCS:
        raise SnmpDecodeError("an object identifier has too many parts")
    first = arcs[0]
    top = min(first // 40, 2)
    return (top, first - 40 * top, *arcs[1:])


# For contents of at most 127 octets, so that what strangers send cannot fill the memory.
remembered_oid = lru_cache(maxsize=4096)(oid_from)


def _sub_identifiers(content: bytes) -> list[int]:
    if content[-1] > 0x7F or len(content) > 5 * MAX_ARCS:
        raise SnmpDecodeError("an object identifier is cut off or too long")
    arcs, arc = [], 0
    for octet in content:
        arc = arc << 7 | octet & 0x7F
        if octet < 0x80:
            arcs.append(arc)
            arc = 0
    if max(arcs[1:], default=0) > MAX_ARC or arcs[0] > MAX_ARC + 80:
        raise SnmpDecodeError("a part of an object identifier is over 32 bits")
    return arcs


@lru_cache(maxsize=4096)
def encoded_oid(oid: Oid) -> bytes:
    """Encode an object identifier with its header; raises ``ValueError`` if it is not one."""
    if not 2 <= len(oid) <= MAX_ARCS or not 0 <= min(oid) <= max(oid) <= MAX_ARC:
        raise ValueError(f"not an object identifier: {oid[:16]}")
    if oid[0] > 2 or (oid[0] < 2 and oid[1] > 39):
        raise ValueError(f"an object identifier cannot begin with {oid[0]}.{oid[1]}")
    content = bytearray()
    for arc in (oid[0] * 40 + oid[1], *oid[2:]):
        if arc > 0x7F:
            content += _high_octets(arc)
        content.append(arc & 0x7F)
    return tlv(0x06, bytes(content))


def _high_octets(arc: int) -> bytes:
    octets = []
    while arc := arc >> 7:
        octets.append(0x80 | arc & 0x7F)
    return bytes(reversed(octets))
