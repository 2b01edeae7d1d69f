"""Each kind of source, by itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.snmp.types import Oid, Tag, Value
from core.telemetry.profile import NumberSource
from core.telemetry.profile_file import parse_profile
from core.telemetry.snapshot import Snapshot
from core.telemetry.terms import Found, find, number_of, parse_number
from tests.support.recorded import oid, values

Rows = dict[str, int | str | bytes | Oid]
HEAD = "name = 'acme'\n[match]\nobject_ids = ['1.3.6.1.4.1.9']\n[[meters.total]]\n"
BLOB = bytes.fromhex("0001040000064b4101010327010404000000ff")


def source(toml: str) -> NumberSource:
    (found,) = parse_profile(HEAD + toml.replace("E.", "1.3.6.1.4.1.9."), "acme").meters["total"]
    return found


def numbers(toml: str, rows: Rows) -> tuple[float, list[str]] | None:
    found = find(Snapshot(values(rows)), source(toml))
    if found is None:
        return None
    names = {oid(name): name for name in rows}
    return found.number, [names[place] for place in found.places]


def test_a_scalar() -> None:
    assert numbers("oid = 'E.1.0'", {"e.9.1.0": 7}) == (7, ["e.9.1.0"])
    assert numbers("oid = 'E.1.0'", {"e.9.1.0": "1,234"}) == (1234, ["e.9.1.0"])
    assert numbers("oid = 'E.1.0'", {"e.9.1.0": -1}) is None
    assert numbers("oid = 'E.1.0'", {"e.9.1.0": "seven"}) is None
    assert numbers("oid = 'E.1.0'", {"e.9.1": 7}) is None


def test_the_first_row_of_a_column_that_is_a_number() -> None:
    rows: Rows = {"e.9.2.1": "none", "e.9.2.5": 8, "e.9.2.6": 9}
    assert numbers("column = 'E.2'", rows) == (8, ["e.9.2.5"])


@pytest.mark.parametrize("row", ["1", "7", "3.4.60"])
def test_a_row_by_its_type_wherever_it_stands(row: str) -> None:
    toml = "column = 'E.9'\ncode_column = 'E.2'\ncode = 400"
    rows: Rows = {f"e.9.2.{row}": 400, f"e.9.9.{row}": 31, "e.9.2.2": 200, "e.9.9.2": 99}
    assert numbers(toml, rows) == (31, [f"e.9.9.{row}", f"e.9.2.{row}"])


def test_a_row_by_its_label_which_is_the_whole_text() -> None:
    toml = "column = 'E.3'\nlabel_column = 'E.4'\nlabel = 'prints'"
    rows: Rows = {
        "e.9.4.1.4": "Prints (Document Filing)", "e.9.3.1.4": 1,
        "e.9.4.2.4": "Prints\0", "e.9.3.2.4": 2,
    }  # fmt: skip
    assert numbers(toml, rows) == (2, ["e.9.3.2.4", "e.9.4.2.4"])
    assert numbers(toml, {"e.9.4.1": "Prints"}) is None


def test_a_record_of_a_blob() -> None:
    assert numbers("blob = 'E.5.0'\nrecord = 0", {"e.9.5.0": BLOB}) == (1611, ["e.9.5.0"])
    assert numbers("blob = 'E.5.0'\nrecord = 0x41", {"e.9.5.0": BLOB}) == (3, ["e.9.5.0"])
    assert numbers("blob = 'E.5.0'\nrecord = 0x41\nlength = 4", {"e.9.5.0": BLOB}) is None
    assert numbers("blob = 'E.5.0'\nrecord = 9", {"e.9.5.0": BLOB}) is None
    assert numbers("blob = 'E.5.0'\nrecord = 0", {"e.9.5.0": 5}) is None


def test_a_ratio_is_in_hundredths_of_a_percent() -> None:
    toml = "blob = 'E.5.0'\nrecord = 0xa1\nratio = true\nscale = 0.01"
    assert numbers(toml, {"e.9.5.0": b"\xa1\x01\x02\x0b\x14\xff"}) == (55.0, ["e.9.5.0"])
    assert numbers(toml, {"e.9.5.0": b"\xa1\x01\x02\x0b\x00\xff"}) is None


def test_text_with_a_pattern() -> None:
    text = {"e.9.1.0": "700918 INCHES, 1780333 CENTIMETERS"}
    assert numbers("oid = 'E.1.0'\npattern = '(\\d+) INCHES'", {**text}) == (700918, [*text])
    assert numbers("oid = 'E.1.0'\npattern = '(\\d+) CENT'", {**text}) == (1780333, [*text])
    assert numbers("oid = 'E.1.0'\npattern = '(\\d+) FEET'", {**text}) is None


def test_a_sum_needs_what_is_not_optional() -> None:
    toml = "sum = [{oid = 'E.1.0'}, {oid = 'E.2.0', optional = true}]"
    assert numbers(toml, {"e.9.1.0": 3, "e.9.2.0": 4}) == (7, ["e.9.1.0", "e.9.2.0"])
    assert numbers(toml, {"e.9.1.0": 3}) == (3, ["e.9.1.0"])
    assert numbers(toml, {"e.9.1.0": 3, "e.9.2.0": -2}) == (3, ["e.9.1.0"])
    assert numbers(toml, {"e.9.2.0": 4}) is None


def test_a_sum_of_optional_parts_needs_one() -> None:
    toml = "sum = [{oid = 'E.1.0', optional = true}, {oid = 'E.2.0', optional = true}]"
    assert numbers(toml, {"e.9.2.0": 4}) == (4, ["e.9.2.0"])
    assert numbers(toml, {}) is None


def test_the_largest_part_is_known() -> None:
    found = find(
        Snapshot(values({"e.9.1.0": 3, "e.9.2.0": 40})),
        source("sum = [{oid = 'E.1.0'}, {oid = 'E.2.0'}]"),
    )
    assert found == Found(43.0, (oid("e.9.1.0"), oid("e.9.2.0")), 40)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), (" 12 ", 12), ("1.234.567", 1234567), ("1 234", 1234), ("12.5", None),
        ("1,23", None), ("", None), ("-5", -5), ("5 pages", None), ("0x10", None), ("٣", None),
        ("9" * 19, int("9" * 19)), ("9" * 40, None),
    ],
)  # fmt: skip
def test_numbers_in_words(text: str, number: int | None) -> None:
    assert parse_number(text) == number


@given(st.integers(0, 10**18), st.sampled_from(["", " ", ",", ".", "'"]))
def test_a_number_with_marks(number: int, mark: str) -> None:
    assert parse_number(f"{number:,}".replace(",", mark)) == number


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[-+0-9 ,.]{1,30}", fullmatch=True)))
def test_any_text(text: str) -> None:
    number = parse_number(text)
    if number is not None:
        assert re.sub(r"\D", "", text).lstrip("0") == str(abs(number)).lstrip("0")
    number_of(Value(Tag.OCTET_STRING, text.encode()), re.compile(r"(\d+)"))
    number_of(Value(Tag.OCTET_STRING, text.encode()))
