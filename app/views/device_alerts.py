"""From the details of a printer to the views that know more: its alerts, and what is told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from app.ui.devices.details import DeviceDetails
from app.views.alerts import AlertsView
from app.views.settings import SettingsView
from app.workers.alerts import AlertsWorker
from core.model.device import DeviceSummary
from core.model.occurrence import Occurrence


class DeviceAlerts(QObject):
    """Keeps every pane of details told of what is open. ``asked`` gives the key of a view that is
    to be opened: it shows what was asked for.
    """

    asked = Signal(str)

    def __init__(
        self,
        view: AlertsView,
        settings: SettingsView,
        alerts: AlertsWorker,
        panes: Sequence[DeviceDetails],
    ) -> None:
        super().__init__(view)
        self._view, self._settings, self._panes = view, settings, panes
        self._open: dict[str, dict[str, Occurrence]] = defaultdict(dict)
        self._device: dict[str, str] = {}
        alerts.changed.connect(self._take)
        alerts.removed.connect(self._drop)
        for pane in panes:
            pane.shown.connect(self._refresh)
            pane.alert_asked.connect(self.show_alert)
            pane.alerts_asked.connect(self.show_device)
            pane.privacy_asked.connect(self.show_privacy)

    def of(self, device: str) -> list[Occurrence]:
        """Give what is open of a device, in no order."""
        return list(self._open.get(device, {}).values())

    def show_alert(self, key: str) -> None:
        """Show one alert among the others, selected; filters that hide it give way."""
        self.asked.emit("alerts")
        self._view.show_tab("open")
        if not self._view.table.select_key(key):
            self._view.filter.clear()
            self._view.kinds.choose("")
            self._view.show_tab("open")
            self._view.table.select_key(key)

    def show_device(self, key: str) -> None:
        """Show what is open of one device."""
        self.asked.emit("alerts")
        self._view.show_device(key)

    def show_privacy(self, summary: DeviceSummary) -> None:
        """Show what may leave the building, with this printer as the one it is tried on."""
        self.asked.emit("settings")
        self._settings.search.setText(self.tr("privacy"))
        self._settings.preview.show_device(summary)

    def _take(self, items: Iterable[Occurrence]) -> None:
        touched: set[str] = set()
        for item in items:
            self._forget(item.key, touched)
            if item.open:
                self._open[item.device][item.key] = item
                self._device[item.key] = item.device
                touched.add(item.device)
        self._refresh_those(touched)

    def _drop(self, keys: Iterable[str]) -> None:
        touched: set[str] = set()
        for key in keys:
            self._forget(key, touched)
        self._refresh_those(touched)

    def _forget(self, key: str, touched: set[str]) -> None:
        device = self._device.pop(key, None)
        if device is not None:
            del self._open[device][key]
            touched.add(device)

    def _refresh_those(self, touched: set[str]) -> None:
        if any(pane.key in touched for pane in self._panes):
            self._refresh()

    def _refresh(self) -> None:
        for pane in self._panes:
            pane.show_alerts(self.of(pane.key) if pane.key is not None else ())
