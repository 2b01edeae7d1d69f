"""The book of rules: built-in ones that may be changed, and rules that could never fire."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.model.rule import (
    AnyWhen,
    ConditionLasting,
    Custom,
    Rule,
    SupplyEmpty,
    SupplyLow,
    VolumeReached,
)
from core.telemetry.rules.book import BUILTIN, book, check_rule, is_builtin
from tests.support.judged import rule


def test_built_in_rules_are_good_and_unlike() -> None:
    assert len({one.id for one in BUILTIN}) == len(BUILTIN)
    for one in BUILTIN:
        check_rule(one)
        assert one.enabled
        assert is_builtin(one.id)
        assert from_json(to_json(one), Rule) == one


def test_every_kind_but_the_users_own_has_a_built_in_rule() -> None:
    from typing import get_args

    named = {type(one.when) for one in BUILTIN}
    assert set(get_args(AnyWhen)) - named == {VolumeReached, Custom}


def test_a_changed_one_takes_the_place_of_the_built_in_one_and_says_so() -> None:
    mine = rule(SupplyLow(25), id="toner-low", enabled=False)
    own = rule(Custom("true"), id="own", builtin=True, changed=True)
    rules = {one.id: one for one in book([own, mine])}
    assert len(rules) == len(BUILTIN) + 1
    assert rules["toner-low"] == replace(mine, builtin=True, changed=True)
    assert not rules["own"].builtin
    assert not rules["parts-low"].changed
    assert not book([BUILTIN[0]])[0].changed


@pytest.mark.parametrize(
    ("made", "flaw"),
    [
        (rule(SupplyLow(), id="Not good"), "its id"),
        (rule(SupplyLow(), id="a|b"), "its id"),
        (rule(SupplyEmpty(), id="toner-low"), "choose another id"),
        (rule(VolumeReached()), "either"),
        (rule(VolumeReached(at=1, every=1)), "either"),
        (rule(ConditionLasting()), "none is chosen"),
    ],
)
def test_a_rule_that_could_never_fire_is_refused(made: Rule, flaw: str) -> None:
    with pytest.raises(BadInputError, match="cannot be used") as caught:
        check_rule(made)
    assert flaw in caught.value.problem.text


def test_an_own_condition_is_looked_at_too() -> None:
    with pytest.raises(BadInputError, match="matches"):
        check_rule(rule(Custom("'a'.matches('b')")))


@pytest.mark.parametrize(
    "when",
    [
        '{"kind":"supply_low","threshold":101}',
        '{"kind":"supply_low","threshold":"10"}',
        '{"kind":"nonsense"}',
        '{"kind":"custom"}',
        '{"kind":"volume","every":0}',
        "{}",
    ],
)
def test_what_is_no_rule_is_refused_by_its_form(when: str) -> None:
    with pytest.raises(BadInputError):
        from_json(f'{{"id":"a","name":"b","when":{when}}}', Rule)
