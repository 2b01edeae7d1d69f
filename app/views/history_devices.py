"""Which devices History shows: chosen by a person, put back from last time, or the first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.charts.meters import MOST_DEVICES
from app.ui.devices.model import DeviceModel
from app.ui.devices.picker import DevicePicker
from core.model.device import DeviceSummary


class ChosenDevices(QObject):
    """``keys`` of the devices, the main one first. ``changed``: others were chosen."""

    changed = Signal()

    def __init__(self, model: DeviceModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._whole = False
        self._adding = False
        self.keys: list[str] = []
        self.picker: DevicePicker | None = None

    # --- a person -------------------------------------------------------------------------------

    def show(self, key: str) -> None:
        """Choose one device, and none beside it."""
        self.keys = [key]
        self.changed.emit()

    def show_beside(self, key: str) -> None:
        """Choose one more."""
        if key not in self.keys and not self.full:
            self.keys.append(key)
            self.changed.emit()

    def drop(self, key: str) -> None:
        """Choose one no longer."""
        self.keys.remove(key)
        self.changed.emit()

    def ask(self, opener: QWidget, *, adding: bool) -> None:
        """Let one be picked: in place of all, or ``adding`` it to them."""
        if self.picker is None:
            self.picker = DevicePicker(opener.window(), self._model.rows)
            self.picker.chosen.connect(self._take)
        self._adding = adding
        self.picker.ask(opener, frozenset(self.keys) if adding else frozenset())

    def _take(self, key: str) -> None:
        (self.show_beside if self._adding else self.show)(key)

    # --- what there is --------------------------------------------------------------------------

    @property
    def full(self) -> bool:
        """Whether no more can be chosen."""
        return len(self.keys) >= MOST_DEVICES

    def put_back(self, keys: Sequence[str]) -> None:
        """Choose those of last time, whether they are known already or not; says nothing."""
        self.keys = list(dict.fromkeys(keys))[:MOST_DEVICES]

    def summaries(self) -> tuple[DeviceSummary, ...]:
        """Give those that are known; none as long as the main one may still come."""
        rows = [self._model.row(key) for key in self.keys]
        if not rows or (rows[0] is None and not self._whole):
            return ()
        return tuple(row.summary for row in rows if row is not None)

    def set_whole(self) -> None:
        """Take that the whole list is there: who is not in it is no more."""
        self._whole = True

    def tidy(self) -> None:
        """Forget those that are no more; says nothing."""
        if self._whole:
            self.keys = [key for key in self.keys if self._model.row(key) is not None]

    def choose_first(self) -> None:
        """Choose one where none is: one that was read, the first by its name."""
        if self.keys or not self._model.total:
            return
        rows = self._model.rows()
        first = min(rows, key=lambda row: (row.summary.latest is None, row.order[0]), default=None)
        if first is not None:
            self.show(first.key)
