"""One-time codes: written, typed, mistyped."""

from __future__ import annotations

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.problem import ProblemKind
from core.pki.code import EnrolmentCode, hash_secret, parse_code, shortened
from core.pki.errors import CodeError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PRINT = hashlib.sha256(b"an authority").digest()


@st.composite
def codes(draw: st.DrawFn) -> EnrolmentCode:
    return EnrolmentCode.make(draw(st.binary(min_size=32, max_size=32)), draw(st.randoms()))


def bare(code: EnrolmentCode) -> str:
    return code.show().replace("-", "")


def reason(text: str) -> str:
    with pytest.raises(CodeError) as caught:
        parse_code(text)
    problem = caught.value.problem
    assert problem.code == "bad_code"
    assert problem.kind is ProblemKind.BAD_INPUT
    assert problem.remedy
    return problem.text


@given(codes())
def test_what_is_shown_is_read_back(code: EnrolmentCode) -> None:
    shown = code.show()
    assert [len(group) for group in shown.split("-")] == [5] * 8
    assert set(shown) <= set(ALPHABET) | {"-"}
    assert parse_code(shown) == code


@given(codes(), st.data())
def test_a_person_may_type_it_as_they_like(code: EnrolmentCode, data: st.DataObject) -> None:
    between = st.sampled_from(
        ["", " ", "-", "\n", "\t", *"\u2010\u2011\u2013\u2014\u2212\u00a0\u200b"]
    )
    like = {"0": "0oO", "1": "1iIlL"}
    typed = ""
    for character in bare(code):
        typed += data.draw(between)
        typed += data.draw(st.sampled_from(like.get(character, character + character.lower())))
    assert parse_code(typed) == code


@given(codes(), st.data())
def test_one_wrong_character_is_always_found(code: EnrolmentCode, data: st.DataObject) -> None:
    right = bare(code)
    place = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(right[place], "")))
    assert "typing error" in reason(right[:place] + wrong + right[place + 1 :])


@given(codes(), st.data())
def test_two_that_changed_places_are_always_found(code: EnrolmentCode, data: st.DataObject) -> None:
    right = bare(code)
    places = st.integers(0, len(right) - 1)
    one, other = data.draw(places), data.draw(places)
    swapped = list(right)
    swapped[one], swapped[other] = right[other], right[one]
    if right[one] != right[other]:
        assert "typing error" in reason("".join(swapped))


def test_of_other_errors_few_slip_through() -> None:
    random = Random(7)
    right = bare(EnrolmentCode.make(PRINT, random))
    missed = 0
    for _ in range(20_000):
        characters = list(right)
        for place in random.sample(range(len(right)), 3):
            characters[place] = random.choice(ALPHABET)
        typed = "".join(characters)
        try:
            missed += parse_code(typed) is not None and typed != right
        except CodeError:
            pass
    assert missed < 60  # one in 1021 is 20


@given(codes(), st.integers(1, 40))
def test_a_part_of_it_is_counted(code: EnrolmentCode, left_out: int) -> None:
    rest = bare(code)[left_out:]
    said = reason(rest)
    assert ("empty" if not rest else f"{len(rest)} characters instead of 40") in said


@given(st.text(max_size=60))
def test_other_texts_are_no_codes_and_are_not_repeated(text: str) -> None:
    said = reason(text)
    if len(text) > 12:
        assert text not in said


def test_a_character_that_codes_never_have_is_named() -> None:
    right = bare(EnrolmentCode.make(PRINT, Random(1)))
    for stranger in "U!*ßé€":
        assert "character" in reason(right[:-1] + stranger)


def test_the_secret_is_random_in_all_its_bits() -> None:
    random = Random(3)
    secrets = [EnrolmentCode.make(PRINT, random).secret for _ in range(400)]
    assert len(set(secrets)) == 400
    numbers = [sum(ALPHABET.index(c) << 5 * i for i, c in enumerate(s)) for s in secrets]
    for bit in range(60):
        assert 100 < sum(number >> bit & 1 for number in numbers) < 300


def test_it_fits_its_own_authority_alone() -> None:
    code = EnrolmentCode.make(PRINT, Random(1))
    assert code.fits(PRINT)
    for bit in range(130):
        other = int.from_bytes(PRINT, "big") ^ 1 << (255 - bit)
        assert not code.fits(other.to_bytes(32, "big")), bit


def test_the_print_is_the_beginning_of_the_fingerprint() -> None:
    assert shortened(b"\xff" * 32) == "Z" * 26
    assert shortened(b"\x08" + b"\0" * 31) == "1" + "0" * 25


def test_the_secret_is_not_in_what_is_printed_of_it() -> None:
    code = EnrolmentCode.make(PRINT, Random(1))
    assert code.secret not in repr(code)
    assert code.secret not in str(code)
    assert code.secret_hash() == hash_secret(code.secret)
    assert code.secret not in code.secret_hash().upper()


@pytest.mark.parametrize(
    "form",
    [
        '"{0}"',
        "<{0}>",
        "({0}).",
        "Dear Ms Smith, your code for 12 Harbour Street is {0}. It is good until Friday, 27/11/26.",
        "Code={0};Hub=printers.example.com:7444",
        "> Your code:\r\n> {0}\r\n>\r\n> Regards",
    ],
)
def test_it_is_found_in_what_was_pasted_with_it(form: str) -> None:
    code = EnrolmentCode.make(PRINT, Random(4))
    pasted = form.format(code.show())
    assert parse_code(pasted) == code
    assert parse_code(pasted.lower()) == code
    middle = len(code.show()) // 2
    broken = f"{code.show()[:middle]}\n> {code.show()[middle:]}"  # as mail programs break lines
    assert parse_code(form.format(broken)) == code


def test_of_two_codes_none_is_taken_and_a_wrong_one_is_not_found() -> None:
    one, other = (EnrolmentCode.make(PRINT, Random(seed)).show() for seed in (4, 5))
    assert parse_code(f"{one} {one}") == parse_code(one)
    assert "characters" in reason(f"{one} or {other}")
    assert "characters" in reason(f"Your code is {one[:-1]}.")
