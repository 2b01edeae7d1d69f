from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ipp.codec import Limits, decode, encode
from core.ipp.errors import IppDecodeError
from core.ipp.types import Group, GroupTag, Message, Tag, Value
from tests.support.ipp_messages import MESSAGES, UNHURRIED, answer

HEADER = bytes.fromhex("0200000000000001")
END = b"\x03"


def attribute(tag: int, name: bytes, value: bytes = b"") -> bytes:
    return bytes([tag]) + _counted(name) + _counted(value)


def _counted(octets: bytes) -> bytes:
    return len(octets).to_bytes(2, "big") + octets


def only(data: bytes) -> dict[str, tuple[Value, ...]]:
    [group] = decode(HEADER + b"\x04" + data + END).groups
    return dict(group.attributes)


@UNHURRIED
@given(MESSAGES)
def test_messages_survive_the_wire(message: Message) -> None:
    assert decode(encode(message)) == message


def test_a_message_by_the_book() -> None:
    """RFC 8010 appendix A.5 in little: a header, two groups, a set of two values."""
    data = (
        bytes.fromhex("0101000b00000007")
        + b"\x01"
        + attribute(Tag.CHARSET, b"attributes-charset", b"utf-8")
        + b"\x04"
        + attribute(Tag.KEYWORD, b"k", b"one")
        + attribute(Tag.KEYWORD, b"", b"two")
        + END
        + b"%PDF document data"
    )
    groups = (
        Group(GroupTag.OPERATION, {"attributes-charset": (Value(Tag.CHARSET, "utf-8"),)}),
        Group(GroupTag.PRINTER, {"k": (Value(Tag.KEYWORD, "one"), Value(Tag.KEYWORD, "two"))}),
    )
    assert decode(data) == Message((1, 1), 0x000B, 7, groups)
    assert encode(decode(data)) + b"%PDF document data" == data


def test_collections_within_collections() -> None:
    data = (
        attribute(Tag.BEGIN_COLLECTION, b"media-col")
        + attribute(Tag.MEMBER_NAME, b"", b"media-size")
        + attribute(Tag.BEGIN_COLLECTION, b"", b"ignored")
        + attribute(Tag.MEMBER_NAME, b"", b"x")
        + attribute(Tag.INTEGER, b"", bytes(3) + b"\x05")
        + attribute(Tag.INTEGER, b"", bytes(3) + b"\x06")
        + attribute(Tag.MEMBER_NAME, b"", b"without-value")
        + attribute(Tag.END_COLLECTION, b"")
        + attribute(Tag.MEMBER_NAME, b"", b"type")
        + attribute(Tag.KEYWORD, b"", b"plain")
        + attribute(Tag.END_COLLECTION, b"")
    )
    [value] = only(data)["media-col"]
    size = Value(Tag.BEGIN_COLLECTION, {"x": (Value(Tag.INTEGER, 5), Value(Tag.INTEGER, 6))})
    assert value.data == {"media-size": (size,), "type": (Value(Tag.KEYWORD, "plain"),)}


def test_of_two_attributes_with_one_name_the_first_is_taken() -> None:
    data = (
        attribute(Tag.NAME, b"a", b"1")
        + attribute(Tag.NAME, b"a", b"2")
        + attribute(Tag.NAME, b"", b"3")
        + attribute(Tag.NAME, b"b", b"4")
    )
    assert only(data) == {"a": (Value(Tag.NAME, "1"),), "b": (Value(Tag.NAME, "4"),)}


