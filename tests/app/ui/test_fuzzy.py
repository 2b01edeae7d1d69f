"""What fits what a person types, and how well."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.fuzzy import score


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("scan", "Scan the network"),
        ("net", "Scan the network"),
        ("stn", "Scan the network"),
        ("network scan", "Scan the network"),
        ("can", "Scan the network"),
    ],
)
def test_letters_of_a_command_find_it(typed: str, text: str) -> None:
    assert score(typed, text) > 0


@pytest.mark.parametrize("typed", ["", "   ", "x", "scan x", "nts"])
def test_other_letters_do_not(typed: str) -> None:
    assert score(typed, "Scan the network") == 0


def test_the_nearer_stands_first() -> None:
    texts = ("Dark", "Darken the map", "Go dark", "Endarken", "Do all reading: knowledge")
    scores = [score("dark", text) for text in texts]
    assert scores == sorted(scores, reverse=True)
    assert all(scores)


def test_words_that_are_not_shown_count_least() -> None:
    assert 0 < score("theme", "Dark", "theme mode") < score("dk", "Dark")


@given(st.text(max_size=12), st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_anything_can_be_typed(typed: str, text: str) -> None:
    assert 0 <= score(typed, text) <= 100
