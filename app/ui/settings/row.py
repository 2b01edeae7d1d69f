"""One setting as a row: name, meaning, editor, who may change it, its default and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.forms import FormRow
from app.ui.settings import words as setting_words
from app.ui.settings.editors import Editor
from app.ui.tokens import XS, S, Tone
from app.ui.widgets import ChipLabel, button, label, plain_tip
from core.model.problem import Problem
from core.model.setting import Setting

_PAUSE_MS = 500  # of turning a figure up or down, before it is set
_NARROW = 248


class SettingRow(QWidget):
    """``asked`` gives path, value to set, and what a person had before them (by path; empty: a
    change of their own is still on its way): a moment after they have changed it.
    """

    asked = Signal(str, object, object)

    def __init__(self, row: Setting, editor: Editor) -> None:
        super().__init__()
        self.row, self.editor = row, editor
        self._expected = 0  # answers of the agent
        self._seen: dict[str, Any] | None = None  # what stood there when the change began
        if editor.narrow:
            editor.setFixedWidth(max(_NARROW, editor.minimumSizeHint().width()))
        meaning = setting_words.meaning(row)
        self._form = FormRow(setting_words.name(row), editor, meaning, beside=editor.narrow)
        self._mark = ChipLabel(self.tr("Changed"), Tone.ACCENT)
        self._reset = button(self.tr("Reset to default"), "link")
        self._reset.clicked.connect(self._ask_default)
        self._default = label(role="small")
        self._default.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._again = button(self.tr("Try again"), "link")
        self._again.clicked.connect(self._ask_again)
        self._discard = button(self.tr("Discard the change"), "link")
        self._discard.clicked.connect(self.discard)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        editor.changed.connect(self._heed)
        editor.doubted.connect(self._doubt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, S, 0, S)
        layout.setSpacing(XS)
        layout.addWidget(self._form)
        layout.addLayout(self._make_facts())
        self._say("")
        self.show_row(row)

    def _make_facts(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(S)
        who = ChipLabel(setting_words.who(self.row))
        who.setToolTip(plain_tip(setting_words.who_in_full(self.row)))
        line.addWidget(who)
        line.addWidget(self._mark)
        line.addWidget(self._default)
        for each in (self._reset, self._again, self._discard):
            line.addWidget(each)
        line.addStretch(1)
        return line

    def show_row(self, row: Setting) -> None:
        """Show what is set now; what a person is changing just now stays, and what was refused."""
        self.row = row
        if not self._waiting and not self._form.refused:
            self.editor.show_value(row.value)
        changed = row.value != row.default
        self._mark.setVisible(changed)
        self._reset.setVisible(changed)
        table = row.type == "table"
        form = self.tr("Default: %1")
        said = form.replace("%1", setting_words.value(row, row.default), 1)
        self._default.setText(wording.listed([said, setting_words.limits(row)]))
        self._default.setHidden(table)
        name = setting_words.name(row)
        reset = self.tr("Reset %1 to its default")
        self._reset.setAccessibleName(reset.replace("%1", name, 1))

    def refuse(self, problem: Problem | None) -> None:
        """Say why it was not set, and what to do; ``None`` takes that away."""
        self._expected = max(0, self._expected - 1)
        text = f"{problem.text} {problem.remedy}".strip() if problem is not None else ""
        self._say(text, again=bool(text))

    def discard(self) -> None:
        """Show again what is set."""
        self._pause.stop()
        self._seen = None
        self._say("")
        self.editor.show_value(self.row.value)

    def _say(self, wrong: str, *, again: bool = False) -> None:
        self._form.refuse(wrong)
        self._again.setVisible(again)
        self._discard.setVisible(bool(wrong))

    def _doubt(self, wrong: str) -> None:
        if wrong or not self._again.isVisibleTo(self):
            self._say(wrong)

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
        self._say("")
        now = self.row.default if value is None and not self.row.optional else value
        self.show_row(replace(self.row, value=now))

    def flush(self) -> None:
        """Ask now for what waits to be asked for."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask()

    def _heed(self) -> None:
        if self._seen is None:
            self._seen = {} if self._expected else {self.row.path: self.row.value}
        if self.editor.narrow and self.row.type not in {"switch", "choice"}:
            self._pause.start()
        else:
            self._ask()

    def _ask(self) -> None:
        value: Any = self.editor.value()
        seen, self._seen = self._seen or {}, None
        if value == self.row.value and not self._waiting:
            self._say("")
        elif self.editor.valid:
            self.asked.emit(self.row.path, value, seen)

    def _ask_again(self) -> None:
        """Ask for the same once more: what stands in the way was read by now."""
        if self.editor.valid:
            self.asked.emit(self.row.path, self.editor.value(), {self.row.path: self.row.value})

    def _ask_default(self) -> None:
        self._pause.stop()
        self._seen = None
        self._say("")
        seen = {} if self._expected else {self.row.path: self.row.value}
        self.asked.emit(self.row.path, None, seen)
        self.editor.setFocus()
