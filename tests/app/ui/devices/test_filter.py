"""The language of the filter box."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.devices.filter import NUMBERS, STATES, TEXTS, parse
from app.ui.devices.row import DeviceRow, make_row
from core.model.reading import DeviceState
from tests.support.sample_devices import summaries, summary

ROWS = [make_row(one) for one in summaries(60)]


def kept(text: str) -> list[DeviceRow]:
    found = parse(text)
    assert found.wrong == ()
    return [row for row in ROWS if found.holds(row)]


def test_a_field_holds_its_own_words_only() -> None:
    rows = kept("vendor:canon")
    assert rows
    assert {row.summary.device.identity.vendor for row in rows} == {"Canon"}
    assert kept("place:canon") == []


def test_words_in_quotes_stand_together() -> None:
    assert {row.title.partition(" 2")[0] for row in kept('place:"front desk"')} >= {"Front desk"}
    assert kept('"desk front"') == []
    assert kept("desk front") != []


@pytest.mark.parametrize(("sign", "bad"), [("<", range(20, 101)), (">=", range(20))])
def test_a_supply_is_compared_by_the_lowest_known(sign: str, bad: range) -> None:
    rows = kept(f"supply{sign}20")
    levels = [min(s.level_percent for s in r.supplies if s.level_percent is not None) for r in rows]
    assert levels
    assert not [level for level in levels if int(level) in bad]


def test_what_is_not_known_is_no_number() -> None:
    unknown = {row.key for row in ROWS if not row.supplies or row.supplies[0].level_percent is None}
    assert unknown
    assert not unknown & {row.key for row in (*kept("supply<1000"), *kept("supply>=0"))}


def test_a_stale_or_offline_one_is_found() -> None:
    stale = make_row(replace(summary(1), stale=True, state=DeviceState.OFFLINE))
    for text in ("stale", "is:stale", "state:offline"):
        assert parse(text).holds(stale), text
    assert not parse("-is:stale").holds(stale)
    assert parse("is:stale is:managed").holds(stale)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("maker:HP", "“maker”"),
        ("supply<few", "“supply”"),
        ("vendor<3", "“vendor”"),
        ("is:broken", "“is:broken”"),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_holds(text: str, named: str) -> None:
    found = parse(f"canon {text}")
    assert len(found.wrong) == 1
    assert named in found.wrong[0]
    assert {r.summary.device.identity.vendor for r in ROWS if found.holds(r)} == {"Canon"}


@pytest.mark.parametrize("text", ["fe80::1", "ab:cd:ef:00:11:22", "00:17:c8:00:00:05"])
def test_an_address_is_a_word(text: str) -> None:
    assert parse(text).wrong == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_nothing_that_is_typed_fails(text: str) -> None:
    found = parse(text)
    for row in ROWS[:20]:
        assert found.holds(row) in {True, False}


_TERMS = st.sampled_from(
    [
        *(f"{name}:{word}" for name in TEXTS for word in ("a", "1", "hp")),
        *(f"{name}{sign}{value}" for name in NUMBERS for sign in ("<", ">=") for value in (3, 50)),
        *(f"is:{name}" for name in STATES),
        "kyocera",
        '"office 2"',
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_TERMS, min_size=1, max_size=4))
def test_every_term_must_hold_and_a_minus_turns_one_round(terms: list[str]) -> None:
    each = [{row.key for row in kept(term)} for term in terms]
    assert {row.key for row in kept(" ".join(terms))} == set.intersection(*each)
    turned = {row.key for row in kept(f"-{terms[0]}")}
    assert turned == {row.key for row in ROWS} - each[0]
