"""A card with a chart, its legend, and its twin as a table."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.cards import Card
from app.ui.charts import readout as chart_readout
from app.ui.charts.chart import Chart
from app.ui.charts.data import ChartData
from app.ui.charts.legend import Legend
from app.ui.charts.span import Span
from app.ui.charts.table import ChartTable
from app.ui.origins_panel import OriginsPanel
from app.ui.tokens import L, S
from app.ui.widgets import IconButton, label


class ChartCard(Card):
    """Put data in with ``show_data``; a sentence under the title says what the chart comes to."""

    def __init__(self, title: str) -> None:
        super().__init__(title, margin=L - 2)
        self.layout().setSpacing(S)  # type: ignore[union-attr]
        self.chart = Chart(title)
        self.table = ChartTable(title)
        self.legend = Legend()
        self.sentence = label(role="small", wrap=True, select=True)
        self.whole = IconButton("fit", self.tr("Show all of the time (0)"))
        self.whole.clicked.connect(self.chart.show_all)
        self.legend.toggled.connect(self._toggle)
        self.chart.span_changed.connect(lambda _span: self.refresh_whole())
        self.chart.asked.connect(lambda at: self._explain(self.chart, at))
        self.table.asked.connect(lambda at: self._explain(self.table, at))
        self._panel: OriginsPanel | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.chart)
        self._pages.addWidget(self.table)
        self.head.insertWidget(1, self.legend)
        self.head.addWidget(self.whole)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self._pages, 1)
        self.sentence.hide()
        self.refresh_whole()

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self._pages.currentWidget() is self.table

    def show_table(self, on: bool) -> None:
        """Show the table, or the chart."""
        self._pages.setCurrentWidget(self.table if on else self.chart)
        self.refresh_whole()

    def say(self, sentence: str) -> None:
        """Say in words what the chart comes to."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def show_data(
        self,
        data: ChartData,
        zone: tzinfo,
        span: Span | None,
        *,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Show data; ``span`` is what of its time is in sight (``None``: all), ``hidden`` what a
        person has to ask for.
        """
        self.chart.zone = zone
        line = bool(data.lines) or not data.stacked
        self.legend.show_parts(data.all_parts, line=line, hidden=hidden)
        self.chart.show_data(data, self.legend.shown, span)
        self.table.show_data(data, self.legend.shown, zone)
        self.refresh_whole()

    def _toggle(self, shown: tuple[bool, ...]) -> None:
        self.chart.show_parts(shown)
        self.table.show_data(self.chart.data, shown, self.chart.zone)

    @property
    def panel(self) -> OriginsPanel | None:
        """What explains where values come from, once it was asked for."""
        return self._panel

    def _explain(self, opener: QWidget, at: float) -> None:
        """Say where the values of a time come from."""
        chart = self.chart
        told = chart_readout.read(chart.data, chart.shown, at, chart.zone)
        found = chart_readout.explained(chart.data, chart.shown, at)
        if told is None or not found:
            return
        if self._panel is None:
            self._panel = OriginsPanel(self.window())
        x = round(chart.layout_now().scale.x(told.at)) if opener is chart else 0
        self._panel.explain(told.title, found, opener, QPoint(x, 0))

    @property
    def title(self) -> str:
        """What the card is about."""
        return self.accessibleName()

    def refresh_whole(self) -> None:
        """Offer to show all again where less is in sight."""
        self.whole.setVisible(self.chart.zoomed and not self.as_table)
