"""The fields that forms of rules are made of: per cent, and checks from a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.choices import CheckBox
from app.ui.pickers import NumberField
from app.ui.tokens import XS, M

_PER_ROW = 3


class PercentField(NumberField):
    """Whole per cent, 0 to 100; a finer value stays as it is until somebody changes it."""

    def __init__(self, name: str, value: float) -> None:
        super().__init__(name, 0, 100, unit="%")
        self._given = value
        self.setValue(round(value))
        self._shown = self.value()

    def percent(self) -> float:
        """Give the value."""
        return self._given if self.value() == self._shown else float(self.value())


class CheckGrid(QWidget):
    """Any of a list, each with its words; none chosen means all of them."""

    changed = Signal()

    def __init__(self, name: str, known: Iterable[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._boxes: dict[str, CheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(XS)
        listed = dict(known)
        for value in chosen:  # what a rule names is kept, whether or not it is heard of here
            listed.setdefault(value, value)
        for number, (value, said) in enumerate(listed.items()):
            box = CheckBox(said)
            box.setAccessibleName(f"{name}: {said}")
            box.setChecked(value in chosen)
            box.toggled.connect(self.changed)
            self._boxes[value] = box
            grid.addWidget(box, number // _PER_ROW, number % _PER_ROW)

    def values(self) -> tuple[str, ...]:
        """Give what is chosen."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def choose(self, value: str, *, on: bool = True) -> None:
        """Check one."""
        self._boxes[value].setChecked(on)
