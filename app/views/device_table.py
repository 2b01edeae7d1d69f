"""The Devices view: the table, its filter, and the details of one device beside it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.device_details import DeviceDetails
from app.ui.device_model import DeviceModel
from app.ui.device_table import DeviceTable
from app.ui.empty_state import EmptyState
from app.ui.fields import TextField
from app.ui.scan_strip import ScanStrip
from app.ui.widgets import button
from app.views.page import Page
from app.workers.connection import LinkState

_FILTER_DELAY_MS = 60
_DETAILS_WIDTH = 388


class DevicesView(Page):
    """``wanted`` gives the key of the device whose details are shown; ``read_asked`` the one to
    read now; ``scan_asked`` the button that asked for the scan panel.
    """

    wanted = Signal(str)
    read_asked = Signal(str)
    scan_asked = Signal(QWidget)

    def __init__(self, model: DeviceModel) -> None:
        super().__init__(QCoreApplication.translate("Devices", "Devices"))
        self._model = model
        self._loaded = False
        self._link = LinkState.CONNECTING
        self.table = DeviceTable(model)
        self.details = DeviceDetails()
        self.strip = ScanStrip()
        self._make_head()
        self._make_body()
        self.table.picked.connect(self._pick)
        self.details.read_asked.connect(self.read_asked)
        for change in (model.layoutChanged, model.dataChanged):
            change.connect(self._refresh)
        self._refresh()

    # --- making ---------------------------------------------------------------------------------

    def _make_head(self) -> None:
        hint = self.tr("Filter: model, serial, place, address")
        self.filter = TextField(self.tr("Filter"), hint, search=True)
        self.filter.setFixedWidth(300)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FILTER_DELAY_MS)
        self._pause.timeout.connect(self._apply_filter)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        QShortcut(QKeySequence.StandardKey.Find, self, self._focus_filter)
        self.scan = button(self.tr("Scan network"), "primary")
        self.scan.clicked.connect(lambda: self.scan_asked.emit(self.scan))
        self.head.addWidget(self.filter)
        self.head.addWidget(self.scan)

    def _make_body(self) -> None:
        self._empty = EmptyState("devices")
        self._empty.acted.connect(lambda: self.scan_asked.emit(self.scan))
        self._no_match = EmptyState("search", primary=False)
        self._no_match.acted.connect(self.filter.clear)
        self._stack = QStackedWidget()
        for page in (self.table, self._empty, self._no_match):
            self._stack.addWidget(page)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self._stack)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        split.addWidget(card)
        split.addWidget(self.details)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([10_000, _DETAILS_WIDTH])
        self.details.setMinimumWidth(340)
        card.setMinimumWidth(420)
        self.body.addWidget(self.strip)
        self.body.addWidget(split, 1)

    # --- what the window tells ------------------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the table."""
        (self.table if self._model.rowCount() else self).setFocus()

    def set_loaded(self) -> None:
        """Take that the whole list has been asked for: an empty table is an empty network now."""
        self._loaded = True
        self._refresh()

    def set_link(self, state: LinkState) -> None:
        """Say how the window stands to the agent, for the words of an empty table."""
        self._link = state
        self._refresh()

    def show_key(self, key: str) -> None:
        """Show one device: selected, in sight, with its details; the filter gives way."""
        if not self.table.select_key(key):
            self.filter.clear()
            self._apply_filter()
            self.table.select_key(key)

    # --- inside ---------------------------------------------------------------------------------

    def _pick(self, key: str) -> None:
        row = self._model.row(key)
        if row is not None:
            self.details.show_device(row.summary)
            self.wanted.emit(key)

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _apply_filter(self) -> None:
        self._pause.stop()
        self._model.set_filter(self.filter.text())
        self.table.show_from_selection()
        self._refresh()

    def _refresh(self) -> None:
        self._refresh_details()
        self.summarise(self._counts())
        if self._model.rowCount():
            self._stack.setCurrentWidget(self.table)
        elif self._model.total:
            form = self.tr("Nothing matches “%1”")
            self._no_match.say(
                form.replace("%1", self.filter.text().strip(), 1),
                self.tr(
                    "The filter looks at names, places, models, serials, addresses and states."
                ),
                self.tr("Clear the filter"),
            )
            self._stack.setCurrentWidget(self._no_match)
        else:
            self._empty.say(*self._why_empty())
            self._stack.setCurrentWidget(self._empty)

    def _refresh_details(self) -> None:
        row = self._model.row(self.details.key) if self.details.key else None
        if row is not None and row.summary is not self.details.summary:
            self.details.show_device(row.summary)
        elif row is None and self.details.key is not None:
            self.details.clear()

    def _why_empty(self) -> tuple[str, str, str]:
        if self._link is LinkState.AWAY:
            text = self.tr("The devices are shown as soon as the agent answers.")
            return self.tr("The agent is away"), text, ""
        if not self._loaded:
            return self.tr("Loading the devices"), self.tr("The agent is being asked."), ""
        return (
            self.tr("No printers yet"),
            self.tr(
                "Scan the network: every printer that answers is shown here with its counters, "
                "its supplies, and where each number comes from."
            ),
            self.tr("Scan network"),
        )

    def _counts(self) -> str:
        total = self._model.total
        if not total:
            return ""
        said = QCoreApplication.translate("Devices", "%n printer(s)", "", total)
        parts = [wording.counted(said, total)]
        attention, silent = self._model.needing_attention, self._model.silent
        if attention:
            said = QCoreApplication.translate("Devices", "%n need attention", "", attention)
            parts.append(wording.counted(said, attention))
        if silent:
            said = QCoreApplication.translate("Devices", "%n not answering", "", silent)
            parts.append(wording.counted(said, silent))
        if self._model.rowCount() != total:
            shown = self._model.rowCount()
            said = QCoreApplication.translate("Devices", "%n shown", "", shown)
            parts.append(wording.counted(said, shown))
        return " · ".join(parts)
