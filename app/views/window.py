"""The window: rail, header, banner and views, joined to the workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.ui.alerts import words as alert_words
from app.ui.banner import Notice
from app.ui.devices.model import DeviceModel
from app.ui.devices.readings_sheet import ReadingsSheet
from app.ui.header import Header
from app.ui.map.scene import MapScene
from app.ui.rail import Entry, Rail
from app.ui.scan.panel import ScanPanel
from app.ui.support_panel import SupportPanel
from app.ui.toasts import Toasts
from app.views import agent_words
from app.views.alerts import AlertsView
from app.views.device_actions import DeviceActions
from app.views.device_alerts import DeviceAlerts
from app.views.device_table import DevicesView
from app.views.discovery_map import MapView
from app.views.meter_history import HistoryView
from app.views.notices import Notices
from app.views.page import Page
from app.views.saved_files import SavedFiles
from app.views.settings import SettingsView
from app.workers.alerts import AlertsWorker
from app.workers.collection import CollectionWorker
from app.workers.connection import ConnectionWorker, Link
from app.workers.devices import DevicesWorker
from app.workers.discovery import DiscoveryWorker
from app.workers.history import HistoryWorker
from app.workers.rules import RulesWorker
from app.workers.settings import SettingsWorker
from app.workers.support import SupportWorker
from app.workers.tasks import FAULTS
from app.workers.turns import in_turn
from core.model.device import DeviceSummary
from core.model.event import Delivery, Event, EventKind
from core.model.jsonio import from_json
from core.model.problem import Problem
from core.model.status import AgentStatus

_SIZE = (1280, 800)
_LEAST = (880, 430)  # a screen of 1366 by 768 at 150 %, less its bar and the window's head


@dataclass(frozen=True, slots=True)
class Workers:
    """Every worker the window talks to."""

    connection: ConnectionWorker
    devices: DevicesWorker
    discovery: DiscoveryWorker
    collection: CollectionWorker
    settings: SettingsWorker
    support: SupportWorker
    alerts: AlertsWorker
    rules: RulesWorker
    history: HistoryWorker


class MainWindow(QMainWindow):
    """``closed`` when a person has closed it: that ends the window and never the agent."""

    closed = Signal()

    def __init__(self, workers: Workers) -> None:
        super().__init__()
        self._workers = workers
        self._status: AgentStatus | None = None
        self._delivery: Delivery | None = None
        self._open = ""
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle("Platen")
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)
        self.model = DeviceModel(self)
        self.scene = MapScene(self)
        self.header = Header()
        self.notices = Notices(self, lambda: workers.connection.link)
        self.banner = self.notices.banner
        self.map = MapView(self.scene)
        self.devices = DevicesView(self.model)
        self.settings = SettingsView()
        self.history = HistoryView(self.model, workers.history)
        self.alerts = AlertsView(self.model, workers.alerts, workers.rules)
        self._lay_out()
        self.scan_panel = ScanPanel(self)
        self.support_panel = SupportPanel(self)
        self.readings = ReadingsSheet(self)
        self.toasts = Toasts(self)
        self.files = SavedFiles(self.toasts, workers.settings, self)
        self.device_actions = DeviceActions(
            self.devices, workers.collection, workers.devices.export, self.toasts, self.files
        )
        self.device_actions.join_details(self.map.details)
        self.device_actions.failed.connect(self._refuse)
        self._connect_agent()
        self._connect_devices()
        self._connect_scan()
        self.settings.join(workers.settings)
        self._connect_support()
        self._connect_alerts()
        self._connect_history()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self, self.close)
        self._tell_link(workers.connection.link)
        self.open_view("devices")

    # --- making ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        entries = (
            Entry("map", "map", self.tr("Map")),
            Entry("devices", "devices", self.tr("Devices")),
            Entry("history", "history", self.tr("History")),
            Entry("alerts", "alerts", self.tr("Alerts")),
            Entry("settings", "settings", self.tr("Settings")),
        )
        self._views: dict[str, Page] = {
            "map": self.map,
            "devices": self.devices,
            "history": self.history,
            "alerts": self.alerts,
            "settings": self.settings,
        }
        self.rail = Rail(entries)
        self.rail.chosen.connect(self.open_view)
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.rail)
        below.addWidget(self._stack, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        self.notices.lay_out(layout)
        layout.addLayout(below, 1)
        self.setCentralWidget(whole)

    def _connect_agent(self) -> None:
        connection = self._workers.connection
        connection.link_changed.connect(self._tell_link)
        connection.status_changed.connect(self._take_status)
        connection.hear(self._take_event)
        connection.misunderstood.connect(self._refuse)
        self._workers.settings.failed.connect(self._refuse_settings)
        FAULTS.told.connect(self._refuse)
        self.banner.acted.connect(connection.retry)

    def _connect_devices(self) -> None:
        devices, collection = self._workers.devices, self._workers.collection
        for view in (self.map, self.devices):
            view.wanted.connect(devices.want)
            view.read_asked.connect(collection.read)
            devices.reading_loaded.connect(view.details.show_reading)
            collection.busy.connect(view.details.set_busy)
            view.details.recall_asked.connect(self._recall)
            view.details.manage_asked.connect(lambda key, on: collection.manage((key,), managed=on))
        devices.readings_loaded.connect(self.readings.show_readings)
        devices.changed.connect(self._take_devices)
        devices.removed.connect(self._drop_devices)
        devices.loaded.connect(self.devices.set_loaded)
        devices.loaded.connect(self.history.set_loaded)
        devices.failed.connect(self._refuse)
        collection.refused.connect(self._refuse_reading)
        self.map.opened.connect(self._open_device)
        self.map.noticed.connect(self.tell)

    def _connect_scan(self) -> None:
        discovery = self._workers.discovery
        for view in (self.map, self.devices):
            view.scan_asked.connect(self.scan_panel.toggle_at)
        self.scan_panel.asked.connect(discovery.start)
        self.scan_panel.considered.connect(discovery.reckon)
        discovery.reckoned.connect(self.scan_panel.show_size)
        discovery.refused.connect(self.scan_panel.refuse)
        discovery.changed.connect(self._show_scan)
        discovery.accepted.connect(self._leave_scan_panel)
        discovery.ended.connect(self._workers.devices.reload)
        self.map.side.cancelled.connect(discovery.cancel)
        self.devices.strip.cancelled.connect(discovery.cancel)

    def _connect_support(self) -> None:
        support, panel = self._workers.support, self.support_panel
        self.header.support_asked.connect(panel.toggle_at)
        panel.wanted.connect(support.prepare)
        panel.send_asked.connect(support.send)
        panel.save_asked.connect(support.save)
        support.prepared.connect(panel.show_bundle)
        support.progressed.connect(panel.show_progress)
        support.sent.connect(panel.show_sent)
        support.saved.connect(panel.show_saved)
        support.failed.connect(panel.show_problem)

    def _connect_alerts(self) -> None:
        alerts = self.alerts
        alerts.opened.connect(self._open_device)
        alerts.failed.connect(self._refuse)
        alerts.said.connect(self.toasts.say)
        alerts.scan_asked.connect(lambda: self.scan_panel.toggle_at(alerts.new_rule))
        alerts.count_changed.connect(self._count_alerts)
        panes = (self.map.details, self.devices.details)
        self.device_alerts = DeviceAlerts(alerts, self.settings, self._workers.alerts, panes)
        self.device_alerts.asked.connect(self.open_view)

    def _connect_history(self) -> None:
        history = self.history
        history.saved.connect(self.files.tell)
        history.file_asked.connect(self.files.look)
        self.map.file_asked.connect(self.files.look)
        self.map.saved.connect(self.files.tell)
        history.failed.connect(self._refuse)
        history.read_asked.connect(self._workers.collection.read)
        history.scan_asked.connect(lambda: self.scan_panel.toggle_at(history.controls.device))
        for view in (self.map, self.devices):
            view.details.history_asked.connect(self._open_history)
        self.device_actions.compare_asked.connect(self._open_history)

    def _open_history(self, key: str, beside: Sequence[str] = ()) -> None:
        self.history.show_device(key)
        for other in beside:
            self.history.show_beside(other)
        self.open_view("history")

    def _count_alerts(self, count: int) -> None:
        self.rail.show_count("alerts", count, alert_words.open_count(count))

    # --- views ----------------------------------------------------------------------------------

    def open_view(self, key: str) -> None:
        """Show a view."""
        self._open = key
        if key == "map":
            self._show_scan_on_map()
        self._stack.setCurrentWidget(self._views[key])
        self.rail.show()
        self.rail.mark(key)
        self.scan_panel.hide()
        self._views[key].focus_first()

    def cover(self, whole: QWidget) -> None:
        """Show something in place of views and rail, until a view is opened."""
        if self._stack.indexOf(whole) < 0:
            self._stack.addWidget(whole)
        self.rail.hide()
        self.scan_panel.hide()
        self._stack.setCurrentWidget(whole)
        whole.setFocus()

    def come_forward(self, key: str = "") -> None:
        """Show the window as it was, or at a view; a view that there is not changes nothing."""
        self.show_known(key)
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def show_known(self, key: str) -> None:
        """Open a view, or what is sent to support; a name that is none changes nothing."""
        if key in self._views:
            self.open_view(key)
        elif key == "support" and not self.support_panel.isVisible():
            self.header.support.click()

    @property
    def views(self) -> Mapping[str, Page]:
        """Every view, by its key."""
        return self._views

    @property
    def view(self) -> str:
        """The view that is open, or was before something covered it."""
        return self._open

    def _leave_scan_panel(self) -> None:
        self.scan_panel.accept()
        view = self._stack.currentWidget()
        if isinstance(view, Page):
            view.focus_first()

    def _recall(self, key: str) -> None:
        row = self.model.row(key)
        if row is not None:
            self.readings.open_for(row.summary)
            self._workers.devices.recall(key)

    def _open_device(self, key: str) -> None:
        self.open_view("devices")
        self.devices.show_key(key)

    # --- the agent ------------------------------------------------------------------------------

    def _tell_link(self, link: Link) -> None:
        self.devices.set_link(link.state)
        self.alerts.set_link(link.state)
        self.history.set_link(link.state)
        self._refresh_agent()

    def _take_status(self, status: AgentStatus) -> None:
        self._status = status
        self.settings.show_status(status)
        self._delivery = None  # the status is newer than what deliveries told before
        self.scan_panel.set_approved(status.segments)
        self.support_panel.set_enrolled(enrolled=status.hub.enrolled)
        names = [segment.name for segment in status.segments]
        self.scene.set_segments(names, swept=status.last_scan is not None)
        self.map.side.take_status(status)
        if self._workers.discovery.scan is None:
            self.map.side.show_scan(None, None)
        self._refresh_agent()

    def _take_event(self, event: Event) -> None:
        if event.kind is EventKind.DELIVERY:
            self._delivery = from_json(event.body, Delivery)
            self._refresh_agent()

    def _refresh_agent(self) -> None:
        connection, status = self._workers.connection, self._status
        link = connection.link
        newest = self.model.newest_reading
        self.header.show_agent(*agent_words.chip(link, status))
        self.header.show_customer(agent_words.customer(status))
        said = agent_words.facts(link, status, self._delivery, newest)
        self.header.show_facts(*said, tip=agent_words.details(status))
        launch = connection.can_launch
        notice = agent_words.notice(link, status, self._delivery, can_launch=launch)
        self.notices.show_state(notice)

    def _refuse(self, problem: Problem) -> None:
        """Say for a while why something that was asked for could not be done."""
        self.notices.refuse(problem)

    def _refuse_reading(self, _key: str, problem: Problem) -> None:
        self._refuse(problem)

    def _refuse_settings(self, problem: Problem) -> None:
        if self.settings.sections:  # an empty page says it itself
            self._refuse(problem)

    def say_always(self, notice: Notice | None) -> None:
        """Say something that holds as long as nothing is wrong."""
        self.notices.say_always(notice)

    def tell(self, notice: Notice) -> None:
        """Say something for a while."""
        self.notices.tell(notice)

    # --- devices and searches -------------------------------------------------------------------

    def _take_devices(self, summaries: list[DeviceSummary]) -> None:
        read = self.model.newest_reading
        self.model.update(summaries)
        in_turn(self.scene, partial(self.scene.update_devices, summaries))
        self.settings.take_devices(summaries)
        if self.model.newest_reading != read:
            self._refresh_agent()

    def _drop_devices(self, keys: list[str]) -> None:
        self.model.remove(keys)
        in_turn(self.scene, partial(self.scene.remove_devices, keys))
        self.settings.drop_devices(keys)

    def _show_scan(self) -> None:
        discovery = self._workers.discovery
        self.devices.strip.show_scan(discovery.scan, discovery.seconds_left())
        if self._open == "map" or not discovery.running:
            in_turn(self.map, self._show_scan_on_map)

    def _show_scan_on_map(self) -> None:
        discovery = self._workers.discovery
        self.scene.show_scan(discovery.scan)
        self.map.side.show_scan(discovery.scan, discovery.seconds_left())

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the window; the agent goes on, unless it runs in here, which is asked about."""
        if not self.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()
