"""The reference number: every slip of one character, and every swap of two, is found."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.problem import BadInputError
from core.model.reference import make_reference, parse_reference

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
numbers = st.integers(0, 2**32).map(lambda seed: make_reference(Random(seed)))


@settings(max_examples=200)
@given(numbers)
def test_a_number_is_read_however_it_is_typed(number: str) -> None:
    typed = number.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert parse_reference(typed) == parse_reference(number) == number
    assert len(number) == 7
    assert number[3] == "-"


@settings(max_examples=200)
@given(numbers, st.sampled_from([0, 1, 2, 4, 5, 6]), st.sampled_from(LETTERS))
def test_one_wrong_character_is_always_found(number: str, place: int, letter: str) -> None:
    wrong = number[:place] + letter + number[place + 1 :]
    if wrong != number:
        with pytest.raises(BadInputError):
            parse_reference(wrong)


@settings(max_examples=200)
@given(numbers, st.permutations([0, 1, 2, 4, 5, 6]))
def test_any_two_that_changed_places_are_found(number: str, order: list[int]) -> None:
    one, other = order[:2]
    swapped = list(number)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    if swapped != list(number):
        with pytest.raises(BadInputError):
            parse_reference("".join(swapped))


@settings(max_examples=200)
@given(st.text(max_size=20))
def test_nonsense_is_refused_in_words(text: str) -> None:
    with suppress(BadInputError):
        assert parse_reference(text) == parse_reference(parse_reference(text))
