"""The Devices view: the table, its filter, and the details of one device beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui import wording
from app.ui.banner import Notice
from app.ui.buttons import MenuButton, TextButton
from app.ui.cards import NoticeCard
from app.ui.devices.bar import DeviceBar
from app.ui.devices.columns_button import ColumnsButton
from app.ui.devices.details import DeviceDetails
from app.ui.devices.filter_help import FilterHelp
from app.ui.devices.model import DeviceModel
from app.ui.devices.name_sheet import NameSheet
from app.ui.devices.table import DeviceTable
from app.ui.devices.views import BUILT_IN, SavedView, ViewsButton
from app.ui.empty_state import EmptyState
from app.ui.scan.strip import ScanStrip
from app.ui.search_box import SearchBox
from app.ui.task_progress import TaskProgress
from app.ui.tokens import Tone
from app.ui.widgets import IconButton
from app.views.beside import beside, list_card
from app.views.page import Page
from app.workers.connection import LinkState

_DETAILS_WIDTH, _DETAILS_LEAST, _LIST_LEAST = 388, 340, 360
_ROOMY = 860  # a narrower page has no room for details of nothing
_SEARCH_WIDTHS = (150, 270)


class DevicesView(Page):
    """``wanted`` gives the key of the device whose details are shown; ``read_asked`` the one to
    read now; ``scan_asked`` the button that asked for the scan panel; ``export_asked`` the keys
    that are to be written to a file.
    """

    wanted = Signal(str)
    read_asked = Signal(str)
    scan_asked = Signal(QWidget)
    export_asked = Signal(list)
    link_changed = Signal()

    def __init__(self, model: DeviceModel) -> None:
        super().__init__(QCoreApplication.translate("Devices", "Devices"))
        self.model = model
        self._loaded = self._closed = False
        self.link = LinkState.CONNECTING
        self.table = DeviceTable(model)
        self.details = DeviceDetails(closable=True)
        self.strip = ScanStrip()
        self.reading, self.writing = TaskProgress(), TaskProgress()
        self.bar = DeviceBar()
        self._make_head()
        self._make_body()
        self._connect()
        self._refresh()

    # --- making ---------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self.views = ViewsButton()
        self.filter = SearchBox(
            self.tr("Filter"),
            self.tr("Filter the devices"),
            keys="Ctrl+F",
            scope=self,
        )
        self.filter.take_room(*_SEARCH_WIDTHS)
        self.help = FilterHelp(self)
        help_ = IconButton("help", self.tr("What can be written into the filter"))
        help_.clicked.connect(lambda: self.help.toggle_at(help_))
        self.columns = ColumnsButton(self.table)
        self.export = MenuButton(self.tr("Export"))
        self.export.give_way("download")
        self.columns.give_way("columns")
        self.views.give_way("filter", 2)
        self.export.list.aboutToShow.connect(self._offer_export)
        self._offer_export()
        self.scan = TextButton(self.tr("Scan network"), kind="primary").give_way("scan", 3)
        self.scan.clicked.connect(lambda: self.scan_asked.emit(self.scan))
        for each in (self.views, self.filter, help_, self.columns, self.export, self.scan):
            self.head.addWidget(each)

    def _make_body(self) -> None:
        self._empty = EmptyState("devices")
        self._no_match = EmptyState("search", primary=False)
        self._stack = QStackedWidget()
        for page in (self.table, self._empty, self._no_match):
            self._stack.addWidget(page)
        card = list_card(self._stack, self.bar, _LIST_LEAST)
        split = beside(card, self.details, _DETAILS_LEAST, _DETAILS_WIDTH)
        self._wrong, self.outcome = NoticeCard(), NoticeCard()
        for each in (self._wrong, self.strip, self.reading, self.writing, self.outcome):
            self.body.addWidget(each)
        self._wrong.hide()
        self.body.addWidget(split, 1)

    def _connect(self) -> None:
        self.table.picked.connect(self._pick)
        # Closed, the table has all the room; walking through it does not bring them back.
        self.details.closed.connect(self._close_details)
        self.table.activated_key.connect(self.show_details)
        self.table.clicked.connect(lambda _index: self.show_details())
        self.details.read_asked.connect(self.read_asked)
        self.filter.searched.connect(lambda _text: self._apply_filter())
        self.help.chosen.connect(self._try_example)
        self._empty.acted.connect(lambda: self.scan_asked.emit(self.scan))
        self._no_match.acted.connect(self.clear_filter)
        self.views.chosen.connect(self.show_view)
        self.views.save_asked.connect(self._ask_name)
        self.views.rename_asked.connect(self._ask_new_name)
        self.columns.changed.connect(self._mark_view)
        heads = self.table.horizontalHeader()
        heads.sectionMoved.connect(lambda *_places: self._mark_view())
        heads.sortIndicatorChanged.connect(lambda *_order: self._mark_view())
        for change in (self.model.layoutChanged, self.model.dataChanged):
            change.connect(self._refresh)

    # --- what the window tells ------------------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the table."""
        (self.table if self.model.rowCount() else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the filter to what it found."""
        if event.key() == Qt.Key.Key_Down and self.filter.hasFocus() and self.model.rowCount():
            first = self.model.key_at(0)
            if self.table.current_key is None and first is not None:
                self.table.select_key(first)
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    @property
    def loaded(self) -> bool:
        """Whether the whole list has been asked for."""
        return self._loaded

    def set_loaded(self) -> None:
        """Take that the whole list has been asked for: an empty table is an empty network now."""
        self._loaded = True
        self._refresh()

    def set_link(self, state: LinkState) -> None:
        """Say how the window stands to the agent, for the words of an empty table."""
        self.link = state
        self.link_changed.emit()
        self._refresh()

    def show_key(self, key: str) -> None:
        """Show one device: selected, in sight, with its details; the filter gives way."""
        self.show_details()
        if not self.table.select_key(key):
            self.clear_filter()
            self.table.select_key(key)

    def show_details(self, _key: str = "") -> None:
        """Show the details again, if they were closed."""
        self._closed = False
        self._show_or_hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table all the room of a narrow page while no device is chosen."""
        super().resizeEvent(event)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        filled = self.details.key is not None or self.width() >= _ROOMY
        self.details.setVisible(filled and self.model.total > 0 and not self._closed)

    def _close_details(self) -> None:
        self._closed = True
        self.details.hide()
        self.table.setFocus()

    def clear_filter(self) -> None:
        """Show every device again."""
        self.filter.clear()
        self._apply_filter()

    # --- views ----------------------------------------------------------------------------------

    def show_view(self, view: SavedView) -> None:
        """Show a view: its filter, its columns, its order."""
        self.filter.setText(view.filter)
        self.table.show_columns(view.shown())
        order = Qt.SortOrder.DescendingOrder if view.descending else Qt.SortOrder.AscendingOrder
        self.table.sortByColumn(view.order(), order)
        self._apply_filter()

    def present_view(self, name: str) -> SavedView:
        """Give what is shown now as a view of that name."""
        heads = self.table.horizontalHeader()
        down = heads.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        columns = [column.value for column in self.table.columns]
        sort = heads.sortIndicatorSection()
        return SavedView(name, self.filter.text().strip(), columns, sort, down)

    def _mark_view(self) -> None:
        now = self.present_view("")

        def same(view: SavedView) -> bool:
            shown = (view.filter, view.shown(), view.order(), view.descending)
            return shown == (now.filter, now.shown(), now.order(), now.descending)

        known = [each for each in (self.views.current, *self.views.saved, *BUILT_IN) if each]
        self.views.show_current(next((each for each in known if same(each)), None))

    def _ask_name(self) -> None:
        sheet = NameSheet(self)
        sheet.named.connect(lambda name: self.views.keep(self.present_view(name)))
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()

    def _ask_new_name(self, view: SavedView) -> None:
        sheet = NameSheet(self, view.name)
        sheet.named.connect(partial(self.views.rename, view))
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()

    def _offer_export(self) -> None:
        self.export.list.clear()
        every = [row.key for row in self.model.rows()]
        for form, keys in (
            (self.tr("All printers (%1)…"), every),
            (self.tr("What is shown (%1)…"), self.model.visible()),
            (self.tr("What is selected (%1)…"), self.table.chosen),
        ):
            text = form.replace("%1", wording.number(len(keys)), 1)
            action = self.export.offer(text, partial(self.export_asked.emit, keys))
            action.setEnabled(bool(keys))

    # --- inside ---------------------------------------------------------------------------------

    def _pick(self, key: str) -> None:
        row = self.model.row(key)
        if row is not None:
            self.details.show_device(row.summary)
            self._show_or_hide()
            self.wanted.emit(key)

    def _try_example(self, text: str) -> None:
        self.filter.setText(f"{self.filter.text().strip()} {text}".strip())
        self._apply_filter()
        self.filter.setFocus()

    def _apply_filter(self) -> None:
        self.model.set_filter(self.filter.text())
        wrong = self.model.filter.wrong
        self._wrong.tell(Notice(Tone.WARNING, " ".join(wrong)) if wrong else None)
        if self.table.current_key is None and self.details.key is not None:
            self.table.select_key(self.details.key)  # it was hidden, and is in sight again
        self.table.show_from_selection()
        self._mark_view()
        self._refresh()

    def _refresh(self) -> None:
        self._refresh_details()
        self._show_or_hide()
        self.summarise(self._counts())
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.table)
        elif self.model.total:
            form = self.tr("Nothing matches “%1”")
            self._no_match.say(
                form.replace("%1", self.filter.text().strip(), 1),
                self.tr("The filter looks at names, places, models, serials, addresses, states."),
                self.tr("Clear the filter"),
            )
            self._stack.setCurrentWidget(self._no_match)
        else:
            self._empty.say(*self._why_empty())
            self._stack.setCurrentWidget(self._empty)

    def _refresh_details(self) -> None:
        row = self.model.row(self.details.key) if self.details.key else None
        if row is not None and row.summary is not self.details.summary:
            self.details.show_device(row.summary)
        elif row is None and self.details.key is not None:
            self.details.clear()

    def _why_empty(self) -> tuple[str, str, str]:
        if self.link is LinkState.AWAY:
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
        total = self.model.total
        if not total:
            return ""
        said = QCoreApplication.translate("Devices", "%n printer(s)", "", total)
        parts = [wording.counted(said, total)]
        attention, silent = self.model.needing_attention, self.model.silent
        if attention:
            said = QCoreApplication.translate("Devices", "%n need attention", "", attention)
            parts.append(wording.counted(said, attention))
        if silent:
            said = QCoreApplication.translate("Devices", "%n not answering", "", silent)
            parts.append(wording.counted(said, silent))
        if self.model.rowCount() != total:
            shown = self.model.rowCount()
            said = QCoreApplication.translate("Devices", "%n shown", "", shown)
            parts.append(wording.counted(said, shown))
        return " · ".join(parts)
