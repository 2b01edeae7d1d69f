"""Very long words may end a line inside; nothing of them is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.long_words import LONGEST, breakable


@given(st.text(max_size=200))
def test_nothing_is_lost(text: str) -> None:
    assert breakable(text).replace("\u200b", "") == text.replace("\u200b", "")


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=200))
def test_no_piece_is_longer_than_a_pane_is_wide(text: str) -> None:
    pieces = breakable(text).replace("\u200b", " ").split()
    assert all(len(piece) <= 2 * LONGEST for piece in pieces)


def test_it_breaks_after_punctuation_and_leaves_other_words_alone() -> None:
    told = "HP ETHERNET MULTI-ENVIRONMENT,SN:CNBPP5E3Y3,FN:25,PID:x"
    assert breakable(told).split("\u200b") == [
        "HP ETHERNET MULTI-ENVIRONMENT,", "SN:", "CNBPP5E3Y3,", "FN:", "25,", "PID:", "x",
    ]  # fmt: skip
    assert breakable("hrDeviceType says printer") == "hrDeviceType says printer"
