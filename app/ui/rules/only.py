"""Which devices a rule is for: of some makers, of some segments, or named ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.choices import CheckBox
from app.ui.forms import FormRow
from app.ui.rules.fields import CheckGrid
from app.ui.tick_list import TickList
from app.ui.tokens import L
from core.model.rule import Only

_HEIGHT = 160
_MOST = 64  # names of one kind that a rule can hold


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from: devices as (key, name), makers, segments."""

    devices: tuple[tuple[str, str], ...] = ()
    vendors: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


class OnlyForm(QWidget):
    """``changed`` when something was chosen; the lists stand behind one check box."""

    changed = Signal()

    def __init__(self, only: Only, known: Known) -> None:
        super().__init__()
        self._given = only
        self._some = CheckBox(self.tr("Only for some printers"))
        self._some.setChecked(only != Only())
        self.vendors = CheckGrid(self.tr("Makers"), _pairs(known.vendors), only.vendors)
        self.segments = CheckGrid(self.tr("Networks"), _pairs(known.segments), only.segments)
        self.devices = _device_list(self.tr("Printers"), known.devices, only.devices)
        self._lists = QWidget()
        inner = QVBoxLayout(self._lists)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(L)
        for field in (self.vendors, self.segments, self.devices):
            row = FormRow(field.accessibleName(), field)
            inner.addWidget(row)
        help_ = self.tr("A printer must match every heading below. Nothing ticked: all match.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(L)
        layout.addWidget(self._some)
        layout.addWidget(self._lists)
        self._some.setAccessibleDescription(help_)
        self._some.setToolTip(help_)
        self._lists.setVisible(self._some.isChecked())
        self._some.toggled.connect(self._lists.setVisible)
        for signal in (
            self._some.toggled,
            self.vendors.changed,
            self.segments.changed,
            self.devices.changed,
        ):
            signal.connect(lambda *_: self.changed.emit())

    def value(self) -> Only:
        """Give what is chosen."""
        if not self._some.isChecked():
            return Only()
        return Only(tuple(self.devices.ticked()), self.vendors.values(), self.segments.values())

    @property
    def flaw(self) -> str:
        """What is wrong with the choice; empty where nothing is."""
        if len(self.value().devices) > _MOST:
            return self.tr("A rule can name 64 printers. For more, choose makers or networks.")
        return ""


def _pairs(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _device_list(name: str, devices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> TickList:
    listed = dict(devices)
    for key in chosen:  # one that is no more stays named until somebody takes it out
        listed.setdefault(key, key)
    first = frozenset(chosen)
    known = sorted(listed.items(), key=lambda pair: (pair[0] not in first, pair[1]))
    result = TickList(name, known, _HEIGHT)
    result.tick(chosen)
    return result
