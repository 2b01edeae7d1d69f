"""Tables of settings (networks, groups ...): each entry a line; one at a time opens as a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.settings import words as setting_words
from app.ui.settings.editors import Editor
from app.ui.settings.entry import EntryForm
from app.ui.tokens import XS, S
from app.ui.widgets import ElidedLabel, IconButton, button, clear, frame, label
from core.model.setting import Setting

FormMaker: TypeAlias = Callable[[Setting, dict[str, Any] | None], EntryForm]


class TableEditor(Editor):
    """Edits a table. ``opened`` gives the form of an entry that a person began to edit."""

    narrow = False
    opened = Signal(object)

    def __init__(self, row: Setting, make: FormMaker = EntryForm) -> None:
        super().__init__(row)
        self._make = make
        self._entries: list[dict[str, Any]] = []
        self._open: int | None = None  # the entry in the form; as many as there are: a new one
        self.form: EntryForm | None = None
        self._body = QVBoxLayout()
        self._body.setSpacing(XS)
        self._layout.addLayout(self._body)
        self._fill()

    def value(self) -> list[dict[str, Any]]:
        """See ``Editor``."""
        return [dict(entry) for entry in self._entries]

    def show_value(self, value: Any) -> None:
        """See ``Editor``; a form that is open stays open, and says if its entry is another now."""
        new = [dict(entry) for entry in value or ()]
        if new == self._entries:
            return
        if self._open is not None and self.form is not None:
            self._open = self._follow(self._open, new, self.form)
        self._entries = new
        self._fill(self.form)

    def _follow(self, number: int, new: list[dict[str, Any]], form: EntryForm) -> int:
        """Give the place of the entry of the form among the new ones; behind them where it is new,
        or gone.
        """
        if number >= len(self._entries):
            return len(new)
        was = self._entries[number]
        if was in new:
            return new.index(was)
        names = [entry.get("name") for entry in new]
        if was.get("name") in names:
            form.warn(self.tr("This entry was changed elsewhere in the meantime."))
            return names.index(was.get("name"))
        form.warn(self.tr("This entry was deleted elsewhere in the meantime."))
        return len(new)

    # --- entries --------------------------------------------------------------------------------

    def _fill(self, form: EntryForm | None = None) -> None:
        """Show the entries as lines, the open one as a form: a new one, or this."""
        if form is not None:
            self._body.removeWidget(form)
        self.form = None
        clear(self._body)
        for number, entry in enumerate(self._entries):
            if number == self._open:
                self._show_form(entry, form)
            else:
                self._body.addWidget(self._line(number, entry))
        if self._open == len(self._entries):
            self._show_form(None, form)
        elif self._open is None:
            self._body.addWidget(self._add_line())

    def _line(self, number: int, entry: dict[str, Any]) -> QWidget:
        name = str(entry.get("name", number + 1))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name, "strong", wrap=True))
        words.addWidget(ElidedLabel(summary(self.row, entry), "small"))
        line = QHBoxLayout()
        line.setContentsMargins(S + XS, S, S, S)
        line.addLayout(words, 1)
        edit = IconButton("edit", self.tr("Change %1").replace("%1", name, 1))
        edit.clicked.connect(lambda: self._begin(number))
        drop = IconButton("delete", self.tr("Delete %1").replace("%1", name, 1))
        drop.clicked.connect(lambda: self._drop(number))
        line.addWidget(edit)
        line.addWidget(drop)
        return frame("inset", line)

    def _add_line(self) -> QWidget:
        add = button(self.tr("Add"))
        form = self.tr("Add to %1")
        add.setAccessibleName(form.replace("%1", setting_words.name(self.row), 1))
        add.clicked.connect(lambda: self._begin(len(self._entries)))
        line = QHBoxLayout()
        line.setContentsMargins(0, XS, 0, 0)
        line.addWidget(add)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        self.setFocusProxy(add)
        return holder

    # --- the form -------------------------------------------------------------------------------

    def _begin(self, number: int) -> None:
        self._open = number
        self._fill()
        if self.form is not None:
            self.form.focus_first()

    def _show_form(self, entry: dict[str, Any] | None, form: EntryForm | None) -> None:
        if form is not None:
            self.form = form
            self._body.addWidget(form)
            return
        self.form = self._make(self.row, entry)
        self.form.kept.connect(self._keep)
        self.form.left.connect(self._leave)
        self._body.addWidget(self.form)
        self.opened.emit(self.form)

    def _keep(self, entry: dict[str, Any]) -> None:
        if self._open is not None:
            self._entries[self._open : self._open + 1] = [entry]
        self._leave()
        self.changed.emit()

    def _leave(self) -> None:
        self._open = None
        self._fill()
        self.setFocus()

    def _drop(self, number: int) -> None:
        del self._entries[number]
        self._leave()
        self.changed.emit()


def summary(row: Setting, entry: dict[str, Any]) -> str:
    """Say in one line what an entry holds: what differs from the defaults, and its lists."""
    parts = []
    for field in row.fields:
        value = entry.get(field.path)
        if field.path == "name" or value in (field.default, None, []):
            continue
        said = setting_words.value(field, value)
        long = isinstance(value, list) and field.path == "targets"
        parts.append(said if long else f"{setting_words.name(field)}: {said}")
    return "  ·  ".join(parts)
