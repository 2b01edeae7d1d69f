"""Editors of single values, chosen by the type of a setting.

Every editor has ``changed``, ``value`` and ``show_value``; values are as in JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QWidget

from app.ui import wording
from app.ui.choices import Switch
from app.ui.fields import TextField
from app.ui.pickers import ComboBox, DecimalField, NumberField
from app.ui.segmented import SegmentedControl
from app.ui.settings import words as setting_words
from core.model.setting import Setting

_MOST_SIDE_BY_SIDE = 3
_HOUR = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_MOST = 2_000_000_000
_DOUBT_MS = 900  # of typing, before what is no value is called so


class Editor(QWidget):
    """Edits one value. ``changed`` when a person did, ``doubted`` gives what is wrong with what is
    being typed ("": nothing); ``narrow`` ones stand beside their words.
    """

    changed = Signal()
    doubted = Signal(str)
    narrow = True

    def __init__(self, row: Setting, field: QWidget | None = None) -> None:
        super().__init__()
        self.row = row
        name = setting_words.name(row)
        self.setAccessibleName(name)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        if field is not None:
            field.setAccessibleName(name)
            field.setAccessibleDescription(setting_words.meaning(row))
            self._layout.addWidget(field)
            self.setFocusProxy(field)

    def value(self) -> Any:
        """Give the value as it stands there."""
        return None

    def show_value(self, value: Any) -> None:
        """Show a value without a word."""

    @property
    def valid(self) -> bool:
        """Whether what stands there is a value at all."""
        return True

    def _watch(self, box: QAbstractSpinBox) -> None:
        """Say which numbers there are where what was typed is none of them."""
        typed: list[str] = []
        box.lineEdit().textEdited.connect(typed.append)

        def settle() -> None:
            lost = bool(typed) and not _same(typed[-1], box.text())
            typed.clear()
            form = QCoreApplication.translate("Settings", "Enter a number from %1.")
            self.doubted.emit(form.replace("%1", setting_words.limits(self.row), 1) if lost else "")

        box.editingFinished.connect(settle)

    @property
    def needed(self) -> bool:
        """Whether something has to stand here."""
        return self.row.default is None and not self.row.optional


class SwitchEditor(Editor):
    """On or off."""

    def __init__(self, row: Setting) -> None:
        self._switch = Switch()
        super().__init__(row, self._switch)
        self._layout.insertStretch(0, 1)
        self._switch.clicked.connect(self.changed)

    def value(self) -> bool:
        """See ``Editor``."""
        return self._switch.isChecked()

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        self._switch.setChecked(bool(value))


class WholeEditor(Editor):
    """A whole number with its unit; an optional one may say in words that it is not set."""

    def __init__(self, row: Setting) -> None:
        least = int(row.minimum if row.minimum is not None else 0)
        most = int(row.maximum if row.maximum is not None else _MOST)
        self._least = least
        low = least - 1 if row.optional else least
        self._box = NumberField(setting_words.name(row), low, most, unit=setting_words.unit(row))
        self._box.setKeyboardTracking(False)
        self._box.setGroupSeparatorShown(setting_words.counts(row))
        if row.optional:
            self._box.setSpecialValueText(setting_words.absent(row))
        super().__init__(row, self._box)
        self._box.valueChanged.connect(self.changed)
        self._watch(self._box)

    def value(self) -> int | None:
        """See ``Editor``."""
        found = self._box.value()
        return None if self.row.optional and found < self._least else found

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        self._box.blockSignals(True)
        self._box.setValue(self._least - 1 if value is None else int(value))
        self._box.blockSignals(False)


class NumberEditor(Editor):
    """A number with its unit."""

    def __init__(self, row: Setting) -> None:
        least, most = row.minimum or 0, row.maximum or _MOST
        unit = setting_words.unit(row)
        self._box = DecimalField(setting_words.name(row), least, most, unit=unit)
        self._box.setKeyboardTracking(False)
        super().__init__(row, self._box)
        self._box.valueChanged.connect(self.changed)
        self._watch(self._box)

    def value(self) -> float:
        """See ``Editor``."""
        return self._box.value()

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        self._box.blockSignals(True)
        self._box.setValue(float(value or 0))
        self._box.blockSignals(False)


class ChoiceEditor(Editor):
    """One of several: side by side where they are few, else from a list."""

    def __init__(self, row: Setting) -> None:
        name = setting_words.name(row)
        pairs = tuple((one, setting_words.choice(one)) for one in row.choices)
        if row.optional:
            pairs = (("", setting_words.absent(row)), *pairs)
        self._few: SegmentedControl | None = None
        self._list: ComboBox | None = None
        if len(pairs) <= _MOST_SIDE_BY_SIDE:
            self._few = SegmentedControl(name, pairs)
            self._few.chosen.connect(lambda _: self.changed.emit())
        else:
            self._list = ComboBox(name, pairs)
            self._list.activated.connect(lambda _: self.changed.emit())
        super().__init__(row, self._few or self._list)
        if self._few is not None:
            self.setFocusProxy(self._few.part(pairs[0][0]))

    def value(self) -> str | None:
        """See ``Editor``."""
        if self._few is not None:
            return self._few.key or None
        return self._list.value() or None if self._list is not None else None

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        if self._few is not None:
            self._few.choose(str(value))
        elif self._list is not None:
            self._list.choose(value or "")


class TextEditor(Editor):
    """A text; an hour must be one (HH:MM)."""

    def __init__(self, row: Setting) -> None:
        name, hour = setting_words.name(row), row.form == "hour"
        self._field = TextField(name, setting_words.absent(row) if row.optional else "")
        if hour:
            self._field.setFixedWidth(118)
        super().__init__(row, self._field)
        if hour:
            self._layout.insertStretch(0, 1)
        self._shown = ""
        self._doubt = QTimer(self)
        self._doubt.setSingleShot(True)
        self._doubt.setInterval(_DOUBT_MS)
        self._doubt.timeout.connect(self._say_doubt)
        self._field.textEdited.connect(self._heed)
        self._field.textChanged.connect(self._heed_emptied)

    def _heed(self) -> None:
        self._doubt.start()
        if self.valid:
            self.changed.emit()

    def _say_doubt(self) -> None:
        hour = QCoreApplication.translate("Settings", "Enter a time of day such as 09:30.")
        some = QCoreApplication.translate("Settings", "Enter something here.")
        self.doubted.emit("" if self.valid else hour if self.row.form == "hour" else some)

    def _heed_emptied(self, text: str) -> None:
        # The cross empties without typing.
        if not text and self._shown and self.row.optional:
            self._shown = ""
            self.changed.emit()

    @property
    def valid(self) -> bool:
        """Whether it may be sent: an hour is whole, a text that must be there is."""
        text = self._field.text().strip()
        if not text:
            return self.row.optional
        return self.row.form != "hour" or _HOUR.fullmatch(text) is not None

    def value(self) -> str | None:
        """See ``Editor``."""
        text = self._field.text().strip()
        if self.row.form == "hour" and text:
            text = text.zfill(len("00:00"))
        return None if self.row.optional and not text else text

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        self._shown = str(value or "")
        # As long as it says the same, what is being typed stays: 9:30 is 09:30.
        if self._field.text() != self._shown and not (self.valid and self.value() == value):
            self._field.blockSignals(True)
            self._field.setText(self._shown)
            self._field.blockSignals(False)


def _same(typed: str, shown: str) -> bool:
    """Whether what was typed is what stands there now, with or without its unit."""
    return _figure(typed) == _figure(shown)


def _figure(text: str) -> float | None:
    locale = wording.locale()
    plain = "".join(sign for sign in text if not sign.isalpha() and not sign.isspace())
    value, good = locale.toDouble(plain.replace(locale.groupSeparator(), ""))
    return value if good else None


Maker: TypeAlias = Callable[[Setting], Editor]

SINGLE: dict[str, Maker] = {
    "switch": SwitchEditor,
    "whole number": WholeEditor,
    "number": NumberEditor,
    "choice": ChoiceEditor,
    "text": TextEditor,
}
