"""Texts of others on one line, without what a terminal would obey."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.model.plain import plain


@given(st.text(), st.integers(0, 300))
def test_it_prints_and_is_short(text: str, most: int) -> None:
    shown = plain(text, most)
    assert len(shown) == min(len(text), most)
    assert shown.isprintable()


def test_what_prints_stays() -> None:
    assert plain("Büro 2, 二階") == "Büro 2, 二階"
    assert plain("a\x1b[2Jb\nc\u202ed") == "a?[2Jb?c?d"
