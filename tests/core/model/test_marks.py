from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.marks import has_marks, without_marks

TURNING = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
WIDTHLESS = "\u200b\u200e\u200f\u2060\u00ad\ufeff\U000e0041"
NASTY = [*TURNING, *WIDTHLESS, *"\x00\x1b\x7f\x9f\u3164\u2800", "\ud800", "\u200c", "\u200d"]


@pytest.mark.parametrize(
    "text",
    [
        "ECOSYS M3645idn",
        "Grün für Köln, naïve №1",
        "چاپگر طبقه\u200cی دوم",
        "क्\u200dष मुद्रक",
        "印刷できます 请稍候 준비",
        "מדפסת ראשית",
        "เครื่องพิมพ์",
        "Принтер ③",
        "e\u0301",
    ],
)
def test_what_writing_needs_stays(text: str) -> None:
    assert without_marks(text) == text
    assert not has_marks(text)


def test_what_deceives_goes() -> None:
    assert without_marks("ECOSYS\u202eEVIL") == "ECOSYS EVIL"
    assert without_marks("KM\u200b-22\u00ad7") == "KM-227"
    assert without_marks("a\u200db\u200cc") == "abc"
    assert without_marks("Tag\U000e0041\U000e007f") == "Tag"
    # A joiner whose letter was only shielded by another mark.
    assert without_marks("ب\u200c\u200eb") == "بb"


@given(st.text(st.characters() | st.sampled_from(NASTY), max_size=60))
def test_nothing_is_left_that_hides_or_turns(text: str) -> None:
    cleaned = without_marks(text)
    assert without_marks(cleaned) == cleaned
    assert not has_marks(cleaned)
    assert not set(cleaned) & (set(TURNING) | set(WIDTHLESS))
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} for c in cleaned)
    if not has_marks(text):
        assert cleaned == text


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31mred",
        "\x1b[1;38;5;9mr\x1b[0med",
        "\x9b31mred",
        "\x1b]0;a title\x07red",
        "\x1b]8;;http://x\x1b\\red",
        "\x1bcred",
        "\x1b(Bred",
    ],
)
def test_a_terminals_commands_go_whole(text: str) -> None:
    assert without_marks(text) == "red"
