"""An alert in a few words and a figure: what a narrow column shows of it, the figure always."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.ui import wording, words
from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model.occurrence import Fact, Occurrence

_DAY = 24 * 60
_STATE = "state:"


def short(item: Occurrence) -> tuple[str, str]:
    """Give the words, which may be cut off, and the figure ("" where there is none), which may not.

    What is not known of an alert is not made up: its own text stands there then.
    """
    make = _MAKERS.get(item.kind)
    found = make(item) if make is not None else None
    return found or (item.text.removesuffix("."), "")


def below(item: Occurrence) -> str:
    """Give the smaller line under it: the rule, or, where that is the words, its condition."""
    if item.kind == "custom":
        return item.text.removeprefix(f"{item.name}: ")
    return item.name


def _say(text: str, *parts: str) -> str:
    said = QCoreApplication.translate("Alerts", text)
    for number, part in enumerate(parts, 1):
        said = said.replace(f"%{number}", part, 1)
    return said


def _change(item: Occurrence, form: Callable[[Fact], str]) -> str:
    before, after = item.facts.get("before"), item.facts.get("after")
    if before is None or after is None:
        return ""
    return f"{form(before)} → {form(after)}"


def _percent(value: Fact) -> str:
    return wording.percent(float(value or 0))


def _number(value: Fact) -> str:
    return wording.number(value) if isinstance(value, int) else str(value)


def _supply(item: Occurrence) -> str:
    """Give the supply's name: the beginning of the sentence."""
    return item.text.partition(" is ")[0].partition(" was ")[0]


def _meter(item: Occurrence) -> str:
    return words.meter(item.subject.removeprefix("meters."))


def _low(item: Occurrence) -> tuple[str, str] | None:
    level = item.facts.get("level_percent")
    return None if level is None else (_supply(item), _percent(level))


def _replaced(item: Occurrence) -> tuple[str, str]:
    return _say(QT_TRANSLATE_NOOP("Alerts", "%1 replaced"), _supply(item)), _change(item, _percent)


def _early(item: Occurrence) -> tuple[str, str] | None:
    before = item.facts.get("before")
    if before is None:
        return None
    return _say(QT_TRANSLATE_NOOP("Alerts", "%1 replaced early"), _supply(item)), _say(
        QT_TRANSLATE_NOOP("Alerts", "%1 left"), _percent(before)
    )


def _fell(item: Occurrence) -> tuple[str, str]:
    return _say(QT_TRANSLATE_NOOP("Alerts", "%1 went down"), _meter(item)), _change(item, _number)


def _jumped(item: Occurrence) -> tuple[str, str]:
    return _say(QT_TRANSLATE_NOOP("Alerts", "%1 jumped"), _meter(item)), _change(item, _number)


def _disagree(item: Occurrence) -> tuple[str, str] | None:
    said, total = item.facts.get("said"), item.facts.get("sum")
    if said is None or total is None:
        return None
    return _say(
        QT_TRANSLATE_NOOP("Alerts", "%1 does not add up"), _meter(item)
    ), f"{_number(said)} ≠ {_number(total)}"


def _volume(item: Occurrence) -> tuple[str, str] | None:
    passed = item.facts.get("passed")
    return (
        None
        if passed is None
        else (_say(QT_TRANSLATE_NOOP("Alerts", "%1 passed"), _meter(item)), _number(passed))
    )


def _lasting(item: Occurrence) -> tuple[str, str] | None:
    minutes = item.facts.get("minutes")
    name = item.subject.removeprefix("conditions.")
    if not isinstance(minutes, int | float) or name.startswith(_STATE):
        return None
    return words.condition(name), _duration(round(minutes))


def _duration(minutes: int) -> str:
    if minutes < 1:
        return ""
    if minutes < 2 * 60:
        return _say(QT_TRANSLATE_NOOP("Alerts", "%1 min"), wording.number(minutes))
    if minutes < 2 * _DAY:
        return _say(QT_TRANSLATE_NOOP("Alerts", "%1 h"), wording.number(round(minutes / 60)))
    return _say(QT_TRANSLATE_NOOP("Alerts", "%1 days"), wording.number(round(minutes / _DAY)))


def _new(item: Occurrence) -> tuple[str, str]:
    return _say(QT_TRANSLATE_NOOP("Alerts", "New printer")), str(item.facts.get("address") or "")


def _moved(item: Occurrence) -> tuple[str, str]:
    return _say(QT_TRANSLATE_NOOP("Alerts", "Moved to")), str(item.facts.get("after") or "")


def _offline(item: Occurrence) -> tuple[str, str] | None:
    misses = item.facts.get("misses")
    if not isinstance(misses, int):
        return None
    said = QCoreApplication.translate("Alerts", "%n visit(s)", "", misses)
    return _say(QT_TRANSLATE_NOOP("Alerts", "No answer")), wording.counted(said, misses)


_MAKERS: dict[str, Callable[[Occurrence], tuple[str, str] | None]] = {
    "supply_low": _low,
    "supply_replaced": _replaced,
    "supply_replaced_early": _early,
    "counter_fell": _fell,
    "counter_jumped": _jumped,
    "meters_disagree": _disagree,
    "volume": _volume,
    "condition_lasting": _lasting,
    "new_device": _new,
    "moved": _moved,
    "offline": _offline,
    "stale": lambda item: (item.text.partition(":")[0], ""),
    "back": lambda _item: (_say(QT_TRANSLATE_NOOP("Alerts", "Answers again")), ""),
    "custom": lambda item: (item.name, ""),
}
