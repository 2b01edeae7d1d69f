"""The form of a group of printers, and that of a network whose privacy differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.ui.settings import words as setting_words
from app.ui.settings.editors import Editor
from app.ui.settings.entry import EntryForm
from app.ui.settings.segment_form import NameEditor
from app.ui.tick_list import TickList
from core.model.setting import Setting

_HEIGHT = 168


class DevicesEditor(Editor):
    """Printers by name, to be ticked; keys that belong to none any more stay, and say so."""

    narrow = False

    def __init__(self, row: Setting, names: Mapping[str, str]) -> None:
        known = sorted(names.items(), key=lambda pair: pair[1].casefold())
        self._box = TickList(setting_words.name(row), known, _HEIGHT)
        super().__init__(row, self._box)
        self._box.changed.connect(self.changed)

    def value(self) -> list[str]:
        """See ``Editor``."""
        return self._box.ticked()

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        wanted = [str(key) for key in value or ()]
        known = frozenset(self._box.keys())
        for key in wanted:
            if key not in known:
                form = self.tr("%1 (not known any more)")
                self._box.add(key, form.replace("%1", key, 1))
        self._box.tick(wanted)


class GroupForm(EntryForm):
    """A group, its printers chosen by name."""

    def __init__(
        self, table: Setting, entry: dict[str, Any] | None, names: Mapping[str, str]
    ) -> None:
        self._names = names
        super().__init__(table, entry)

    def editor(self, field: Setting) -> Editor:
        """See ``EntryForm``."""
        if field.path == "devices":
            return DevicesEditor(field, self._names)
        return super().editor(field)


class SegmentPrivacyForm(EntryForm):
    """What differs in one network, which is chosen by name."""

    def __init__(self, table: Setting, entry: dict[str, Any] | None, names: Sequence[str]) -> None:
        self._names = names
        super().__init__(table, entry)

    def editor(self, field: Setting) -> Editor:
        """See ``EntryForm``."""
        if field.path == "name":
            return NameEditor(field, tuple(self._names))
        return super().editor(field)


def named(entries: object) -> tuple[str, ...]:
    """Give the names of the entries of a table."""
    rows = entries if isinstance(entries, list) else []
    return tuple(str(row["name"]) for row in rows if isinstance(row, dict) and "name" in row)
