"""The values of variable bindings, to and from BER (RFC 2578 section 2, RFC 3416 section 3).

Tolerant of what printers send: integers with needless octets; unsigned numbers written as negative
ones, or with needless zero octets. A value that does not fit its type, or whose type is not
known, is kept as octets (``Tag.OPAQUE``), so that one odd value does not cost the others.
"""

from __future__ import annotations

from functools import lru_cache

from core.snmp.ber import encoded_oid, integer_content, oid_from, tlv
from core.snmp.errors import SnmpDecodeError
from core.snmp.types import Tag, Value

_ABSENT = {
    tag: Value(tag, None)
    for tag in (Tag.NULL, Tag.NO_SUCH_OBJECT, Tag.NO_SUCH_INSTANCE, Tag.END_OF_MIB_VIEW)
}
NULL = _ABSENT[Tag.NULL]
_BITS = {Tag.COUNTER32: 32, Tag.GAUGE32: 32, Tag.TIME_TICKS: 32, Tag.COUNTER64: 64}
_OCTETS = {Tag.OCTET_STRING, Tag.IP_ADDRESS, Tag.OPAQUE}
# By name and by number: a look-up in an IntEnum costs as much as the rest of a value.
_INTEGER, _OCTET_STRING = Tag.INTEGER, Tag.OCTET_STRING
_UNSIGNED = {int(tag): (tag, bits) for tag, bits in _BITS.items()}
_WITHOUT_CONTENT = {int(tag): value for tag, value in _ABSENT.items()}
_MAX_NUMBER_OCTETS = 16


def decode_value(tag: int, content: bytes) -> Value:
    """Decode one value; never fails: what does not fit its type is kept as octets."""
    if tag == 0x04:
        return Value(_OCTET_STRING, content)
    if tag == 0x02 and 0 < len(content) <= 8:
        return Value(_INTEGER, int.from_bytes(content, "big", signed=True))
    if tag in _UNSIGNED:
        return _unsigned(tag, content)
    if tag in _WITHOUT_CONTENT:
        return _WITHOUT_CONTENT[tag]
    return _other(tag, content)


# For contents of at most 127 octets: most values of most printers are the same few.
remembered_value = lru_cache(maxsize=4096)(decode_value)


def _unsigned(tag: int, content: bytes) -> Value:
    kind, bits = _UNSIGNED[tag]
    size = len(content)
    number = int.from_bytes(content, "big")
    if 0 < size <= _MAX_NUMBER_OCTETS:
        if number >> bits == 0:
            return Value(kind, number)
        # A number with the highest bit set, widened as if it were negative.
        extra = 8 * size - bits
        if number >> bits == (1 << extra) - 1 and number >> (bits - 1) & 1:
            return Value(kind, number & ((1 << bits) - 1))
    return Value(Tag.OPAQUE, content)


def _other(tag: int, content: bytes) -> Value:
    if tag == Tag.OBJECT_IDENTIFIER:
        try:
            return Value(Tag.OBJECT_IDENTIFIER, oid_from(content))
        except SnmpDecodeError:
            return Value(Tag.OPAQUE, content)
    if tag == Tag.IP_ADDRESS and len(content) == 4:
        return Value(Tag.IP_ADDRESS, content)
    if tag == Tag.INTEGER and 0 < len(content) <= _MAX_NUMBER_OCTETS:
        number = int.from_bytes(content, "big", signed=True)
        if -(2**63) <= number < 2**63:
            return Value(Tag.INTEGER, number)
    return Value(Tag.OPAQUE, content)


def encode_value(value: Value) -> bytes:
    """Encode one value; raises ``ValueError`` where the data is not what the tag says."""
    tag, data = value.tag, value.data
    if data is None and tag in _ABSENT:
        return bytes((tag, 0))
    if isinstance(data, bytes) and tag in _OCTETS:
        if tag is Tag.IP_ADDRESS and len(data) != 4:
            raise ValueError("an IpAddress has four octets")
        return tlv(tag, data)
    if isinstance(data, tuple) and tag is Tag.OBJECT_IDENTIFIER:
        return encoded_oid(data)
    if isinstance(data, int) and _in_range(tag, data):
        return tlv(tag, integer_content(data))
    raise ValueError(f"{tag.name} cannot hold {type(data).__name__} of that range")


def _in_range(tag: Tag, number: int) -> bool:
    if tag is Tag.INTEGER:
        return -(2**31) <= number < 2**31
    return tag in _BITS and 0 <= number < 1 << _BITS[tag]
