"""Rules about supplies: low, empty, replaced, replaced early.

RFC 3805's -2 (unknown) and -3 (some remaining) are no levels: neither raises or clears anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.model.reading import LevelState, Supply
from core.model.rule import (
    Rule,
    SupplyEmpty,
    SupplyLow,
    SupplyReplaced,
    SupplyReplacedEarly,
)
from core.telemetry.history.replacement import fuller
from core.telemetry.rules.ledger import Ledger
from core.telemetry.rules.memory import Case, DeviceMemory, SupplyMemory, known_level

_OfSupplies = SupplyLow | SupplyEmpty | SupplyReplaced | SupplyReplacedEarly


def low(rule: Rule, when: SupplyLow, case: Case, _: DeviceMemory, ledger: Ledger) -> None:
    """Raise at the threshold, clear above the hysteresis."""
    for supply in _chosen(when, case):
        level = known_level(supply)
        holds = _low(when, level, supply.state)
        said = f"is at {level:g} %" if level is not None else "is low; the printer gives no figure"
        text = f"{name_of(supply)} {said}."
        ledger.lasting(
            rule, _subject(supply), holds, text, level_percent=level, threshold=when.threshold
        )


def _low(when: SupplyLow, level: float | None, state: LevelState) -> bool | None:
    if level is None:
        return {LevelState.LOW: True, LevelState.EMPTY: True, LevelState.OK: False}.get(state)
    if level <= when.threshold:
        return True
    return False if level >= min(when.threshold + when.hysteresis, 100.0) else None


def empty(rule: Rule, when: SupplyEmpty, case: Case, _: DeviceMemory, ledger: Ledger) -> None:
    """Raise at nothing left, clear above the hysteresis."""
    for supply in _chosen(when, case):
        level = known_level(supply)
        holds: bool | None = None
        if supply.state is LevelState.EMPTY or (level is not None and level <= 0):
            holds = True
        elif level is not None:
            holds = False if level >= when.hysteresis else None
        elif supply.state in {LevelState.OK, LevelState.LOW}:
            holds = False
        text = f"{name_of(supply)} is empty."
        ledger.lasting(rule, _subject(supply), holds, text, level_percent=level)


def replaced(
    rule: Rule, when: SupplyReplaced, case: Case, before: DeviceMemory, ledger: Ledger
) -> None:
    """Say every replacement."""
    for supply, was in _replaced(when, case, before):
        ledger.once(
            rule,
            _subject(supply),
            f"{name_of(supply)} was replaced{_levels(was, supply)}.",
            before=was.level,
            after=known_level(supply),
            serial_before=was.serial,
            serial_after=supply.serial,
        )


def replaced_early(
    rule: Rule, when: SupplyReplacedEarly, case: Case, before: DeviceMemory, ledger: Ledger
) -> None:
    """Say the replacements of what was not used up."""
    for supply, was in _replaced(when, case, before):
        if was.level is not None and was.level > when.above:
            ledger.once(
                rule,
                _subject(supply),
                f"{name_of(supply)} was replaced early: {was.level:g} % was left.",
                before=was.level,
                after=known_level(supply),
                above=when.above,
            )


def _replaced(
    when: SupplyReplaced | SupplyReplacedEarly, case: Case, before: DeviceMemory
) -> Iterator[tuple[Supply, SupplyMemory]]:
    for supply in _chosen(when, case):
        was = before.supplies.get(supply.index)
        if was is None or (was.kind, was.color) != (supply.kind.value, supply.color):
            continue  # never seen, or the printer numbers its rows anew
        level = known_level(supply)
        another = bool(was.serial and supply.serial and was.serial != supply.serial)
        risen = (
            level is not None
            and was.level is not None
            and fuller(was.level, level, rise=when.rise, full=when.full)
        )
        if another or risen:
            yield supply, was


def _levels(was: SupplyMemory, now: Supply) -> str:
    level = known_level(now)
    if was.level is None or level is None:
        return ""
    return f": {was.level:g} % before, {level:g} % now"


def _chosen(when: _OfSupplies, case: Case) -> Iterator[Supply]:
    colors = {color.casefold() for color in when.colors}
    seen: set[str] = set()
    for supply in case.reading.supplies if case.reading else ():
        of_kind = not when.supplies or supply.kind in when.supplies
        of_color = not colors or (supply.color or "").casefold() in colors
        # Two rows of one number are one supply told twice: the first is taken.
        if of_kind and of_color and supply.index not in seen:
            seen.add(supply.index)
            yield supply


def name_of(supply: Supply) -> str:
    """Give what a person calls a supply, at the beginning of a sentence."""
    words = f"{supply.color or ''} {supply.kind.value}".strip()
    if supply.kind.value == "other" and supply.description:
        words = supply.description
    return words[:1].upper() + words[1:]


def _subject(supply: Supply) -> str:
    return f"supplies[{supply.index}]"
