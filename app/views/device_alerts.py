"""What is open of the printers whose details are shown, and the way from there to the alerts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from app.ui.device_details import DeviceDetails
from app.workers.alerts import AlertsWorker
from core.model.occurrence import Occurrence


class DeviceAlerts(QObject):
    """Keeps every pane of details told. ``alert_asked`` gives the key of an alert that is to be
    shown among the others, ``device_asked`` that of a device whose alerts are.
    """

    alert_asked = Signal(str)
    device_asked = Signal(str)

    def __init__(self, alerts: AlertsWorker, panes: Sequence[DeviceDetails]) -> None:
        super().__init__(alerts)
        self._panes = panes
        self._open: dict[str, dict[str, Occurrence]] = defaultdict(dict)
        self._device: dict[str, str] = {}
        alerts.changed.connect(self._take)
        alerts.removed.connect(self._drop)
        for pane in panes:
            pane.shown.connect(self._refresh)
            pane.alert_asked.connect(self.alert_asked)
            pane.alerts_asked.connect(self.device_asked)

    def of(self, device: str) -> list[Occurrence]:
        """Give what is open of a device, in no order."""
        return list(self._open.get(device, {}).values())

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
