"""The History view: what was printed when, how supplies went down, and when they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.cards import StatCard
from app.ui.charts import series as chart_series
from app.ui.charts import words as chart_words
from app.ui.charts.card import ChartCard
from app.ui.charts.meters import MeterChoice, choices
from app.ui.charts.span import Span
from app.ui.devices import standing as device_standing
from app.ui.devices import words as device_words
from app.ui.devices.model import DeviceModel
from app.ui.empty_state import EmptyState
from app.ui.history.answers import Answer, forecasts, untold
from app.ui.history.bar import ComparedRow, HistoryControls
from app.ui.history.period import Period, days_of, range_of
from app.ui.history.question import Shown, Wish, question
from app.ui.pickers import ComboBox
from app.ui.tokens import M
from app.ui.window_state import HistoryState
from app.views.history_devices import ChosenDevices
from app.views.history_empty import Emptiness, why
from app.views.history_files import HistoryFiles
from app.views.page import Page
from app.workers.connection import LinkState
from app.workers.history import HistoryWorker, Question
from core.host.clock import now as wall_clock
from core.host.zone import local_zone, zone_name
from core.model.problem import Problem

Clock = Callable[[], datetime]


class HistoryView(Page):
    """``saved`` gives the path of a file that was written, ``failed`` a ``Problem``; ``scan_asked``
    that there are no printers and a search is wanted, ``read_asked`` that one (key) is to be read,
    ``file_asked`` that a name for a file is asked for.
    """

    saved = Signal(str)
    file_asked = Signal()
    failed = Signal(object)
    scan_asked = Signal()
    read_asked = Signal(str)

    def __init__(
        self, devices: DeviceModel, worker: HistoryWorker, *, clock: Clock = wall_clock
    ) -> None:
        super().__init__(QCoreApplication.translate("History", "History"))
        self._devices, self._worker, self.clock = devices, worker, clock
        self._zone, self._zone_name = local_zone(), zone_name()
        self._meter = ""
        self._choices: tuple[MeterChoice, ...] = ()
        self._wish: Wish | None = None
        self._question: Question | None = None
        self._shown: Shown | None = None
        self._taken: object = None
        self._link = LinkState.CONNECTING
        self.chosen = ChosenDevices(devices, self)
        self.controls = HistoryControls(self)
        self.compared = ComparedRow()
        self.volumes = ChartCard(self.tr("Pages"))
        self.levels = ChartCard(self.tr("Supplies"))
        self.meters = ComboBox(self.tr("What is counted"))
        self._lay_out()
        self._connect()
        self._refresh()

    # --- making ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.head.insertWidget(1, self.controls.device)
        self.head.insertWidget(2, self.controls.compare)
        for widget in self.controls.widgets:
            self.head.addWidget(widget)
        self.volumes.head.addWidget(self.meters)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(M)
        self.answers = [StatCard("") for _ in range(4)]
        for card in self.answers:
            self._cards.addWidget(card, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addLayout(self._cards)
        column.addWidget(self.volumes, 1)
        column.addWidget(self.levels, 1)
        for chart in (self.volumes, self.levels):
            chart.setMinimumHeight(220)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.tr("Charts"))
        self._empty = EmptyState("history")
        self._empty.acted.connect(self._help)
        self._pages = QStackedWidget()
        self._pages.addWidget(scroll)
        self._pages.addWidget(self._empty)
        self.body.addWidget(self.compared)
        self.body.addWidget(self._pages, 1)

    def _connect(self) -> None:
        controls, worker = self.controls, self._worker
        controls.device.clicked.connect(lambda: self.chosen.ask(controls.device, adding=False))
        controls.compare.clicked.connect(lambda: self.chosen.ask(controls.compare, adding=True))
        self.chosen.changed.connect(self._start)
        controls.twin.clicked.connect(lambda: self.show_tables(not self.volumes.as_table))
        controls.changed.connect(self._change_time)
        self.compared.dropped.connect(self.chosen.drop)
        self.compared.days_changed.connect(self.refresh)
        self.meters.currentIndexChanged.connect(lambda _index: self._count())
        self.levels.legend.toggled.connect(lambda _shown: self._say_forecasts())
        for one, other in ((self.volumes, self.levels), (self.levels, self.volumes)):
            one.chart.span_changed.connect(other.chart.show_span)
            one.chart.span_changed.connect(lambda _span, card=other: card.refresh_whole())
            one.chart.pointed.connect(other.chart.point_at)
        worker.answered.connect(self._take)
        worker.failed.connect(self._fail)
        worker.news.connect(self.refresh)
        self.files = HistoryFiles(self, worker)
        self.files.saved.connect(self.saved)
        self.files.failed.connect(self.failed)
        for change in (self._devices.layoutChanged, self._devices.dataChanged):
            change.connect(self._follow_devices)

    # --- what the window tells ------------------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the chart, and choose a device where none is."""
        self.chosen.choose_first()
        shows = self._pages.currentWidget() is not self._empty
        (self.volumes.chart if shows else self.controls.device).setFocus()

    def set_link(self, state: LinkState) -> None:
        """Say how the window stands to the agent."""
        self._link = state
        self._refresh()

    def set_loaded(self) -> None:
        """Take that all devices have been told."""
        self.chosen.set_whole()
        self._follow_devices()

    def show_device(self, key: str) -> None:
        """Show one device, and none beside it."""
        self.chosen.show(key)

    def show_beside(self, key: str) -> None:
        """Show one more device, to compare."""
        self.chosen.show_beside(key)

    def put_back(self, state: HistoryState) -> None:
        """Ask for what was looked at last time; what is not known any more changes nothing."""
        self.chosen.put_back(state.devices)
        self.controls.put_back(state.period, state.bucket)
        self._meter = state.meter
        days = days_of(state.days)
        if days is not None:
            self.compared.set_days(*days)
        elif self.controls.chosen_period() is Period.OWN:
            self._usual_days()
        self.show_tables(state.as_tables)
        self._refresh()

    def kept(self) -> HistoryState:
        """Say what is looked at, for the next time."""
        own = self.controls.chosen_period() is Period.OWN
        return HistoryState(
            devices=list(self.chosen.keys),
            period=self.controls.period.value(),
            bucket=self.controls.bucket.value(),
            meter=self._meter,
            days=[day.isoformat() for day in self.compared.days()] if own else [],
            as_tables=self.volumes.as_table,
        )

    def show_tables(self, on: bool) -> None:
        """Show the tables, or the charts."""
        for card in (self.volumes, self.levels):
            card.show_table(on)
        tip = self.tr("Show as charts") if on else self.tr("Show as a table")
        self.controls.twin.setToolTip(tip)
        self.controls.twin.setAccessibleName(tip)

    @property
    def wish(self) -> Wish | None:
        """What is shown, or asked for."""
        return self._wish

    @property
    def told(self) -> object:
        """The key of the wish that is answered and shown."""
        return self._taken

    @property
    def zone_name(self) -> str:
        """Whose days are meant."""
        return self._zone_name

    # --- choosing -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what was put back, now that somebody looks."""
        super().showEvent(event)
        self._follow_devices()

    def _follow_devices(self) -> None:
        self.chosen.tidy()
        if self.isVisible():
            self.chosen.choose_first()
            told = () if self._wish is None else self._wish.keys
            if tuple(s.device.key for s in self.chosen.summaries()) != told:
                self._start()
        self._refresh()

    def _start(self) -> None:
        """Ask about other devices: what can be counted is theirs."""
        found = self.chosen.summaries()
        if not found:
            self._wish = self._shown = None
            self._worker.ask(None)
            self._refresh()
            return
        latest = found[0].latest
        known = tuple(latest.meters) if latest else ("total",)
        life = latest.engine_life if latest and "total" not in known else None
        made = choices(known, engine_life=life.unit if life else "") or choices(("total",))
        if made != self._choices:
            self._choices = made
            self.meters.blockSignals(True)
            self.meters.clear()
            for choice in made:
                self.meters.addItem(choice.name, choice.key)
            self.meters.choose(self._meter)
            self.meters.blockSignals(False)
        self.refresh()

    def _change_time(self) -> None:
        if self.controls.chosen_period() is Period.OWN:
            self._usual_days()
        self.refresh()

    def _usual_days(self) -> None:
        today = self.clock().astimezone(self._zone).date()
        self.compared.set_days(today - timedelta(days=41), today)

    def _count(self) -> None:
        """Count what a person chose, for this device and the next ones that can."""
        self._meter = self.meters.value()
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is shown, by the clock of now."""
        found = self.chosen.summaries()
        if not found or not self._choices:
            self._refresh()
            return
        now = self.clock()
        period = self.controls.chosen_period()
        chosen = range_of(period, now, self._zone, self.compared.days())
        choice = next((c for c in self._choices if c.key == self.meters.value()), self._choices[0])
        bucket = self.controls.chosen_bucket()
        self._wish = Wish(
            found, choice, bucket, chosen, self._zone_name, self._zone, chart_words.first_weekday()
        )
        self._question = question(self._wish, now.timestamp())
        self._worker.ask(self._question)
        self._refresh()

    # --- what comes -----------------------------------------------------------------------------

    def _take(self, asked: Question, shown: Shown) -> None:
        wish = self._wish
        if asked is not self._question or wish is None:
            return
        same = self._taken == wish.key
        self._taken = wish.key
        self._shown = shown
        spent = wish.supplies
        hidden = frozenset(
            part.key
            for part in shown.levels.all_parts
            if not chart_series.is_spent(part.key, spent)
        )
        self.volumes.show_title(chart_words.per(wish.bucket, self._counted(wish)))
        name = chart_words.short(device_words.place_name(wish.devices[0]))
        title = self.tr("Supplies of %1").replace("%1", name, 1)
        self.levels.show_title(title if wish.compares else self.tr("Supplies"))
        span = self._kept_span() if same else None
        self.volumes.show_data(shown.volumes, self._zone, span)
        self.levels.show_data(shown.levels, self._zone, span, hidden=hidden)
        self._say_answers(shown.answers)
        self._say_forecasts()
        notice = device_standing.standing(wish.devices[0])
        second = "" if shown.known else self.tr("Read once so far: it takes two readings to tell.")
        self.volumes.say(wording.listed([second, notice.text if notice else ""]))
        self._refresh()

    def _counted(self, wish: Wish) -> str:
        if not wish.compares:
            return wish.choice.name
        single = next((c for c in self._choices if c.key == wish.choice.single), wish.choice)
        return single.name

    def _kept_span(self) -> Span | None:
        chart = self.volumes.chart
        return chart.span if chart.zoomed else None

    def _say_answers(self, found: tuple[Answer, ...]) -> None:
        for place, card in enumerate(self.answers):
            card.setVisible(place < len(found))
            if place < len(found):
                answer = found[place]
                card.ask(answer.question)
                card.show_value(answer.value, answer.note)

    def _say_forecasts(self) -> None:
        if self._shown is not None:
            told = forecasts(self._shown.levels, self.levels.legend.shown)
            if self._shown.levels.empty and self._wish is not None:
                told = untold(self._wish.supplies)
            self.levels.say(told)

    def _fail(self, problem: Problem) -> None:
        if self._link is LinkState.CONNECTED:
            self.failed.emit(problem)

    # --- words ----------------------------------------------------------------------------------

    def _refresh(self) -> None:
        found = self.chosen.summaries()
        if found:
            row = self._devices.row(found[0].device.key)
            name = f"{row.title} · {row.subtitle}" if row else ""
            self.controls.device.name(name)
        names = [(s.device.key, device_words.place_name(s)) for s in found[1:]]
        self.compared.show_state(names, own=self.controls.chosen_period() is Period.OWN)
        self.controls.compare.setEnabled(bool(found) and not self.chosen.full)
        told = self._shown is not None and bool(found)
        nothing = self._shown is not None and self._shown.volumes.empty and self._shown.levels.empty
        for each in (self.controls.export, self.controls.twin):
            each.setEnabled(told and not nothing)
        if told and not nothing:
            self._pages.setCurrentIndex(0)
            return
        ever = bool(found) and found[0].latest is not None
        state = Emptiness(self._link, bool(self._devices.total), bool(found), nothing, ever)
        self._empty.say(*why(state))
        self._pages.setCurrentWidget(self._empty)

    def _help(self) -> None:
        """Do what the empty page offers."""
        found = self.chosen.summaries()
        if found:
            self.read_asked.emit(found[0].device.key)
        else:
            self.scan_asked.emit()

    def shown_now(self) -> Shown | None:
        """Give what is shown."""
        return self._shown
