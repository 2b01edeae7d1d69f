"""The controls of the History view: which devices, what time, which buckets, what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from app.ui import fonts, wording
from app.ui.buttons import MenuButton, TextButton
from app.ui.charts import words as chart_words
from app.ui.charts.meters import MOST_DEVICES
from app.ui.chips import FilterChip
from app.ui.history.period import USUAL_BUCKET, Period
from app.ui.pickers import ComboBox
from app.ui.tokens import S
from app.ui.widgets import IconButton, clear, label, plain_tip
from core.model.history import Bucket

_NAME_WIDTH = 176


class HistoryControls(QObject):
    """The buttons of the head. ``changed``: another time or bucket was chosen; ``own_days`` says
    whether days are to be entered.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device = _ArrowButton()
        self.device.name(self.tr("Choose a printer"))
        self.compare = TextButton(self.tr("+ Compare")).give_way("plus")
        self.compare.setToolTip(
            self.tr("Show up to %1 printers beside each other").replace("%1", str(MOST_DEVICES), 1)
        )
        self.twin = IconButton("list", self.tr("Show as a table"))
        self.bucket = ComboBox(
            self.tr("By"),
            (
                (Bucket.DAY.value, self.tr("Day")),
                (Bucket.WEEK.value, self.tr("Week")),
                (Bucket.MONTH.value, self.tr("Month")),
            ),
        )
        self.period = ComboBox(
            self.tr("Time"),
            (
                (Period.WEEK.value, self.tr("7 days")),
                (Period.MONTH.value, self.tr("30 days")),
                (Period.QUARTER.value, self.tr("90 days")),
                (Period.YEAR.value, self.tr("A year")),
                (Period.ALL.value, self.tr("All")),
                (Period.OWN.value, self.tr("Own days")),
            ),
        )
        self.period.choose(Period.MONTH.value)
        self.bucket.give_way()
        self.period.give_way()
        self.export = MenuButton(self.tr("Export"))
        self.export.give_way("download")
        self.bucket.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.period.currentIndexChanged.connect(lambda _index: self._choose_period())

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What stands on the right of the head, in order."""
        return (self.twin, self.bucket, self.period, self.export)

    def chosen_bucket(self) -> Bucket:
        """Give by what is counted."""
        return Bucket(self.bucket.value())

    def chosen_period(self) -> Period:
        """Give the time that is chosen."""
        return Period(self.period.value())

    def put_back(self, period: str, bucket: str) -> None:
        """Choose what was chosen last time, by its stored names, without a word about it."""
        for box, value in ((self.period, period), (self.bucket, bucket)):
            box.blockSignals(True)
            box.choose(value)
            box.blockSignals(False)

    def _choose_period(self) -> None:
        # Three years by day are a thousand bars: long times begin with longer buckets.
        self.bucket.blockSignals(True)
        self.bucket.choose(USUAL_BUCKET.get(self.chosen_period(), Bucket.DAY).value)
        self.bucket.blockSignals(False)
        self.changed.emit()


class _ArrowButton(MenuButton):
    """Opens something under it; a long name is cut."""

    def __init__(self) -> None:
        super().__init__("")
        self.clicked.disconnect()

    def name(self, text: str) -> None:
        """Show a name."""
        metrics = QFontMetrics(fonts.strong())
        self.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, _NAME_WIDTH))
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.setMinimumWidth(self.sizeHint().width())


class ComparedRow(QWidget):
    """The devices beside the main one, and the days of a time of one's own.

    ``dropped`` gives the key of one that was taken away, ``days_changed`` says that others hold.
    """

    dropped = Signal(str)
    days_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._quiet = False
        self._chips = QHBoxLayout()
        self._chips.setSpacing(S)
        self.first = _day_field(self.tr("First day"))
        self.last = _day_field(self.tr("Last day"))
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(S)
        for each in (label(self.tr("from"), "small"), self.first):
            days.addWidget(each)
        for each in (label(self.tr("to"), "small"), self.last):
            days.addWidget(each)
        for field in (self.first, self.last):
            field.dateChanged.connect(lambda _day: self._tell())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addLayout(self._chips)
        row.addStretch(1)
        row.addWidget(self._days)
        self._names: tuple[tuple[str, str], ...] = ()
        self._own = False
        self.show_state((), own=False)

    def show_state(self, names: Sequence[tuple[str, str]], *, own: bool) -> None:
        """Show these devices (key, name), and whether days are to be entered."""
        if tuple(names) != self._names:
            clear(self._chips)
            for key, name in names:
                chip = FilterChip(name, removable=True)
                chip.removed.connect(lambda key=key: self.dropped.emit(key))
                self._chips.addWidget(chip)
        self._names, self._own = tuple(names), own
        self._days.setVisible(own)
        self.setVisible(own or bool(names))

    def days(self) -> tuple[date, date]:
        """Give the first and the last day."""
        return (_plain(self.first.date()), _plain(self.last.date()))

    def set_days(self, first: date, last: date) -> None:
        """Enter days, without a word about it."""
        self._quiet = True
        for field, day in ((self.first, first), (self.last, last)):
            field.setDate(QDate(day.year, day.month, day.day))
        self._quiet = False

    def _tell(self) -> None:
        if not self._quiet:
            self.days_changed.emit()


def _day_field(name: str) -> QDateEdit:
    field = QDateEdit()
    field.setAccessibleName(name)
    field.setLocale(wording.locale())
    field.setDisplayFormat(chart_words.date_form("dMy"))
    field.lineEdit().setTextMargins(S, 0, S, 0)
    field.setFixedWidth(150)
    return field


def _plain(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
