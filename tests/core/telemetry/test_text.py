from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.snmp.types import Tag, Value
from core.telemetry.charset import CODECS, SELF_EVIDENT_NEVER, codec
from core.telemetry.text import clean, decode, raw_of, text_of


@pytest.mark.parametrize("mib_enum", sorted(CODECS))
def test_every_character_set_has_a_codec(mib_enum: int) -> None:
    assert codecs.lookup(CODECS[mib_enum])


def test_unknown_character_sets() -> None:
    assert codec(None) is None
    assert codec(99999) is None
    assert set(CODECS) >= SELF_EVIDENT_NEVER


@pytest.mark.parametrize(
    ("octets", "charset", "text"),
    [
        ("Mało toneru".encode(), 5, "Mało toneru"),  # declared Latin-2, written in UTF-8
        ("Stap. Kópiën:01".encode(), 2004, "Stap. Kópiën:01"),
        ("请稍候".encode(), 106, "请稍候"),
        ("Mało".encode("iso8859-2"), 5, "Mało"),
        ("Prêt".encode("hp-roman8"), 2004, "Prêt"),
        ("Готов".encode("iso8859-5"), 8, "Готов"),
        ("Kağıt yok".encode("iso8859-9"), 12, "Kağıt yok"),  # noqa: RUF001
        ("就绪".encode("gbk"), 113, "就绪"),
        ("印刷できます".encode("shift_jis"), 17, "印刷できます"),
        ("印刷できます".encode("euc_jp"), 18, "印刷できます"),
        ("印刷できます".encode("iso2022_jp"), 39, "印刷できます"),
        ("준비".encode("euc_kr"), 38, "준비"),
        ("Żółty".encode("cp1250"), 2250, "Żółty"),
        ("Bereit für".encode("utf-16-be"), 1013, "Bereit für"),
        ("Grün".encode("latin-1"), 106, "Grün"),  # declared UTF-8, and is not
        ("Grün".encode("latin-1"), None, "Grün"),
        ("Grün".encode("latin-1"), 3, "Grün"),  # declared ASCII
        (b"odd length", 1000, "odd length"),  # declared UCS-2: 5 characters of nonsense otherwise
    ],
)
def test_decoding(octets: bytes, charset: int | None, text: str) -> None:
    if charset == 1000:
        octets += b"!"
        text += "!"
    assert decode(octets, charset) == text


def test_a_buffer_that_ends_inside_a_character() -> None:
    assert decode("Tóner neg".encode() + "ó".encode()[:1]) == "Tóner neg"
    assert decode("请稍候".encode()[:-1], 106) == "请稍"
    assert decode(b"caf\xe9") == "café"  # Latin-1, not the first octet of something


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"Black Toner\0", "Black Toner"),
        (b"Ready\0\0\0\0", "Ready"),
        (b"Sleep Mode      ", "Sleep Mode"),
        (b"  TRAY1 \r\n Letter ", "TRAY1 Letter"),
        (b"\x01\x15VNCRC48198", "VNCRC48198"),
        (b"\x01\x15HP LaserJet MF\n50 20 4D 31 33 30 6E 77 ", "HP LaserJet MF"),
        (b"Cyan Cartridge HP \n43 46 33 30 31 41 00 \n", "Cyan Cartridge HP"),
        (b"a\n41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E 4F 50 \n51 52", "a"),
        (b"Paper\nA4", "Paper A4"),  # two letters are no dump
        (b"Size\nA4 A5", "Size A4 A5"),
        (b"Black HP CF\n33 36 34 41", "Black HP CF"),
        (b"Black HP CF\n41 ", "Black HP CF"),
        (b"Tray 2\n10 20 sheets", "Tray 2 10 20 sheets"),
        (b"\x07bell\x1b[0m", "bell"),
        (b"", ""),
    ],
)
def test_cleaning(octets: bytes, text: str) -> None:
    assert decode(octets) == text


def test_no_text() -> None:
    assert text_of(None) is None
    assert text_of(Value(Tag.INTEGER, 5)) is None
    assert text_of(Value(Tag.OCTET_STRING, b" \0")) is None
    assert text_of(Value(Tag.OCTET_STRING, b"x")) == "x"


def test_raw_values() -> None:
    assert raw_of(Value(Tag.COUNTER32, 7)) == "7"
    assert raw_of(Value(Tag.OCTET_STRING, b"\x00\x17\xc8")) == "0x0017c8"
    assert raw_of(Value(Tag.OCTET_STRING, b"\xff")) == "0xff"
    assert raw_of(Value(Tag.OCTET_STRING, "für".encode())) == "für"
    assert raw_of(Value(Tag.OBJECT_IDENTIFIER, (1, 3, 6))) == "1.3.6"
    assert raw_of(Value(Tag.NULL, None)) == ""


@given(
    st.binary(max_size=200), st.one_of(st.none(), st.sampled_from(sorted(CODECS)), st.integers())
)
def test_any_octets_become_clean_text(octets: bytes, charset: int | None) -> None:
    text = decode(octets, charset)
    assert text == clean(text)
    assert "\0" not in text
    assert text == text.strip()
    raw_of(Value(Tag.OCTET_STRING, octets))


@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x2FFF), max_size=60))
def test_utf8_comes_back(text: str) -> None:
    wanted = clean(text)
    assert decode(text.encode(), 4) == wanted
