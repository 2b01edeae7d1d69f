"""The Alerts view: what fired, and the rules that say when."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget

from app.ui import wording
from app.ui.alerts import words as alert_words
from app.ui.alerts.bar import AlertBar
from app.ui.alerts.model import AlertFilter, AlertModel
from app.ui.alerts.pane import AlertPane
from app.ui.alerts.table import AlertTable
from app.ui.buttons import TextButton
from app.ui.devices.model import DeviceModel
from app.ui.empty_state import EmptyState
from app.ui.fields import TextField
from app.ui.pickers import ComboBox
from app.ui.rules import words as rule_words
from app.ui.rules.editor import RuleEditor
from app.ui.rules.list import RuleList
from app.ui.segmented import SegmentedControl
from app.views.alert_rules import RulesDesk
from app.views.alerts_empty import Emptiness, why
from app.views.beside import beside, list_card, share
from app.views.page import Page
from app.workers.alerts import AlertsWorker, Noted
from app.workers.batch import Throttle
from app.workers.connection import LinkState
from app.workers.rules import RulesWorker
from core.model.occurrence import Occurrence
from core.model.rule import Rule

_FILTER_DELAY_MS = 60
_PANE_WIDTH, _PANE_LEAST, _LIST_LEAST = 388, 320, 360
_NARROW = 940  # of the view: the list needs what the pane can spare


class AlertsView(Page):
    """``opened`` gives the key of a device to be shown; ``count_changed`` how many alerts are open;
    ``said`` a sentence about something that is done, ``failed`` a ``Problem``.
    """

    opened = Signal(str)
    scan_asked = Signal()
    count_changed = Signal(int)
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, devices: DeviceModel, alerts: AlertsWorker, rules: RulesWorker) -> None:
        super().__init__(QCoreApplication.translate("Alerts", "Alerts"))
        self._devices, self._alerts = devices, alerts
        self._loaded = False
        self._link = LinkState.CONNECTING
        self.model = AlertModel(self.names, self)
        self.table = AlertTable(self.model)
        self.pane = AlertPane()
        self.rules = RuleList()
        self._make_head()
        self._make_body()
        self.editor = RuleEditor(self)
        self._connect_alerts()
        self._connect_rules(rules)
        self._refresh()

    # --- making ---------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self.tabs = SegmentedControl(
            self.tr("What is shown"),
            (("open", self.tr("Open")), ("all", self.tr("All")), ("rules", self.tr("Rules"))),
        )
        self.tabs.chosen.connect(self.show_tab)
        self.filter = TextField(self.tr("Filter"), self.tr("Filter: printer, words"), search=True)
        self.filter.take_room(96, 190)
        self.kinds = ComboBox(self.tr("Kind"), (("", self.tr("All kinds")), *_kinds())).give_way(6)
        self.kinds.setMaximumWidth(160)
        orders = (
            ("", self.tr("Newest first")),
            ("device", self.tr("By printer")),
            ("kind", self.tr("By kind")),
        )
        self.order = ComboBox(self.tr("Order"), orders).give_way(6)
        self.order.currentIndexChanged.connect(lambda _index: self._apply_filter())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FILTER_DELAY_MS)
        self._pause.timeout.connect(self._apply_filter)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        self.kinds.currentIndexChanged.connect(lambda _index: self._apply_filter())
        self.new_rule = TextButton(self.tr("New rule"), kind="primary").give_way("plus", 2)
        for widget in (self.tabs, self.order, self.kinds, self.filter, self.new_rule):
            self.head.addWidget(widget)
        QShortcut(QKeySequence.StandardKey.Find, self, self._focus_filter)

    def _make_body(self) -> None:
        self._empty = EmptyState("alerts")
        self._empty.acted.connect(self._act_on_empty)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        self.bar = AlertBar()
        self.bar.acknowledge_asked.connect(self._acknowledge_checked)
        self.bar.skip_asked.connect(self._skip_checked)
        self.bar.all_asked.connect(self.model.check_all)
        card = list_card(self._lists, self.bar, _LIST_LEAST)
        self._split = beside(card, self.pane, _PANE_LEAST, _PANE_WIDTH)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._split)
        self._pages.addWidget(self.rules)
        self.body.addWidget(self._pages, 1)

    def _connect_alerts(self) -> None:
        alerts, pane = self._alerts, self.pane
        alerts.changed.connect(self._take)
        alerts.removed.connect(self._drop)
        alerts.loaded.connect(self._set_loaded)
        alerts.history_changed.connect(self._take_history)
        alerts.reading_loaded.connect(pane.show_reading)
        alerts.noted.connect(self._take_note)
        alerts.failed.connect(self.failed)
        self.model.older_wanted.connect(alerts.load_older)
        self.model.checked.connect(self._refresh_bar)
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._open_device_of)
        pane.opened.connect(self.opened)
        pane.acknowledged.connect(lambda item: alerts.acknowledge([item.key]))
        pane.skip_asked.connect(lambda item: alerts.skip_next([item]))
        pane.change_asked.connect(self.edit_rule)
        pane.reading_asked.connect(alerts.want_reading)
        # Names come with the devices, many at a time while the list is loading.
        self._renaming = Throttle(self)
        self._renaming.fired.connect(self._rename)
        for change in (self._devices.layoutChanged, self._devices.dataChanged):
            change.connect(self._renaming.poke)

    def _connect_rules(self, worker: RulesWorker) -> None:
        parts = (self.rules, self.editor)
        self.desk = RulesDesk(self, self._devices, worker, parts, lambda key: self.names(key)[0])
        self.new_rule.clicked.connect(self.desk.make)
        self.desk.said.connect(self.said)
        self.desk.failed.connect(self.failed)
        self._alerts.rules_changed.connect(self._take_rules)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list its room."""
        super().resizeEvent(event)
        before = event.oldSize().width()
        if event.size().width() < _NARROW and not 0 < before < _NARROW:
            share(self._split, _PANE_LEAST)

    # --- what the window tells ------------------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the list."""
        if self.tabs.key == "rules":
            self.rules.focus_rule()
        else:
            (self.table if self.model.rowCount() else self).setFocus()

    def set_link(self, state: LinkState) -> None:
        """Say how the window stands to the agent, for the words of an empty list."""
        self._link = state
        self._refresh()

    def show_tab(self, key: str) -> None:
        """Show what is open, all alerts, or the rules."""
        self.tabs.choose(key)
        on_rules = key == "rules"
        self._pages.setCurrentIndex(int(on_rules))
        for widget in (self.order, self.kinds, self.filter):
            widget.setVisible(not on_rules)
        self.editor.leave()
        if key == "all":
            self._alerts.want_history()
        if not on_rules:
            self._apply_filter()
        self._refresh()

    def show_device(self, key: str) -> None:
        """Show what is open of one device."""
        row = self._devices.row(key)
        self.show_tab("open")
        self.filter.setText(row.title if row is not None else "")
        self._apply_filter()

    def edit_rule(self, rule: str) -> None:
        """Open the sheet of a rule."""
        self.desk.edit(rule)

    def names(self, key: str) -> tuple[str, str]:
        """Give the two lines of a device."""
        row = self._devices.row(key)
        if row is None:
            return self.tr("Deleted printer"), ""
        return row.title, row.subtitle

    # --- alerts ---------------------------------------------------------------------------------

    def _take(self, items: list[Occurrence]) -> None:
        self.model.update(items)
        shown = self.pane.item
        if shown is not None:
            self._show(shown.key)
        self._refresh()

    def _drop(self, keys: list[str]) -> None:
        self.model.remove(keys)
        if self.pane.item is not None and self.pane.item.key in set(keys):
            self.pane.clear()
        self._refresh()

    def _take_history(self, more: bool) -> None:
        self.model.set_more(more)
        if self.model.canFetchMore() and not self.model.rowCount():
            self._alerts.load_older()  # a filter hides all that came: go on looking

    def _set_loaded(self) -> None:
        self._loaded = True
        self._refresh()

    def _rename(self) -> None:
        self.model.rename()
        if self.pane.item is not None:
            self._show(self.pane.item.key)
        self._refresh()

    def _pick(self, key: str) -> None:
        self._show(key)

    def _show(self, key: str) -> None:
        item = self.model.item(key)
        if item is not None:
            self.pane.show_alert(item, self.names(item.device), self.desk.rule(item.rule))

    def _open_device_of(self, key: str) -> None:
        item = self.model.item(key)
        if item is not None:
            self.opened.emit(item.device)

    def _acknowledge_checked(self) -> None:
        items = self.model.checked_items()
        self.bar.wait()
        self._alerts.acknowledge([item.key for item in items if item.acknowledged_at is None])

    def _skip_checked(self) -> None:
        self.bar.wait()
        self._alerts.skip_next(self.model.checked_items())

    def _take_note(self, note: Noted) -> None:
        """Say what became of it; what was not done stays selected."""
        self.bar.go_on()
        if note.problem is not None:
            text = alert_words.partly(note, note.problem.text)
            self.failed.emit(replace(note.problem, text=text))
            return
        self.model.check_all(on=False)
        if said := alert_words.noted(note, lambda key: self.names(key)[0]):
            self.said.emit(said)

    # --- rules ----------------------------------------------------------------------------------

    def _take_rules(self, rules: tuple[Rule, ...]) -> None:
        self.desk.take(rules)
        if self.pane.item is not None:
            self._show(self.pane.item.key)
        self._refresh()

    # --- inside ---------------------------------------------------------------------------------

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _apply_filter(self) -> None:
        self._pause.stop()
        found = tuple(self.filter.text().casefold().split())
        only_open = self.tabs.key != "all"
        self.model.set_filter(
            AlertFilter(only_open, self.kinds.value(), "", found, self.order.value())
        )
        self._refresh()

    def _act_on_empty(self) -> None:
        if self._is_filtered:
            self.filter.clear()
            self.kinds.choose("")
            self._apply_filter()
        elif self._devices.total:
            self.show_tab("rules")
        else:
            self.scan_asked.emit()

    @property
    def _is_filtered(self) -> bool:
        return bool(self.model.filter.words or self.model.filter.kind) and bool(self.model.total)

    def _refresh(self) -> None:
        self.count_changed.emit(self.model.open_count)
        self.summarise(self._summary_text())
        self.pane.setVisible(bool(self.model.rowCount()) or self.pane.item is not None)
        if self.model.rowCount():
            self._lists.setCurrentWidget(self.table)
        else:
            self._empty.say(*self._why_empty())
            self._lists.setCurrentWidget(self._empty)
        self._refresh_bar()

    def _refresh_bar(self) -> None:
        self.bar.show_count(len(self.model.checked_items()))

    def _summary_text(self) -> str:
        if not self._loaded:
            return ""
        on = self.desk.on
        rules = wording.counted(self.tr("%n rule(s) on", "", on), on)
        return wording.listed([alert_words.open_count(self.model.open_count), rules])

    def _why_empty(self) -> tuple[str, str, str]:
        return why(
            Emptiness(
                self._link,
                self._loaded,
                self._is_filtered,
                self._devices.total,
                self.desk.on,
                self.tabs.key != "all",
            )
        )


def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((name, rule_words.kind(name)) for name in rule_words.KINDS)
