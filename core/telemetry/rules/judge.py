"""The judge: what a visit makes known beside its values. Pure; the caller stores what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from core.model import rule as kinds
from core.model.device import Device
from core.model.jsonio import to_json
from core.model.occurrence import Cleared, Judged, Occurrence, Seen
from core.model.reading import Reading
from core.model.rule import Custom, Only, Rule
from core.telemetry.rules import counters, standing, supplies
from core.telemetry.rules.expression import evaluate
from core.telemetry.rules.fields import fields
from core.telemetry.rules.ledger import Ledger
from core.telemetry.rules.memory import Case, DeviceMemory, Limits, learn, remembered

_Check = Callable[[Rule, Any, Case, DeviceMemory, Ledger], None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What fired, what is over, and what to remember."""

    memory: DeviceMemory
    raised: tuple[Occurrence, ...]
    cleared: tuple[Cleared, ...]


def judge(before: DeviceMemory, case: Case, rules: Sequence[Rule]) -> Judgement:
    """Judge one visit by these rules; never raises for any reading.

    A lasting alert is raised once and stands until it is cleared; what nobody knows changes
    nothing. Every time is the case's own; where it is before the last one, what lasts is counted
    from now.
    """
    ledger = Ledger(before.active, before.marks, case.at)
    ruling = [rule for rule in rules if rule.enabled and applies(rule.only, case.device)]
    for rule in ruling:
        _CHECKS[type(rule.when)](rule, rule.when, case, before, ledger)
    ledger.end({rule.id for rule in ruling})
    after = replace(learn(before, case), active=ledger.active, marks=ledger.marks)
    return Judgement(after, tuple(ledger.raised), tuple(ledger.cleared))


def judging(
    rules: Sequence[Rule],
    at: str,
    limits: Limits,
    reading: Reading | None = None,
    *,
    first_search: bool = False,
) -> Callable[[Seen], Judged]:
    """Give a judge for the store: it is called with the device as stored, in that transaction."""
    return partial(_judged, tuple(rules), at, limits, reading, first_search)


def _judged(
    rules: Sequence[Rule],
    at: str,
    limits: Limits,
    reading: Reading | None,
    first_search: bool,
    seen: Seen,
) -> Judged:
    case = Case(seen.device, seen.what, at, reading, limits, first_search)
    said = judge(remembered(seen.memory) or DeviceMemory(), case, rules)
    memory = said.memory
    return Judged(to_json(memory), memory.offline, memory.stale, said.raised, said.cleared)


def applies(only: Only, device: Device) -> bool:
    """Whether a rule that is for these devices alone is for this one."""
    vendor = (device.identity.vendor or "").casefold()
    return (
        (not only.devices or device.key in only.devices)
        and (not only.vendors or vendor in {name.casefold() for name in only.vendors})
        and (not only.segments or device.segment in only.segments)
    )


def _custom(rule: Rule, when: Custom, case: Case, before: DeviceMemory, ledger: Ledger) -> None:
    if case.reading is not None:
        verdict = evaluate(when.expression, fields(case.device, case.reading, before))
        ledger.lasting(rule, "", verdict.value, f"{rule.name}: {when.expression}")


_CHECKS: dict[type, _Check] = {
    kinds.SupplyLow: supplies.low,
    kinds.SupplyEmpty: supplies.empty,
    kinds.SupplyReplaced: supplies.replaced,
    kinds.SupplyReplacedEarly: supplies.replaced_early,
    kinds.CounterFell: counters.fell,
    kinds.CounterJumped: counters.jumped,
    kinds.VolumeReached: counters.volume,
    kinds.MetersDisagree: counters.disagree,
    kinds.ConditionLasting: standing.lasting,
    kinds.NewDevice: standing.new_device,
    kinds.Moved: standing.moved,
    kinds.Offline: standing.offline,
    kinds.Stale: standing.stale,
    kinds.Back: standing.back,
    kinds.Custom: _custom,
}
