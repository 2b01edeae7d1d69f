from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ipp.types import Localised, Range, Resolution, Tag, Value
from core.ipp.values import read_text, read_value, write_value
from tests.support.ipp_messages import PLAIN_VALUES, UNHURRIED

# RFC 8010 section 3.9, octets written out by hand.
KNOWN = [
    (Tag.INTEGER, "ffffffff", -1),
    (Tag.ENUM, "00000003", 3),
    (Tag.BOOLEAN, "01", True),
    (Tag.BOOLEAN, "00", False),
    (Tag.OCTET_STRING, "00ff", b"\x00\xff"),
    (Tag.RESOLUTION, "000002580000012c03", Resolution(600, 300, 3)),
    (Tag.RANGE, "0000000100000063", Range(1, 99)),
    (Tag.TEXT_WITH_LANGUAGE, "0002656e00036162e7", Localised("abç", "en")),
    (Tag.NAME_WITH_LANGUAGE, "00000000", Localised("", "")),
    (Tag.TEXT, "c3bc", "ü"),
    (Tag.KEYWORD, "6e6f6e65", "none"),
    (Tag.UNKNOWN, "", None),
    (Tag.NO_VALUE, "6e6f", None),  # octets where none belong are passed over
    (0x4F, "6869", "hi"),  # a kind of text not known yet
    (0x2A, "01", b"\x01"),  # a kind of integer not known yet
    (Tag.EXTENSION, "4000000001", b"\x40\x00\x00\x00\x01"),
]


@pytest.mark.parametrize(("tag", "octets", "data"), KNOWN)
def test_values_by_the_book(tag: int, octets: str, data: object) -> None:
    assert read_value(tag, bytes.fromhex(octets)) == data
    assert type(read_value(tag, bytes.fromhex(octets))) is type(data)


def test_a_date_and_time_keeps_its_zone() -> None:
    octets = bytes.fromhex("07e8031b0f0c3904") + b"-" + bytes.fromhex("0330")
    zone = timezone(-timedelta(hours=3, minutes=48))
    moment = datetime(2024, 3, 27, 15, 12, 57, 400_000, tzinfo=zone)
    assert read_value(Tag.DATE_TIME, octets) == moment
    assert write_value(Value(Tag.DATE_TIME, moment)) == octets


@pytest.mark.parametrize(
    ("tag", "octets"),
    [
        (Tag.INTEGER, "0001"),
        (Tag.INTEGER, "0000000001"),
        (Tag.ENUM, ""),
        (Tag.BOOLEAN, "0000"),
        (Tag.RESOLUTION, "0000025800000258"),
        (Tag.RANGE, "00000001"),
        (Tag.DATE_TIME, "07e8001b0f0c39002b0000"),  # month 0
        (Tag.DATE_TIME, "07e8031b0f0c39002a0000"),  # "*" from UTC
        (Tag.DATE_TIME, "07e8031b0f0c39002b6300"),  # 99 hours from UTC
        (Tag.TEXT_WITH_LANGUAGE, "00ff656e"),
        (Tag.TEXT_WITH_LANGUAGE, "0002656e0001616263"),  # octets after the text
        (Tag.TEXT_WITH_LANGUAGE, "fff0656e00016162"),  # a negative length
        (Tag.NAME_WITH_LANGUAGE, "0002656e"),
        (Tag.NAME_WITH_LANGUAGE, ""),
    ],
)
def test_octets_that_cannot_be_the_value_stay_octets(tag: int, octets: str) -> None:
    assert read_value(tag, bytes.fromhex(octets)) == bytes.fromhex(octets)


@UNHURRIED
@given(st.integers(0, 255), st.binary(max_size=40))
def test_no_octets_are_too_odd_to_read(tag: int, octets: bytes) -> None:
    value = Value(tag, read_value(tag, octets))
    assert read_value(tag, write_value(value)) == value.data


@UNHURRIED
@given(PLAIN_VALUES)
def test_values_survive_the_wire(value: Value) -> None:
    assert Value(value.tag, read_value(value.tag, write_value(value))) == value


def test_text_that_is_not_utf_8_is_latin_1() -> None:
    assert read_text(b"B\xfcro") == "Büro"


def test_an_offset_with_seconds_is_written_in_utc() -> None:
    moment = datetime(2024, 1, 1, tzinfo=timezone(timedelta(seconds=90)))
    octets = write_value(Value(Tag.DATE_TIME, moment))
    assert read_value(Tag.DATE_TIME, octets) == moment.astimezone(UTC).replace(microsecond=0)


@pytest.mark.parametrize(
    "data",
    [
        2**31,
        Range(0, 2**40),
        Resolution(1, 1, 300),
        datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        {},
        Localised("", "x" * 32768),
    ],
    ids=lambda data: type(data).__name__,
)
def test_what_has_no_form_in_ipp_is_not_written(data: object) -> None:
    with pytest.raises(ValueError, match=r"IPP|dateTime"):
        write_value(Value(Tag.INTEGER, data))  # type: ignore[arg-type]
