"""The form of a network that may be searched: how large it is, and who may be asked by SNMPv3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.ui.choices import Switch
from app.ui.pickers import ComboBox
from app.ui.scan import words as scan_words
from app.ui.settings import words as setting_words
from app.ui.settings.editors import Editor
from app.ui.settings.entry import EntryForm
from app.ui.tokens import XS
from app.ui.widgets import label
from app.workers.reckon import Reckoned
from core.model.jsonio import from_json, to_json
from core.model.segment import Segment
from core.model.setting import Setting

_V3 = "3"
_USUAL = "default"


class VersionsEditor(Editor):
    """A switch for each version of SNMP; that of v3 is the permission, and says so."""

    narrow = False

    def __init__(self, row: Setting) -> None:
        super().__init__(row)
        self._switches: dict[str, Switch] = {}
        self._before: list[str] = []
        lines = QVBoxLayout()
        lines.setSpacing(XS)
        for version in row.choices:
            switch = Switch(_version(version))
            switch.clicked.connect(self.changed)
            self._switches[version] = switch
            lines.addWidget(switch)
        lines.addWidget(
            label(
                self.tr(
                    "Only a person at this computer can allow SNMPv3, never the dealer. It needs "
                    "a user and passwords: enter them under Passwords, and choose their name "
                    "above."
                ),
                "small",
                wrap=True,
            )
        )
        self._layout.addLayout(lines)
        self.setFocusProxy(next(iter(self._switches.values())))

    def value(self) -> list[str]:
        """Give those that are on; in the order they had, new ones behind, v3 in front."""
        on = [version for version, switch in self._switches.items() if switch.isChecked()]
        kept = [version for version in self._before if version in on]
        new = [version for version in on if version not in kept]
        return [v for v in new if v == _V3] + kept + [v for v in new if v != _V3]

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        self._before = list(value or ())
        for version, switch in self._switches.items():
            switch.setChecked(version in self._before)


def _version(version: str) -> str:
    if version == _V3:
        return QCoreApplication.translate("Settings", "Allow SNMPv3 here (can be encrypted)")
    form = QCoreApplication.translate("Settings", "SNMP %1 (SNMP name, not encrypted)")
    return form.replace("%1", setting_words.choice(version), 1)


class NameEditor(Editor):
    """One of the names that there are, and the one that is set even where it is none of them."""

    def __init__(self, row: Setting, names: Sequence[str]) -> None:
        self._box = ComboBox(setting_words.name(row), tuple((name, name) for name in names))
        super().__init__(row, self._box)
        self._box.activated.connect(lambda _: self.changed.emit())

    def value(self) -> str:
        """See ``Editor``."""
        return self._box.value()

    def show_value(self, value: Any) -> None:
        """See ``Editor``."""
        if value and self._box.findData(value) < 0:
            self._box.addItem(str(value), str(value))
        self._box.choose(str(value or ""))


class SegmentForm(EntryForm):
    """``reckoned`` gives the segment whose size is to be said with ``show_size``."""

    reckoned = Signal(object)

    def __init__(
        self, table: Setting, entry: dict[str, Any] | None, credentials: Sequence[str] = ()
    ) -> None:
        self._credentials = credentials
        super().__init__(table, entry)
        self.size_line = label(role="strong", wrap=True)
        self.tail.addWidget(self.size_line)
        self.considered.connect(self._consider)

    def editor(self, field: Setting) -> Editor:
        """See ``EntryForm``."""
        if field.path == "versions":
            return VersionsEditor(field)
        if field.path == "credentials":
            return NameEditor(field, tuple(dict.fromkeys((_USUAL, *self._credentials))))
        return super().editor(field)

    def show_size(self, found: Reckoned | None) -> None:
        """Say how large a search of this network is."""
        self.size_line.setText(scan_words.beforehand(found) if found is not None else "")

    def ask_size(self) -> None:
        """Ask how large it is."""
        self._consider(self.entry())

    def _consider(self, entry: dict[str, Any]) -> None:
        if not entry["targets"]:
            self.show_size(None)
            return
        self.reckoned.emit(from_json(to_json(entry), Segment))
