from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.snmp.types import Tag, Value
from core.snmp.values import decode_value, encode_value


@pytest.mark.parametrize(
    ("tag", "content", "expected"),
    [
        # Integers with needless octets.
        (0x02, "00", Value(Tag.INTEGER, 0)),
        (0x02, "fffffffd", Value(Tag.INTEGER, -3)),
        (0x02, "0000000005", Value(Tag.INTEGER, 5)),
        (0x02, "ffffffffffffffffffffffff80", Value(Tag.INTEGER, -128)),
        # Unsigned numbers over 31 bits: with the leading zero, without it, widened with its sign.
        (0x41, "00ffffffff", Value(Tag.COUNTER32, 2**32 - 1)),
        (0x41, "ffffffff", Value(Tag.COUNTER32, 2**32 - 1)),
        (0x41, "80000001", Value(Tag.COUNTER32, 2**31 + 1)),
        (0x42, "ffffffffff000000", Value(Tag.GAUGE32, 0xFF000000)),
        (0x43, "00000000000000000001", Value(Tag.TIME_TICKS, 1)),
        (0x41, "ff", Value(Tag.COUNTER32, 255)),
        (0x46, "00ffffffffffffffff", Value(Tag.COUNTER64, 2**64 - 1)),
        (0x46, "ffffffffffffffff", Value(Tag.COUNTER64, 2**64 - 1)),
        # Absent values, whatever their content.
        (0x05, "", Value(Tag.NULL, None)),
        (0x05, "00", Value(Tag.NULL, None)),
        (0x80, "", Value(Tag.NO_SUCH_OBJECT, None)),
        (0x81, "", Value(Tag.NO_SUCH_INSTANCE, None)),
        (0x82, "", Value(Tag.END_OF_MIB_VIEW, None)),
        # Object identifiers: the empty one, the largest parts, the third branch.
        (0x06, "", Value(Tag.OBJECT_IDENTIFIER, (0, 0))),
        (0x06, "2b8fffffff7f", Value(Tag.OBJECT_IDENTIFIER, (1, 3, 2**32 - 1))),
        (0x06, "8837", Value(Tag.OBJECT_IDENTIFIER, (2, 999))),
        (0x06, "2b8001", Value(Tag.OBJECT_IDENTIFIER, (1, 3, 1))),
    ],
)
def test_what_printers_send_is_understood(tag, content, expected):
    assert decode_value(tag, bytes.fromhex(content)) == expected


@pytest.mark.parametrize(
    ("tag", "content"),
    [
        (0x02, ""),
        (0x02, "01" + "00" * 8),
        (0x41, ""),
        (0x41, "0100000000"),
        (0x41, "00" * 17),
        (0x46, "010000000000000000"),
        (0x40, "7f0000"),
        (0x40, "00" * 16),
        (0x06, "2b86"),
        (0x06, "2b9fffffff7f"),
        (0x06, "01" * 128),
        (0x44, "9f7804"),
        (0x45, "0102"),
        (0x47, "01"),
        (0x24, "0401"),
    ],
)
def test_what_does_not_fit_its_type_is_kept_as_octets(tag, content):
    octets = bytes.fromhex(content)
    assert decode_value(tag, octets) == Value(Tag.OPAQUE, octets)


@given(st.integers(0, 255), st.binary(max_size=200))
def test_any_value_is_something(tag, content):
    value = decode_value(tag, content)
    assert value.number() is None or value.octets() is None


@pytest.mark.parametrize(
    "value",
    [
        Value(Tag.INTEGER, 2**31),
        Value(Tag.COUNTER32, -1),
        Value(Tag.COUNTER64, 2**64),
        Value(Tag.INTEGER, b"5"),
        Value(Tag.OCTET_STRING, 5),
        Value(Tag.IP_ADDRESS, b"\x7f"),
        Value(Tag.OBJECT_IDENTIFIER, (1,)),
        Value(Tag.INTEGER, None),
    ],
)
def test_values_that_are_not_what_they_say_are_not_written(value):
    with pytest.raises(ValueError):
        encode_value(value)
