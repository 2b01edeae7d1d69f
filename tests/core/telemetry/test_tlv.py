from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.telemetry.tlv import parse_records

BLOB = bytes.fromhex("6301040000000141010400002260a101020414ff820104000025d8")


def test_records_up_to_the_end_mark() -> None:
    found = parse_records(BLOB)
    assert {key: record.number() for key, record in found.items()} == {
        0x63: 1,
        0x41: 8800,
        0xA1: 0x0414,
    }
    assert found[0xA1].ratio() == (4, 20)
    assert found[0x41].ratio() is None


def test_a_record_that_is_cut_short_is_left_out() -> None:
    assert set(parse_records(BLOB[:10])) == {0x63}
    assert parse_records(BLOB[:6]) == {}
    assert parse_records(b"") == {}
    assert parse_records(b"\xff") == {}


def test_the_first_of_an_id_counts() -> None:
    assert parse_records(b"\x01\x01\x01\x05\x01\x01\x01\x09")[1].number() == 5


def test_values_that_are_no_number() -> None:
    assert parse_records(b"\x01\x01\x00")[1].number() is None
    assert parse_records(b"\x01\x01\x09" + bytes(9))[1].number() is None
    assert parse_records(b"\x01\x01\x02\x05\x00")[1].ratio() is None
    assert parse_records(b"\x01\x01\x02\x05\x04")[1].ratio() is None


@given(st.binary(max_size=200))
def test_any_octets(octets: bytes) -> None:
    for record in parse_records(octets).values():
        assert record.id != 0xFF
        assert octets.find(record.octets) >= 0
        number = record.number()
        assert number is None or 0 <= number < 2**64


known = st.dictionaries(st.integers(0, 254), st.binary(min_size=1, max_size=8), max_size=20)


@given(known, st.binary(max_size=10))
def test_what_was_written_is_read(records: dict[int, bytes], after: bytes) -> None:
    written = b"".join(bytes((key, 1, len(data))) + data for key, data in records.items())
    found = parse_records(written + b"\xff" + after)
    assert {key: record.octets for key, record in found.items()} == records
