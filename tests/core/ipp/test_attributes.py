from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given

from core.ipp.attributes import Attributes, raw_of
from core.ipp.types import Localised, Range, Resolution, Tag, Value
from tests.support.ipp_messages import UNHURRIED, VALUES

MOMENT = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def of(*values: Value) -> Attributes:
    return Attributes({"a": values})


def test_texts_are_clean_and_keep_their_places() -> None:
    attributes = of(
        Value(Tag.TEXT, " Ready\x00\n to  print "),
        Value(Tag.NO_VALUE, None),
        Value(Tag.NAME_WITH_LANGUAGE, Localised("Flur", "de")),
        Value(Tag.TEXT, "   "),
        Value(Tag.OCTET_STRING, b"type=toner"),
        Value(Tag.INTEGER, 3),
    )
    assert attributes.texts("a") == ("Ready to print", None, "Flur", None, "type=toner", None)
    assert attributes.text("a") == "Ready to print"
    assert attributes.text("b") is None
    assert attributes.texts("b") == ()


def test_a_text_that_does_not_say_its_language_is_a_text_all_the_same() -> None:
    assert of(Value(Tag.TEXT_WITH_LANGUAGE, b"Front desk")).text("a") == "Front desk"
    assert of(Value(Tag.INTEGER, b"Front desk")).text("a") is None


def test_no_text_is_longer_than_texts_may_be() -> None:
    assert len(of(Value(Tag.TEXT, "x" * 30_000)).text("a") or "") == 1023
    assert len(of(Value(Tag.TEXT, "x" * 30_000)).raw("a") or "") == 4096


def test_numbers_are_integers_and_enums_only() -> None:
    attributes = of(
        Value(Tag.ENUM, 5), Value(Tag.BOOLEAN, True), Value(Tag.UNKNOWN, None), Value(Tag.TEXT, "7")
    )
    assert attributes.numbers("a") == (5, None, None, None)
    assert attributes.number("a") == 5
    assert attributes.number("b") is None
    assert of(Value(Tag.UNKNOWN, None)).number("a") is None


def test_each_accessor_takes_its_own_kind_only() -> None:
    flag, moment = of(Value(Tag.BOOLEAN, False)), of(Value(Tag.DATE_TIME, MOMENT))
    member = of(Value(Tag.BEGIN_COLLECTION, {"full-color": (Value(Tag.INTEGER, 9),)}))
    assert flag.flag("a") is False
    assert moment.moment("a") == MOMENT
    members = member.members("a")
    assert members is not None
    assert members.number("full-color") == 9
    for other in (of(Value(Tag.INTEGER, 1)), of(Value(Tag.NO_VALUE, None)), Attributes({})):
        assert other.flag("a") is None
        assert other.moment("a") is None
        assert other.members("a") is None


def test_records_of_fields() -> None:
    attributes = of(
        Value(Tag.OCTET_STRING, b"Type=toner; level = 75;unit=percent;level=3;;=x;junk"),
        Value(Tag.OCTET_STRING, b"none"),
        Value(Tag.OCTET_STRING, b"printer-supply[1] = 'code=a;name=b=c'"),
    )
    assert attributes.records("a") == (
        {"type": "toner", "level": "75", "unit": "percent"},
        {},
        {"code": "a", "name": "b=c"},
    )


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (Value(Tag.NO_VALUE, None), ""),
        (Value(Tag.BOOLEAN, True), "true"),
        (Value(Tag.ENUM, 3), "3"),
        (Value(Tag.NAME_WITH_LANGUAGE, Localised("Flur", "de")), "Flur"),
        (Value(Tag.RANGE, Range(1, 99)), "1-99"),
        (Value(Tag.RESOLUTION, Resolution(600, 300, 3)), "600x300"),
        (Value(Tag.DATE_TIME, MOMENT), "2024-01-02T03:04:05+00:00"),
        (Value(Tag.OCTET_STRING, b"1.0"), "1.0"),
        (Value(Tag.OCTET_STRING, b"\x04\x02"), "0x0402"),
        (
            Value(Tag.BEGIN_COLLECTION, {"x": (Value(Tag.INTEGER, 1), Value(Tag.INTEGER, 2))}),
            "{x=1+2}",
        ),
    ],
)
def test_raw_values_are_plain_text(value: Value, raw: str) -> None:
    assert raw_of(value) == raw
    assert of(value, value).raw("a") == f"{raw}, {raw}"
    assert of(value).raw("b") is None


def test_what_was_not_asked_is_dropped() -> None:
    attributes = Attributes({name: (Value(Tag.INTEGER, 1),) for name in ("a", "b", "c")})
    assert list(attributes.only(("c", "a", "z"))) == ["c", "a"]
    assert "b" not in attributes.only(["a"])
    assert len(attributes) == 3
    assert repr(attributes) == "Attributes(a, b, c)"


@UNHURRIED
@given(VALUES)
def test_no_value_breaks_a_reader(value: Value) -> None:
    attributes = of(value)
    attributes.records("a")
    attributes.numbers("a")
    assert isinstance(attributes.raw("a"), str)
    text = attributes.text("a")
    assert text is None or text == text.strip() != ""
