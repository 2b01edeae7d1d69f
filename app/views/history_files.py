"""What of the History view becomes a file: a picture of the charts, or a table of the values."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from app.ui.charts import words as chart_words
from app.ui.charts.card import ChartCard
from app.ui.charts.picture import Panel, Picture, as_image, as_svg
from app.ui.devices import words as device_words
from app.ui.history.question import Wish, exported
from app.workers.history import HistoryWorker

if TYPE_CHECKING:
    from app.views.meter_history import HistoryView


class HistoryFiles(QObject):
    """Asks for a name and has it written. ``saved`` gives the path, ``failed`` a ``Problem``."""

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, view: HistoryView, worker: HistoryWorker) -> None:
        super().__init__(view)
        self._view, self._worker = view, worker
        worker.written.connect(self.saved)
        worker.not_written.connect(self.failed)
        menu = view.controls.export
        for ending, text in (
            ("png", self.tr("Picture of what is seen (PNG)…")),
            ("svg", self.tr("Drawing of what is seen (SVG)…")),
            ("csv", self.tr("Table of the whole period (CSV)…")),
            ("xlsx", self.tr("Workbook of the whole period (XLSX)…")),
        ):
            menu.offer(text, partial(self.ask, ending))

    def ask(self, ending: str) -> QFileDialog:
        """Ask for the name of a file of this kind; the window goes on meanwhile."""
        dialog = QFileDialog(self._view.window(), self.tr("Export the history"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{ending.upper()} (*.{ending})"])
        dialog.setDefaultSuffix(ending)
        kind = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(kind))
        dialog.selectFile(f"{self._name()}.{ending}")
        dialog.fileSelected.connect(self.write)
        self._view.file_asked.emit()
        dialog.open()
        return dialog

    def write(self, path: str) -> None:
        """Write the file; the end of its name says what it is to be."""
        wish = self._view.wish
        if wish is None or self._view.shown_now() is None:
            return
        ending = Path(path).suffix.lower()
        if ending == ".svg":
            self._worker.save(path, as_svg(self.picture(wish)))
        elif ending == ".png":
            self._worker.save(path, as_image(self.picture(wish)))
        else:
            devices = [summary.device for summary in wish.devices]
            asked = list(zip(devices, exported(wish), strict=True))
            self._worker.write(path, asked, wish.bucket)

    def picture(self, wish: Wish) -> Picture:
        """Give the charts as they are seen."""
        view = self._view
        cut = chart_words.short if wish.compares else str
        names = "  ·  ".join(
            # Each by itself, whichever way it is written (Unicode, UAX 9).
            f"\u2068{cut(device_words.place_name(s))} ({cut(device_words.second_line(s))})\u2069"
            for s in wish.devices
        )
        zone = view.volumes.chart.zone
        span = view.volumes.chart.span
        until = min(span.until, max(span.since, view.clock().timestamp()))  # what is to come is not
        first, last = (chart_words.full_day(at, zone) for at in (span.since, until))
        days = chart_words.said("%1 to %2").replace("%1", first, 1).replace("%2", last, 1)
        panels = [_panel(view.volumes), _panel(view.levels)]
        kept = [panel for panel in panels if not panel.data.empty]
        return Picture(names, f"{days} · {view.zone_name}", kept, zone)

    def _name(self) -> str:
        wish = self._view.wish
        name = device_words.place_name(wish.devices[0]) if wish else "Platen"
        plain = "".join(letter if letter.isalnum() else "-" for letter in name)
        return f"{plain.strip('-') or 'Platen'}-history"


def _panel(card: ChartCard) -> Panel:
    chart = card.chart
    return Panel(card.title, chart.data, chart.shown, chart.span, card.sentence.text())
