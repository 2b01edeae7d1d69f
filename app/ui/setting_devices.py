"""The form of a group of printers, and that of a network whose privacy differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.ui.segment_form import NameEditor
from app.ui.setting_editors import Editor
from app.ui.setting_entry import EntryForm
from core.model.setting import Setting

_HEIGHT = 168
_KEY = Qt.ItemDataRole.UserRole


class DevicesEditor(Editor):
    """Printers by name, to be ticked; keys that belong to none any more stay, and say so."""

    narrow = False

    def __init__(self, row: Setting, names: Mapping[str, str]) -> None:
        self._box = QListWidget()
        self._box.setFixedHeight(_HEIGHT)
        super().__init__(row, self._box)
        for key, name in sorted(names.items(), key=lambda pair: pair[1].casefold()):
            self._add(key, name)
        self._box.itemChanged.connect(lambda _: self.changed.emit())

    def value(self) -> list[str]:
        """See ``Editor``."""
        items = [self._box.item(number) for number in range(self._box.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return [str(item.data(_KEY)) for item in ticked]

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        wanted = [str(key) for key in value or ()]
        self._box.blockSignals(True)
        known = set()
        for number in range(self._box.count()):
            item = self._box.item(number)
            known.add(item.data(_KEY))
            on = item.data(_KEY) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        for key in wanted:
            if key not in known:
                form = self.tr("%1 (not known any more)")
                self._add(key, form.replace("%1", key, 1)).setCheckState(Qt.CheckState.Checked)
        self._box.blockSignals(False)

    def _add(self, key: str, name: str) -> QListWidgetItem:
        item = QListWidgetItem(name)
        item.setData(_KEY, key)
        item.setCheckState(Qt.CheckState.Unchecked)
        self._box.addItem(item)
        return item


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
