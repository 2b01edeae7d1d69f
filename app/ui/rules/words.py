"""What a person reads of a rule: its kind, and when it raises an alert."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui import wording, words
from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model import rule as kinds
from core.model.reading import DeviceState
from core.model.rule import Rule

KINDS: dict[str, str] = {
    "supply_low": QT_TRANSLATE_NOOP("Rules", "A supply is low"),
    "supply_empty": QT_TRANSLATE_NOOP("Rules", "A supply is empty"),
    "supply_replaced": QT_TRANSLATE_NOOP("Rules", "A supply was replaced"),
    "supply_replaced_early": QT_TRANSLATE_NOOP("Rules", "A supply was replaced early"),
    "counter_fell": QT_TRANSLATE_NOOP("Rules", "A meter went down"),
    "counter_jumped": QT_TRANSLATE_NOOP("Rules", "A meter jumped"),
    "meters_disagree": QT_TRANSLATE_NOOP("Rules", "Meters do not add up"),
    "condition_lasting": QT_TRANSLATE_NOOP("Rules", "An error or a state lasts"),
    "volume": QT_TRANSLATE_NOOP("Rules", "A page count is reached"),
    "new_device": QT_TRANSLATE_NOOP("Rules", "New printer"),
    "moved": QT_TRANSLATE_NOOP("Rules", "A printer has a new address"),
    "offline": QT_TRANSLATE_NOOP("Rules", "A printer is offline"),
    "stale": QT_TRANSLATE_NOOP("Rules", "No reading for weeks"),
    "back": QT_TRANSLATE_NOOP("Rules", "A printer is back"),
    "custom": QT_TRANSLATE_NOOP("Rules", "A condition of your own"),
}
_STATES = {
    DeviceState.IDLE: QT_TRANSLATE_NOOP("Rules", "Idle"),
    DeviceState.PRINTING: QT_TRANSLATE_NOOP("Rules", "Printing"),
    DeviceState.WARMUP: QT_TRANSLATE_NOOP("Rules", "Warming up"),
    DeviceState.SLEEP: QT_TRANSLATE_NOOP("Rules", "Asleep"),
    DeviceState.OFFLINE: QT_TRANSLATE_NOOP("Rules", "Offline"),
    DeviceState.ERROR: QT_TRANSLATE_NOOP("Rules", "Error"),
    DeviceState.UNKNOWN: QT_TRANSLATE_NOOP("Rules", "Not known"),
}
_FORMS: dict[str, str] = {
    "supply_empty": QT_TRANSLATE_NOOP("Rules", "Nothing is left"),
    "counter_fell": QT_TRANSLATE_NOOP("Rules", "A meter is lower than it was"),
    "meters_disagree": QT_TRANSLATE_NOOP("Rules", "The parts of a meter add up to something else"),
    "new_device": QT_TRANSLATE_NOOP("Rules", "A search finds a printer that was not known"),
    "moved": QT_TRANSLATE_NOOP("Rules", "A known printer answers at another address"),
    "offline": QT_TRANSLATE_NOOP(
        "Rules", "It did not answer several times in a row (see Settings)"
    ),
    "stale": QT_TRANSLATE_NOOP("Rules", "No reading for the number of days in Settings"),
    "back": QT_TRANSLATE_NOOP("Rules", "An offline printer answers again"),
}


def translate(text: str) -> str:
    """Translate a text of the rules."""
    return QCoreApplication.translate("Rules", text)


def kind(name: str) -> str:
    """Name a kind of rule."""
    return translate(KINDS[name])


def state(value: DeviceState) -> str:
    """Name a state as a rule's condition."""
    return translate(_STATES[value])


def said(rule: Rule) -> str:
    """Say in one line when a rule tells."""
    when: Any = rule.when
    make = _MAKERS.get(type(when))
    first = make(when) if make else translate(_FORMS[rule.kind])
    parts = [first, _of_what(when), _only(rule)]
    return wording.listed(parts)


def why(rule: Rule) -> str:
    """Give the rule of an alert with when it tells: "Toner is low: at 10 % or below"."""
    return f"{rule.name}: {said(rule)}"


def _low(when: kinds.SupplyLow) -> str:
    form = translate("At %1 or below")
    return form.replace("%1", wording.percent(when.threshold), 1)


def _replaced(when: kinds.SupplyReplaced) -> str:
    form = translate("A level rose by %1 to at least %2")
    said = form.replace("%1", wording.percent(when.rise), 1)
    return said.replace("%2", wording.percent(when.full), 1)


def _early(when: kinds.SupplyReplacedEarly) -> str:
    form = translate("Replaced with more than %1 left")
    return form.replace("%1", wording.percent(when.above), 1)


def _jumped(when: kinds.CounterJumped) -> str:
    form = translate("More than %1 pages a minute")
    return form.replace("%1", wording.number(when.pages_per_minute), 1)


def _lasting(when: kinds.ConditionLasting) -> str:
    names = [words.condition(name) for name in when.conditions] + [state(s) for s in when.states]
    shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
    if not when.minutes:
        return translate("At once: %1").replace("%1", shown, 1)
    form = translate("For %1 minutes: %2")
    return form.replace("%1", wording.number(when.minutes), 1).replace("%2", shown, 1)


def _volume(when: kinds.VolumeReached) -> str:
    form = translate("%1 reaches %2") if when.at else translate("%1 passes every %2")
    pages = wording.number(when.at or when.every or 0)
    return form.replace("%1", words.meter(when.meter), 1).replace("%2", pages, 1)


_MAKERS: dict[type, Callable[[Any], str]] = {
    kinds.SupplyLow: _low,
    kinds.SupplyReplaced: _replaced,
    kinds.SupplyReplacedEarly: _early,
    kinds.CounterJumped: _jumped,
    kinds.ConditionLasting: _lasting,
    kinds.VolumeReached: _volume,
    kinds.Custom: lambda when: str(when.expression),
}


def _of_what(when: Any) -> str:
    names = [words.kind(kind) for kind in getattr(when, "supplies", ())]
    names += [words.color(color) for color in getattr(when, "colors", ())]
    names += [words.meter(meter) for meter in getattr(when, "meters", ())]
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")


def _only(rule: Rule) -> str:
    only = rule.only
    if only.devices:
        said = QCoreApplication.translate("Rules", "only %n printer(s)", "", len(only.devices))
        return wording.counted(said, len(only.devices))
    names = (*only.vendors, *only.segments)
    return translate("only %1").replace("%1", ", ".join(names[:3]), 1) if names else ""
