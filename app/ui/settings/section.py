"""A topic of the settings: a card with a row for each, and what belongs to none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.cards import Card
from app.ui.settings import words as setting_words
from app.ui.settings.row import SettingRow
from app.ui.tokens import S
from app.ui.widgets import frame


class SettingSection(Card):
    """``rows`` by path; ``extras`` stand above or below them, and are found by their words."""

    def __init__(self, topic: str) -> None:
        super().__init__(setting_words.title(topic))
        self.topic = topic
        self.rows: dict[str, SettingRow] = {}
        self._lines: dict[str, QWidget] = {}
        self._extras: list[tuple[QWidget, str]] = []
        self.body.setSpacing(0)

    def add_row(self, row: SettingRow) -> None:
        """Put one more setting under the others."""
        if self.rows:
            line = frame("divider")
            self._lines[row.row.path] = line
            self.body.addWidget(line)
        self.rows[row.row.path] = row
        self.body.addWidget(row)

    def add_extra(self, widget: QWidget, words: str) -> None:
        """Put something that is no setting there; a search for ``words`` shows it."""
        self._extras.append((widget, words))
        self.body.addWidget(widget)
        self.body.addSpacing(S)

    def filter(self, wanted: str) -> int:
        """Show what a search means; gives how many settings these are."""
        first, count = True, 0
        title = setting_words.title(self.topic)
        for widget, words in self._extras:
            hit = all(w in f"{title} {words}".casefold() for w in wanted.casefold().split())
            widget.setHidden(not hit)
            count += hit
            first = first and not hit
        for path, row in self.rows.items():
            hit = setting_words.found(row.row, wanted)
            row.setHidden(not hit)
            if path in self._lines:
                self._lines[path].setHidden(not hit or first)
            count += hit
            first = first and not hit
        self.setHidden(count == 0)
        return count
