from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.snmp.ber import MAX_ARCS, encoded_oid, header, integer_content, oid_from, tlv
from core.snmp.errors import SnmpDecodeError
from tests.support.snmp_messages import oids


@given(oids())
def test_object_identifiers_come_back(oid):
    encoded = encoded_oid(oid)
    tag, start, stop = header(encoded, 0, len(encoded))
    assert tag == 0x06
    assert oid_from(encoded[start:stop]) == oid


@given(st.integers(-(2**70), 2**70))
def test_numbers_take_the_fewest_octets(number):
    content = integer_content(number)
    assert int.from_bytes(content, "big", signed=True) == number
    if len(content) > 1:
        shorter = int.from_bytes(content[1:], "big", signed=True)
        assert shorter != number


@given(st.integers(0, 255), st.integers(0, 70_000))
def test_headers_come_back(tag, size):
    data = tlv(tag, bytes(size))
    assert header(data, 0, len(data)) == (tag, len(data) - size, len(data))


def test_a_length_past_the_end_is_noticed():
    with pytest.raises(SnmpDecodeError, match="past the end"):
        header(b"\x04\x05abcd", 0, 6)
    with pytest.raises(SnmpDecodeError, match="inside a length"):
        header(b"\x04\x84\x00\x00", 0, 4)
    with pytest.raises(SnmpDecodeError, match="inside a header"):
        header(b"\x04", 0, 1)


@pytest.mark.parametrize(
    "oid", [(), (1,), (3, 1), (1, 40), (1, -1), (1, 3, 2**32), (1, 3) + (1,) * MAX_ARCS]
)
def test_what_is_no_object_identifier_is_not_written(oid):
    with pytest.raises(ValueError, match="object identifier"):
        encoded_oid(oid)


def test_the_longest_object_identifier_is_read_and_no_longer_one():
    longest = (1, 3) + (2**32 - 1,) * (MAX_ARCS - 2)
    encoded = encoded_oid(longest)
    assert oid_from(encoded[4:]) == longest
    with pytest.raises(SnmpDecodeError, match="too many"):
        oid_from(encoded[4:] + b"\x01")
