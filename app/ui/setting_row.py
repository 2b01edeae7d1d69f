"""One setting as a row: name, meaning, editor, who may change it, its default and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import setting_words
from app.ui.forms import FormRow
from app.ui.setting_editors import Editor
from app.ui.tokens import XS, S, Tone
from app.ui.widgets import ChipLabel, button, label
from core.model.problem import Problem
from core.model.setting import Setting

_PAUSE_MS = 500  # of turning a figure up or down, before it is set
_NARROW = 248


class SettingRow(QWidget):
    """``asked`` gives path and value to set: a moment after a person has changed it."""

    asked = Signal(str, object)

    def __init__(self, row: Setting, editor: Editor) -> None:
        super().__init__()
        self.row, self.editor = row, editor
        self._expected = 0  # answers of the agent
        if editor.narrow:
            editor.setFixedWidth(_NARROW)
        meaning = setting_words.meaning(row)
        self._form = FormRow(setting_words.name(row), editor, meaning, beside=editor.narrow)
        self._mark = ChipLabel(self.tr("Changed"), Tone.ACCENT)
        self._reset = button(self.tr("Reset to default"), "link")
        self._reset.clicked.connect(self._ask_default)
        self._default = label(role="small")
        self._default.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        editor.changed.connect(self._heed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, S, 0, S)
        layout.setSpacing(XS)
        layout.addWidget(self._form)
        layout.addLayout(self._make_facts())
        self.show_row(row)

    def _make_facts(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(ChipLabel(setting_words.who(self.row)))
        line.addWidget(self._mark)
        line.addWidget(self._default)
        line.addWidget(self._reset)
        line.addStretch(1)
        return line

    def show_row(self, row: Setting) -> None:
        """Show what is set now; what a person is changing just now stays, and what was refused."""
        if row.value != self.row.value:
            self._form.refuse("")
        self.row = row
        if not self._waiting and not self._form.refused:
            self.editor.show_value(row.value)
        changed = row.value != row.default
        self._mark.setVisible(changed)
        self._reset.setVisible(changed)
        table = row.type == "table"
        form = self.tr("Default: %1")
        said = setting_words.value(row, row.default)
        self._default.setText(form.replace("%1", said, 1))
        self._default.setHidden(table)
        name = setting_words.name(row)
        reset = self.tr("Reset %1 to its default")
        self._reset.setAccessibleName(reset.replace("%1", name, 1))

    def refuse(self, problem: Problem | None) -> None:
        """Say why it was not set, and what to do; ``None`` takes that away."""
        self._expected = max(0, self._expected - 1)
        text = f"{problem.text} {problem.remedy}".strip() if problem is not None else ""
        self._form.refuse(text)

    def expect(self) -> None:
        """Take note that something was asked for: until it is answered, what stands here stays."""
        self._expected += 1

    @property
    def _waiting(self) -> bool:
        return self._expected > 0 or self._pause.isActive()

    @property
    def refused(self) -> str:
        """What is wrong with it."""
        return self._form.refused

    def settle(self, value: Any) -> None:
        """Take note that it was set to this (``None``: to its default)."""
        self._expected = max(0, self._expected - 1)
        self._form.refuse("")
        now = self.row.default if value is None and not self.row.optional else value
        self.show_row(replace(self.row, value=now))

    def flush(self) -> None:
        """Ask now for what waits to be asked for."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask()

    def _heed(self) -> None:
        if self.editor.narrow and self.row.type not in {"switch", "choice"}:
            self._pause.start()
        else:
            self._ask()

    def _ask(self) -> None:
        value: Any = self.editor.value()
        if value == self.row.value and not self._waiting:
            self._form.refuse("")
        elif self.editor.valid:
            self.asked.emit(self.row.path, value)

    def _ask_default(self) -> None:
        self._pause.stop()
        self._form.refuse("")
        self.asked.emit(self.row.path, None)
        self.editor.setFocus()
