"""Editors of lists: texts line by line, and choices that may be ticked (days of the week)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from app.ui.choices import CheckBox
from app.ui.settings import words as setting_words
from app.ui.settings.editors import SINGLE, Editor, Maker
from app.ui.tokens import S
from core.model.setting import Setting

_PAUSE_MS = 900  # of typing, before a list counts as written
_HEIGHT = 82


class LinesEditor(Editor):
    """Texts, one a line."""

    narrow = False

    def __init__(self, row: Setting) -> None:
        self._box = QPlainTextEdit()
        self._box.setTabChangesFocus(True)
        self._box.setFixedHeight(_HEIGHT)
        self._box.setPlaceholderText(
            self._box.tr("One a line: 192.168.4.0/24, 10.0.0.1-50, printer.local")
            if row.path.rpartition(".")[2] in {"targets", "exclusions", "hidden"}
            else self._box.tr("One a line")
        )
        super().__init__(row, self._box)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._box.textChanged.connect(self._pause.start)

    def value(self) -> list[str]:
        """See ``Editor``."""
        lines = (line.strip() for line in self._box.toPlainText().replace(",", "\n").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        lines = [str(one) for one in value or ()]
        if lines != self.value():
            self._box.blockSignals(True)
            self._box.setPlainText("\n".join(lines))
            self._box.blockSignals(False)
            self._pause.stop()


class TicksEditor(Editor):
    """Several of a few choices."""

    narrow = False

    def __init__(self, row: Setting) -> None:
        super().__init__(row)
        self._ticks = {one: CheckBox(setting_words.choice(one)) for one in row.choices}
        name = setting_words.name(row)
        self._layout.setSpacing(S)
        for tick in self._ticks.values():
            tick.setAccessibleName(f"{name}: {tick.text()}")
            tick.clicked.connect(self.changed)
            self._layout.addWidget(tick)
        self._layout.addStretch(1)
        self.setFocusProxy(next(iter(self._ticks.values())))

    def value(self) -> list[str]:
        """See ``Editor``."""
        return [key for key, tick in self._ticks.items() if tick.isChecked()]

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        for key, tick in self._ticks.items():
            tick.setChecked(key in (value or ()))


def plain_editor(row: Setting) -> Editor:
    """Make the editor of a setting by its type; a table has one of its own (``setting_table``)."""
    maker: Maker = SINGLE.get(row.type, SINGLE["text"])
    if row.type == "list":
        maker = TicksEditor if row.choices else LinesEditor
    return maker(row)
