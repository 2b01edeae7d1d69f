"""Gives each setting its editor: by its type, and a special one for the few that need it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.ui.devices import words as device_words
from app.ui.settings.devices import GroupForm, SegmentPrivacyForm, named
from app.ui.settings.editors import Editor
from app.ui.settings.entry import EntryForm
from app.ui.settings.lists import plain_editor
from app.ui.settings.segment_form import SegmentForm
from app.ui.settings.table import TableEditor
from app.workers.reckon import Reckoned
from core.model.device import DeviceSummary
from core.model.setting import Setting

_SEGMENTS = "discovery.segments"


class SettingFactory(QObject):
    """Knows what special editors need: printers, networks, names of credentials.

    ``sized`` gives the segment whose size is to be said; ``show_size`` takes the answer.
    """

    sized = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.credentials: tuple[str, ...] = ()
        self.sample: DeviceSummary | None = None
        self._segments: tuple[str, ...] = ()
        self._printers: dict[str, str] = {}
        self._open: SegmentForm | None = None

    def know(self, rows: Sequence[Setting]) -> None:
        """Take the names of the networks out of the settings."""
        self._segments = next((named(r.value) for r in rows if r.path == _SEGMENTS), ())

    def learn(self, summaries: Iterable[DeviceSummary]) -> bool:
        """Know these printers; says whether there is a better one to show as a sample."""
        before = self.sample
        for each in summaries:
            key = each.device.key
            address = each.device.endpoint.address
            self._printers[key] = f"{device_words.place_name(each)}  ·  {address}"
            same = self.sample is not None and self.sample.device.key == key
            if self.sample is None or same or _tells(each) > _tells(self.sample):
                self.sample = each
        return self.sample is not before

    def forget(self, keys: Iterable[str]) -> None:
        """Forget these printers."""
        for key in keys:
            self._printers.pop(key, None)

    def editor(self, row: Setting) -> Editor:
        """Make the editor of a setting."""
        if row.type != "table":
            return plain_editor(row)
        makers = {
            _SEGMENTS: self._segment_form,
            "schedule.groups": lambda table, entry: GroupForm(table, entry, self._printers),
            "privacy.segments": self._privacy_form,
        }
        return TableEditor(row, makers.get(row.path, EntryForm))

    def show_size(self, found: Reckoned | None) -> None:
        """Say how large the network is whose form is open."""
        if self._open is not None:
            self._open.show_size(found)

    def _segment_form(self, table: Setting, entry: dict[str, Any] | None) -> EntryForm:
        form = SegmentForm(table, entry, self.credentials)
        form.reckoned.connect(self.sized)
        form.destroyed.connect(lambda: self._close(form))
        self._open = form
        form.ask_size()
        return form

    def _close(self, form: SegmentForm) -> None:
        if self._open is form:
            self._open = None

    def _privacy_form(self, table: Setting, entry: dict[str, Any] | None) -> EntryForm:
        return SegmentPrivacyForm(table, entry, self._segments)


def _tells(summary: DeviceSummary) -> int:
    """Count what a printer tells of itself that may be hidden."""
    identity = summary.device.identity
    return sum(map(bool, (identity.hostname, identity.name, identity.location, identity.mac)))
