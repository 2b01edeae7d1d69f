"""The Alerts view: what fired, and the rules that say what is told."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout

from app.ui import alert_words, rule_words, wording
from app.ui.alert_bar import AlertBar
from app.ui.alert_model import AlertFilter, AlertModel
from app.ui.alert_pane import AlertPane
from app.ui.alert_table import AlertTable
from app.ui.buttons import TextButton
from app.ui.device_model import DeviceModel
from app.ui.empty_state import EmptyState
from app.ui.fields import TextField
from app.ui.pickers import ComboBox
from app.ui.rule_editor import RuleEditor
from app.ui.rule_list import RuleList
from app.ui.rule_only import Known
from app.ui.segmented import SegmentedControl
from app.views.alerts_empty import Emptiness, why
from app.views.page import Page
from app.workers.alerts import AlertsWorker
from app.workers.batch import Throttle
from app.workers.connection import LinkState
from app.workers.rules import RulesWorker
from core.model.occurrence import Occurrence
from core.model.problem import Problem
from core.model.rule import Rule

_FILTER_DELAY_MS = 60
_PANE_WIDTH = 388


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
        self._devices, self._alerts, self._rules_worker = devices, alerts, rules
        self._rules: dict[str, Rule] = {}
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
        self._connect_rules()
        self._refresh()

    # --- making ---------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self.tabs = SegmentedControl(
            self.tr("What is shown"),
            (("open", self.tr("Open")), ("all", self.tr("All")), ("rules", self.tr("Rules"))),
        )
        self.tabs.chosen.connect(self.show_tab)
        self.filter = TextField(self.tr("Filter"), self.tr("Filter: device, words"), search=True)
        self.filter.take_room(96, 190)
        self.kinds = ComboBox(self.tr("Kind"), (("", self.tr("Every kind")), *_kinds())).give_way(
            10
        )
        self.kinds.setMaximumWidth(160)
        orders = (
            ("", self.tr("Newest first")),
            ("device", self.tr("By device")),
            ("kind", self.tr("By kind")),
        )
        self.order = ComboBox(self.tr("Order"), orders).give_way(10)
        self.order.currentIndexChanged.connect(lambda _index: self._apply_filter())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FILTER_DELAY_MS)
        self._pause.timeout.connect(self._apply_filter)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        self.kinds.currentIndexChanged.connect(lambda _index: self._apply_filter())
        self.new_rule = TextButton(self.tr("New rule"), kind="primary").give_way("plus", 2)
        self.new_rule.clicked.connect(self._make_rule)
        for widget in (self.tabs, self.order, self.kinds, self.filter, self.new_rule):
            self.head.addWidget(widget)
        QShortcut(QKeySequence.StandardKey.Find, self, self._focus_filter)

    def _make_body(self) -> None:
        self._empty = EmptyState("alerts")
        self._empty.acted.connect(self._act_on_empty)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        inner.addWidget(self._lists, 1)
        self.bar = AlertBar()
        self.bar.acknowledge_asked.connect(self._acknowledge_checked)
        self.bar.skip_asked.connect(lambda: self._alerts.skip_next(self.model.checked_items()))
        self.bar.all_asked.connect(self.model.check_all)
        inner.addWidget(self.bar)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        split.addWidget(card)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([10_000, _PANE_WIDTH])
        self.pane.setMinimumWidth(320)
        card.setMinimumWidth(420)
        self._pages = QStackedWidget()
        self._pages.addWidget(split)
        self._pages.addWidget(self.rules)
        self.body.addWidget(self._pages, 1)

    def _connect_alerts(self) -> None:
        alerts, pane = self._alerts, self.pane
        alerts.changed.connect(self._take)
        alerts.removed.connect(self._drop)
        alerts.loaded.connect(self._set_loaded)
        alerts.history_changed.connect(self._take_history)
        alerts.reading_loaded.connect(pane.show_reading)
        alerts.skipping.connect(self._say_skipping)
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

    def _connect_rules(self) -> None:
        worker, editor = self._rules_worker, self.editor
        self._alerts.rules_changed.connect(self._take_rules)
        self.rules.switched.connect(worker.save)
        self.rules.edit_asked.connect(self.edit_rule)
        editor.saved.connect(worker.save)
        editor.deleted.connect(worker.delete)
        editor.try_asked.connect(worker.try_out)
        editor.fields_asked.connect(self._ask_fields)
        worker.tried.connect(
            lambda text, verdicts: editor.show_verdicts(text, verdicts, self._name_of)
        )
        worker.try_failed.connect(editor.refuse_trial)
        worker.fields_loaded.connect(editor.show_fields)
        worker.saved.connect(self._say_saved)
        worker.deleted.connect(self._say_deleted)
        worker.refused.connect(self._refuse)

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
        found = self._rules.get(rule)
        if found is not None:
            self.editor.edit(found, self._known())

    def names(self, key: str) -> tuple[str, str]:
        """Give the two lines of a device."""
        row = self._devices.row(key)
        if row is None:
            return self.tr("A device that is no more"), ""
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
            self.pane.show_alert(item, self.names(item.device), self._rules.get(item.rule))

    def _open_device_of(self, key: str) -> None:
        item = self.model.item(key)
        if item is not None:
            self.opened.emit(item.device)

    def _acknowledge_checked(self) -> None:
        self._alerts.acknowledge([item.key for item in self.model.checked_items()])
        self.model.check_all(on=False)

    def _say_skipping(self, item: Occurrence) -> None:
        form = self.tr("The next time, “%1” is passed over for %2.")
        said = form.replace("%1", item.name, 1)
        self.said.emit(said.replace("%2", self.names(item.device)[0], 1))

    # --- rules ----------------------------------------------------------------------------------

    def _take_rules(self, rules: tuple[Rule, ...]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self.rules.show_rules(rules)
        if self.pane.item is not None:
            self._show(self.pane.item.key)
        self._refresh()

    def _make_rule(self) -> None:
        self.editor.make(self._known(), tuple(self._rules))

    def _known(self) -> Known:
        # Those that were read come first: the first one's values are shown.
        rows = sorted(self._devices.rows(), key=lambda r: (r.summary.latest is None, r.title))
        devices = [(row.key, f"{row.title}, {row.subtitle}") for row in rows]
        vendors = {row.summary.device.identity.vendor for row in rows} - {None}
        segments = {row.summary.device.segment for row in rows}
        return Known(
            tuple(devices),
            tuple(sorted(str(vendor) for vendor in vendors)),
            tuple(sorted(segment for segment in segments if segment)),
        )

    def _name_of(self, key: str) -> str:
        return self.names(key)[0]

    def _ask_fields(self, key: str) -> None:
        row = self._devices.row(key)
        if row is not None:
            self._rules_worker.want_fields(row.summary)

    def _say_saved(self, rule: str) -> None:
        known = self._rules.get(rule)
        editing = self.editor.isVisible() and self.editor.saves(rule)
        if editing:
            self.editor.leave()
            self.said.emit(self.tr("The rule is saved."))
        elif known is not None:
            form = self.tr("“%1” is off.") if known.enabled else self.tr("“%1” is on.")
            self.said.emit(form.replace("%1", known.name, 1))

    def _say_deleted(self, rule: str) -> None:
        known = self._rules.get(rule)
        self.editor.leave()
        builtin = known is not None and known.builtin
        text = self.tr("The rule is as it was.") if builtin else self.tr("The rule is deleted.")
        self.said.emit(text)

    def _refuse(self, problem: Problem) -> None:
        if self.editor.isVisible():
            self.editor.refuse(problem)
        else:
            self.failed.emit(problem)

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

    @property
    def _rules_on(self) -> int:
        return sum(rule.enabled for rule in self._rules.values())

    def _summary_text(self) -> str:
        if not self._loaded:
            return ""
        on = self._rules_on
        rules = wording.counted(self.tr("%n rule(s) on", "", on), on)
        return wording.listed([alert_words.open_count(self.model.open_count), rules])

    def _why_empty(self) -> tuple[str, str, str]:
        return why(
            Emptiness(
                self._link,
                self._loaded,
                self._is_filtered,
                self._devices.total,
                self._rules_on,
                self.tabs.key != "all",
            )
        )


def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((name, rule_words.kind(name)) for name in rule_words.KINDS)