def test_groups_not_known_yet_and_empty_ones_are_kept() -> None:
    assert [group.tag for group in decode(HEADER + b"\x01\x0f\x04" + END).groups] == [1, 15, 4]


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("its header", HEADER[:7]),
        ("its attributes", HEADER),
        ("its attributes", HEADER + b"\x04"),
        ("3.0 is no version", b"\x03" + HEADER[1:] + END),
        ("60.33 is no version", b"<!DOCTYPE html>"),
        ("tag 0x00", HEADER + b"\x00" + END),
        ("tag 0x42", HEADER + attribute(Tag.NAME, b"a") + END),
        ("before the first", HEADER + b"\x04" + attribute(Tag.NAME, b"", b"x") + END),
        ("0x37 out of place", HEADER + b"\x04" + attribute(Tag.END_COLLECTION, b"a") + END),
        ("0x4a out of place", HEADER + b"\x04" + attribute(Tag.MEMBER_NAME, b"a", b"b") + END),
        ("negative length", HEADER + b"\x04\x42\xff\xff" + bytes(70_000)),
        ("negative length", HEADER + b"\x04\x42\x00\x01a\x80\x00" + bytes(70_000)),
        ("within a name", HEADER + b"\x04\x42\x00\x09abc"),
        ("within a value", HEADER + b"\x04\x42\x00\x01a\x00\x09abc"),
        ("within a length", HEADER + b"\x04\x42\x00"),
        ("a name of more", HEADER + b"\x04" + attribute(Tag.NAME, b"n" * 1024) + END),
        ("without an end", HEADER + b"\x04" + attribute(Tag.BEGIN_COLLECTION, b"c") + END),
        (
            "without an end",
            HEADER
            + b"\x04"
            + attribute(Tag.BEGIN_COLLECTION, b"c")
            + attribute(Tag.NAME, b"named", b"v")
            + END,
        ),
        (
            "without a name",
            HEADER
            + b"\x04"
            + attribute(Tag.BEGIN_COLLECTION, b"c")
            + attribute(Tag.NAME, b"", b"v")
            + END,
        ),
    ],
)
def test_what_cannot_be_read_says_why(why: str, data: bytes) -> None:
    with pytest.raises(IppDecodeError, match=why) as caught:
        decode(data)
    assert caught.value.problem.code == "ipp_malformed"
    assert why in caught.value.reason


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        (Limits(octets=20), HEADER + bytes(20)),
        (Limits(groups=2), HEADER + b"\x04\x04\x04" + END),
        (Limits(values=2), HEADER + b"\x04" + attribute(0x21, b"a") + attribute(0x21, b"") * 2),
    ],
)
def test_nothing_is_without_a_bound(limits: Limits, data: bytes) -> None:
    with pytest.raises(IppDecodeError, match="more than"):
        decode(data, limits)


def nested(depth: int) -> bytes:
    inner = attribute(Tag.MEMBER_NAME, b"", b"m") + attribute(Tag.BEGIN_COLLECTION, b"")
    return (
        HEADER
        + b"\x04"
        + attribute(Tag.BEGIN_COLLECTION, b"c")
        + inner * (depth - 1)
        + attribute(Tag.END_COLLECTION, b"") * depth
        + END
    )


def test_collections_go_so_deep_and_no_deeper() -> None:
    decode(nested(8))
    for depth in (9, 50_000):
        with pytest.raises(IppDecodeError, match="collections within collections"):
            decode(nested(depth))


@pytest.mark.parametrize(
    "message",
    [
        Message((2, 0), 0x10000, 1, ()),
        Message((2, 0), 0, 2**31, ()),
        Message((2, 0), 0, 1, (Group(4, {"": (Value(Tag.TEXT, "a"),)}),)),
        Message((2, 0), 0, 1, (Group(4, {"a": ()}),)),
        Message((2, 0), 0, 1, (Group(4, {"a": (Value(3, "a"),)}),)),
        Message((2, 0), 0, 1, (Group(4, {"a": (Value(Tag.TEXT, "a" * 32_768),)}),)),
        Message((2, 0), 0, 1, (Group(4, {"a" * 32_768: (Value(Tag.TEXT, "a"),)}),)),
    ],
)
def test_what_is_no_message_is_not_written(message: Message) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        encode(message)


@UNHURRIED
@given(st.binary(max_size=200))
def test_random_octets_give_a_message_or_a_named_error(data: bytes) -> None:
    with suppress(IppDecodeError):
        decode(data)
    with suppress(IppDecodeError):
        decode(HEADER + b"\x04" + data)


@UNHURRIED
@given(MESSAGES, st.data())
def test_damaged_messages_give_a_message_or_a_named_error(
    message: Message, data: st.DataObject
) -> None:
    octets = bytearray(encode(message))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(octets) - 1))
        match data.draw(st.sampled_from(["change", "cut", "insert", "repeat"])):
            case "change":
                octets[at] = data.draw(st.integers(0, 255))
            case "cut":
                del octets[at : at + data.draw(st.integers(1, 8))]
            case "insert":
                octets[at:at] = data.draw(st.binary(min_size=1, max_size=8))
            case _:
                octets += octets[at:]
        octets = octets or bytearray(b"\x02")
    try:
        decoded = decode(bytes(octets))
    except IppDecodeError:
        return
    with suppress(ValueError):  # Latin-1 grows when it is written in UTF-8
        assert decode(encode(decoded)) == decoded


def test_every_shortened_message_is_refused() -> None:
    whole = answer(printer_name="Front desk", printer_info="By the door")
    for length in range(len(whole)):
        with pytest.raises(IppDecodeError):
            decode(whole[:length])
