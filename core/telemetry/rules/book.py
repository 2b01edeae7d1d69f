"""The book of rules: those that are always there, and those that a person made or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from core.model import rule as kinds
from core.model.problem import BadInputError
from core.model.reading import SupplyKind
from core.model.rule import Custom, Rule, VolumeReached, Weight
from core.telemetry.rules.condition import check_condition

_CONSUMED = (SupplyKind.TONER, SupplyKind.INK, SupplyKind.RIBBON)
_PARTS = (
    SupplyKind.DRUM,
    SupplyKind.DEVELOPER,
    SupplyKind.FUSER,
    SupplyKind.TRANSFER,
    SupplyKind.MAINTENANCE,
    SupplyKind.ROLLER,
)
_STOPPED = (
    "no_paper",
    "no_toner",
    "jammed",
    "door_open",
    "service_requested",
    "marker_supply_missing",
    "output_full",
)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def _rule(name: str, text: str, when: kinds.AnyWhen, weight: Weight = Weight.WARNING) -> Rule:
    return Rule(name, text, when, weight, builtin=True)


#: What is told without anybody having asked for it. A container's level is the space left in it.
BUILTIN: tuple[Rule, ...] = (
    _rule("toner-low", "Toner or ink is low", kinds.SupplyLow(10.0, 5.0, _CONSUMED)),
    _rule("parts-low", "A part is nearly used up", kinds.SupplyLow(5.0, 5.0, _PARTS)),
    _rule(
        "waste-full",
        "The waste container is nearly full",
        kinds.SupplyLow(10.0, 10.0, (SupplyKind.WASTE,)),
    ),
    _rule(
        "supply-empty",
        "A supply is empty",
        kinds.SupplyEmpty(3.0, (*_CONSUMED, SupplyKind.STAPLES)),
        Weight.CRITICAL,
    ),
    _rule(
        "supply-replaced",
        "A supply was replaced",
        kinds.SupplyReplaced(20.0, 50.0, (*_CONSUMED, *_PARTS)),
        Weight.INFO,
    ),
    _rule(
        "supply-replaced-early",
        "A supply was replaced early",
        kinds.SupplyReplacedEarly(20.0, 20.0, 50.0, (*_CONSUMED, SupplyKind.DRUM)),
    ),
    _rule("counter-fell", "A meter went down", kinds.CounterFell(), Weight.CRITICAL),
    _rule("counter-jumped", "A meter jumped", kinds.CounterJumped()),
    _rule("meters-disagree", "Meters do not add up", kinds.MetersDisagree()),
    _rule("stopped", "A printer needs attention", kinds.ConditionLasting(_STOPPED, (), 15)),
    _rule("new-device", "New printer", kinds.NewDevice(), Weight.INFO),
    _rule("moved", "A printer has a new address", kinds.Moved(), Weight.INFO),
    _rule("offline", "A printer is offline", kinds.Offline()),
    _rule("stale", "No reading for weeks", kinds.Stale()),
    _rule("back", "A printer is back", kinds.Back(), Weight.INFO),
)
_BUILTIN = {rule.id: rule for rule in BUILTIN}


def book(kept: Iterable[Rule]) -> tuple[Rule, ...]:
    """Give all rules: the built-in ones, as a person may have changed them, then the others."""
    changed = {rule.id: rule for rule in kept}
    builtin = [_marked(changed.pop(rule.id, rule), rule) for rule in BUILTIN]
    return (*builtin, *(replace(r, builtin=False, changed=False) for r in changed.values()))


def _marked(rule: Rule, original: Rule) -> Rule:
    rule = replace(rule, builtin=True, changed=False)
    return rule if rule == original else replace(rule, changed=True)


def check_rule(rule: Rule) -> None:
    """Raise ``BadInputError`` that says what is wrong with a rule that could never fire."""
    if not _ID.fullmatch(rule.id):
        raise _bad("its id may have small letters, digits, - and _, and 60 characters")
    original = _BUILTIN.get(rule.id)
    if original is not None and original.kind != rule.kind:
        raise _bad(f"{rule.id} is built in, and of the kind {original.kind}: choose another id")
    when = rule.when
    if isinstance(when, VolumeReached) and (when.at is None) == (when.every is None):
        raise _bad("a volume has either at or every")
    if isinstance(when, kinds.ConditionLasting) and not (when.conditions or when.states):
        raise _bad("it needs an error or a state, and none is chosen")
    if isinstance(when, Custom):
        check_condition(when.expression)


def is_builtin(rule: str) -> bool:
    """Whether a rule of this id is always there."""
    return rule in _BUILTIN


def _bad(flaw: str) -> BadInputError:
    return BadInputError("bad_rule", f"This rule cannot be used: {flaw}.", "See docs/alerts.md.")
