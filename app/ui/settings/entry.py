"""The form of one entry of a table of settings."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.forms import FormRow
from app.ui.settings import words as setting_words
from app.ui.settings.editors import Editor
from app.ui.settings.lists import plain_editor
from app.ui.tokens import L, M, S, Tone
from app.ui.widgets import button
from core.model.setting import Setting

_NARROW = 248


class EntryForm(QFrame):
    """One entry. ``kept`` gives it as in JSON, ``left`` says that it is not to be kept,
    ``considered`` gives it while it is being changed.
    """

    kept = Signal(dict)
    left = Signal()
    considered = Signal(dict)

    def __init__(self, table: Setting, entry: dict[str, Any] | None) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        self.setAccessibleName(setting_words.name(table))
        self.rows: dict[str, FormRow] = {}
        self.editors: dict[str, Editor] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(L, M, L, M)
        self.body.setSpacing(M)
        self.news = NoticeCard()
        self.news.tell(None)
        self.body.addWidget(self.news)
        for field in table.fields:
            self._add(field, entry or {})
        self.tail = QVBoxLayout()
        self.body.addLayout(self.tail)
        self.body.addLayout(self._make_buttons())

    def editor(self, field: Setting) -> Editor:
        """Make the editor of a field; forms that know better have their own."""
        return plain_editor(field)

    def entry(self) -> dict[str, Any]:
        """Give what stands there."""
        return {path: editor.value() for path, editor in self.editors.items()}

    def warn(self, text: str) -> None:
        """Say that the entry is another now than the one that is being changed here."""
        self.news.tell(Notice(Tone.WARNING, text, self.tr("What you save here takes its place.")))

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        next(iter(self.editors.values())).setFocus()

    def _add(self, field: Setting, entry: dict[str, Any]) -> None:
        editor = self.editor(field)
        editor.show_value(entry.get(field.path, field.default))
        if editor.narrow:
            editor.setFixedWidth(max(_NARROW, editor.minimumSizeHint().width()))
        name, meaning = setting_words.name(field), setting_words.meaning(field)
        row = FormRow(name, editor, meaning, beside=editor.narrow)
        editor.changed.connect(lambda: self.considered.emit(self.entry()))
        editor.doubted.connect(row.refuse)
        self.rows[field.path], self.editors[field.path] = row, editor
        self.body.addWidget(row)

    def _make_buttons(self) -> QHBoxLayout:
        keep = button(self.tr("Save"), "primary")
        keep.clicked.connect(self._keep)
        leave = button(self.tr("Cancel"))
        leave.clicked.connect(self.left)
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(keep)
        line.addWidget(leave)
        line.addStretch(1)
        return line

    def _keep(self) -> None:
        first: Editor | None = None
        for path, editor in self.editors.items():
            wrong = not editor.valid or (editor.needed and not editor.value())
            self.rows[path].refuse(self.tr("Please fill this in.") if wrong else "")
            first = first or (editor if wrong else None)
        if first is not None:
            first.setFocus()
        else:
            self.kept.emit(self.entry())
