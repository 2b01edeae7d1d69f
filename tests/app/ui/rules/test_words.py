"""A rule is said in a line that a person understands, and no kind of rule is without words."""

from __future__ import annotations

from typing import get_args

import pytest

from app.ui.rules import words as rule_words
from core.model import rule as kinds
from core.model.reading import DeviceState, SupplyKind
from core.model.rule import AnyWhen, Only, Rule
from core.telemetry.rules.book import BUILTIN


def made(when: AnyWhen, only: Only = Only()) -> Rule:  # noqa: B008 - frozen
    return Rule(id="own-1", name="Mine", when=when, only=only)


def test_every_kind_of_rule_has_a_name_and_a_line() -> None:
    for kind in get_args(AnyWhen):
        name = kind.__struct_config__.tag
        when = kind(expression="meters.total > 5") if kind is kinds.Custom else kind()
        assert rule_words.kind(name)
        assert rule_words.said(made(when)).strip(" ·")
        assert "%1" not in rule_words.said(made(when))


def test_every_state_has_a_word() -> None:
    said = {rule_words.state(state) for state in DeviceState}
    assert len(said) == len(DeviceState)


@pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.id)
def test_why_is_the_rules_name_and_when_it_tells(rule: Rule) -> None:
    assert rule_words.why(rule) == f"{rule.name}: {rule_words.said(rule)}"


def test_what_it_is_about_is_said_and_long_lists_are_cut() -> None:
    low = kinds.SupplyLow(7, supplies=(SupplyKind.TONER,), colors=("black",))
    said = rule_words.said(made(low))
    assert "7" in said
    assert "Toner, Black" in said
    many = kinds.SupplyLow(supplies=tuple(SupplyKind))
    assert rule_words.said(made(many)).count(",") == 4
    assert "…" in rule_words.said(made(many))


def test_whom_it_is_for_is_said() -> None:
    moved = kinds.Moved()
    assert "only" not in rule_words.said(made(moved))
    assert "only 2 printers" in rule_words.said(made(moved, Only(devices=("a", "b"))))
    assert "only HP, Ricoh" in rule_words.said(made(moved, Only(vendors=("HP", "Ricoh"))))


def test_at_once_and_after_a_time_are_told_apart() -> None:
    jam = kinds.ConditionLasting(conditions=("jammed",), minutes=0)
    assert rule_words.said(made(jam)).startswith("At once: ")
    later = kinds.ConditionLasting(conditions=("jammed",), minutes=15)
    assert rule_words.said(made(later)).startswith("For 15 minutes: ")
