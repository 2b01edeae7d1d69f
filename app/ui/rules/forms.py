"""The small form of each kind of rule, made from the kind's own fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import words
from app.ui.forms import FormRow
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.pickers import ComboBox, NumberField
from app.ui.rules import words as rule_words
from app.ui.rules.fields import CheckGrid, PercentField
from app.ui.tokens import L
from core.model import rule as kinds
from core.model.reading import DeviceState, SupplyKind
from core.model.rule import AnyWhen, VolumeReached

_MOST_PAGES = 1_000_000_000
_USUAL_PAGES = 10_000
_YEAR = 525_600
_COLORS = ("black", "cyan", "magenta", "yellow")
_METERS = ("total", "mono", "color", "print", "copy", "fax", "scan", "duplex", "sheets")
_CONDITIONS = (
    "jammed", "no_paper", "low_paper", "no_toner", "low_toner", "door_open", "service_requested",
    "marker_supply_missing", "input_tray_missing", "output_full", "output_near_full",
    "overdue_prevent_maint",
)  # fmt: skip
_NAMES = {
    "threshold": QT_TRANSLATE_NOOP("RuleForms", "Alert at this level or below"),
    "hysteresis": QT_TRANSLATE_NOOP("RuleForms", "Resolved when it has risen by"),
    "rise": QT_TRANSLATE_NOOP("RuleForms", "The level rose by at least"),
    "full": QT_TRANSLATE_NOOP("RuleForms", "and is now at least"),
    "above": QT_TRANSLATE_NOOP("RuleForms", "Early means more left than"),
    "pages_per_minute": QT_TRANSLATE_NOOP("RuleForms", "Faster than, in pages a minute"),
    "slack": QT_TRANSLATE_NOOP("RuleForms", "and beyond that by"),
    "minutes": QT_TRANSLATE_NOOP("RuleForms", "Alert when it has lasted for"),
    "supplies": QT_TRANSLATE_NOOP("RuleForms", "Which supplies (none ticked: all)"),
    "colors": QT_TRANSLATE_NOOP("RuleForms", "Which colours (none ticked: all)"),
    "meters": QT_TRANSLATE_NOOP("RuleForms", "Which meters (none ticked: all)"),
    "conditions": QT_TRANSLATE_NOOP("RuleForms", "Which errors"),
    "states": QT_TRANSLATE_NOOP("RuleForms", "Which states"),
}


def _said(name: str) -> str:
    return QCoreApplication.translate("RuleForms", _NAMES[name])


def _percent(name: str, value: Any) -> QWidget:
    return PercentField(_said(name), value)


def _number(name: str, value: int, bounds: tuple[int, int], unit: str) -> QWidget:
    field = NumberField(_said(name), *bounds, unit=unit)
    field.setValue(value)
    return field


def _pages(name: str, value: Any) -> QWidget:
    unit = QCoreApplication.translate("RuleForms", "pages")
    return _number(name, value, (1, _MOST_PAGES), unit)


def _minutes(name: str, value: Any) -> QWidget:
    unit = QCoreApplication.translate("RuleForms", "minutes")
    return _number(name, value, (0, _YEAR), unit)


def _supplies(name: str, value: Any) -> QWidget:
    other = QCoreApplication.translate("RuleForms", "Other")
    known = [(k.value, other if k is SupplyKind.OTHER else words.kind(k)) for k in SupplyKind]
    return CheckGrid(_said(name), known, [kind.value for kind in value])


def _colors(name: str, value: Any) -> QWidget:
    return CheckGrid(_said(name), [(c, words.color(c)) for c in _COLORS], value)


def _meters(name: str, value: Any) -> QWidget:
    return CheckGrid(_said(name), [(m, words.meter(m)) for m in _METERS], value)


def _conditions(name: str, value: Any) -> QWidget:
    return CheckGrid(_said(name), [(c, words.condition(c)) for c in _CONDITIONS], value)


def _states(name: str, value: Any) -> QWidget:
    known = [(state.value, rule_words.state(state)) for state in DeviceState]
    return CheckGrid(_said(name), known, [state.value for state in value])


_MAKERS: dict[str, Callable[[str, Any], QWidget]] = {
    "threshold": _percent,
    "hysteresis": _percent,
    "rise": _percent,
    "full": _percent,
    "above": _percent,
    "pages_per_minute": _pages,
    "slack": _pages,
    "minutes": _minutes,
    "supplies": _supplies,
    "colors": _colors,
    "meters": _meters,
    "conditions": _conditions,
    "states": _states,
}


class WhenForm(QWidget):
    """The form of a kind. ``changed`` when something was entered; ``value`` gives the kind back."""

    changed = Signal()

    def __init__(self, when: Any) -> None:
        super().__init__()
        self._when = when
        self.fields: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(L)
        for name in when.__struct_fields__:
            field = _MAKERS[name](name, getattr(when, name))
            layout.addWidget(FormRow(_said(name), field))
            self.fields[name] = field
            self._watch(field)

    def _watch(self, field: QWidget) -> None:
        if isinstance(field, CheckGrid):
            field.changed.connect(self.changed)
        elif isinstance(field, NumberField):
            field.valueChanged.connect(lambda _value: self.changed.emit())

    def value(self) -> AnyWhen:
        """Give the kind as it is entered."""
        values = {name: _value(field) for name, field in self.fields.items()}
        made: AnyWhen = msgspec.convert(
            {"kind": self._when.__struct_config__.tag, **values}, type(self._when)
        )
        return made


def _value(field: QWidget) -> Any:
    if isinstance(field, CheckGrid):
        return field.values()
    if isinstance(field, PercentField):
        return field.percent()
    return field.value() if isinstance(field, NumberField) else None


class VolumeForm(QWidget):
    """The form of a volume: which meter, and whether it is told once or each time."""

    changed = Signal()

    def __init__(self, when: VolumeReached) -> None:
        super().__init__()
        meters = dict.fromkeys((*_METERS, when.meter))
        self.meter = ComboBox(self.tr("Which meter"), tuple((m, words.meter(m)) for m in meters))
        self.meter.choose(when.meter)
        ways = (
            ("at", self.tr("Once, when it reaches")),
            ("every", self.tr("Each time it passes another")),
        )
        self.how = ComboBox(self.tr("When"), ways)
        self.how.choose("every" if when.at is None else "at")
        self.pages = NumberField(self.tr("Number"), 1, _MOST_PAGES, unit=self.tr("pages"))
        self.pages.setValue(when.at or when.every or _USUAL_PAGES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(L)
        for field in (self.meter, self.how, self.pages):
            layout.addWidget(FormRow(field.accessibleName(), field))
        for combo in (self.meter, self.how):
            combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.pages.valueChanged.connect(lambda _value: self.changed.emit())

    def value(self) -> AnyWhen:
        """Give the volume as it is entered."""
        once, pages = self.how.value() == "at", self.pages.value()
        meter = self.meter.value()
        return VolumeReached(meter, at=pages) if once else VolumeReached(meter, every=pages)


def form(when: AnyWhen) -> WhenForm | VolumeForm:
    """Make the form of a kind other than a person's own condition."""
    return VolumeForm(when) if isinstance(when, VolumeReached) else WhenForm(when)


def fresh(kind: str) -> AnyWhen:
    """Give a kind as it is before anybody has entered anything."""
    if kind == "volume":
        return VolumeReached(every=_USUAL_PAGES)
    tagged: dict[str, Any] = {
        str(made.__struct_config__.tag): made for made in kinds.AnyWhen.__args__
    }
    made: AnyWhen = tagged[kind]()
    return made
