"""What is done with devices, one or many: read, managed, exported, copied; and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from app.ui import copying, wording
from app.ui.banner import Notice
from app.ui.devices.details import DeviceDetails
from app.ui.devices.failures_sheet import Failure, FailuresSheet
from app.ui.task_progress import Task
from app.ui.toasts import Toasts
from app.ui.tokens import Tone
from app.views.device_table import DevicesView
from app.views.saved_files import SavedFiles
from app.workers.collection import CollectionWorker, Round
from app.workers.connection import LinkState
from app.workers.export import ExportWorker
from core.model.problem import Problem


class DeviceActions(QObject):
    """Joins the Devices view to its workers. ``failed`` gives a ``Problem`` for the banner,
    ``compare_asked`` a key and those whose history is to be shown beside it.
    """

    failed = Signal(object)
    compare_asked = Signal(str, list)

    def __init__(
        self,
        view: DevicesView,
        collection: CollectionWorker,
        export: ExportWorker,
        toasts: Toasts,
        files: SavedFiles,
    ) -> None:
        super().__init__(view)
        self._view, self._collection, self._export = view, collection, export
        self._toasts, self._files = toasts, files
        self._exporting = 0
        self._sheet = FailuresSheet(view)
        self._failures: tuple[Failure, ...] = ()
        self._join_view()
        self.join_details(view.details)
        collection.round_changed.connect(self._show_round)
        collection.managed.connect(self._say_managed)
        export.progressed.connect(self._show_export)
        export.done.connect(self._say_exported)
        export.cancelled.connect(self._end_export)
        export.failed.connect(self._fail_export)
        self.refresh()

    def _join_view(self) -> None:
        view, bar = self._view, self._view.bar
        view.table.chosen_changed.connect(self.refresh)
        view.link_changed.connect(self.refresh)
        view.model.dataChanged.connect(self.refresh)
        view.table.menu_asked.connect(self._open_menu)
        view.export_asked.connect(self.ask_file)
        bar.read_asked.connect(lambda: self.read(view.table.chosen))
        bar.manage_asked.connect(lambda on: self.manage(view.table.chosen, managed=on))
        bar.export_asked.connect(lambda: self.ask_file(view.table.chosen))
        bar.compare_asked.connect(self._compare)
        bar.copy_asked.connect(self.copy)
        bar.none_asked.connect(lambda: view.table.choose([]))
        view.outcome.acted.connect(self._show_failures)
        self._sheet.opened.connect(view.show_key)
        self._sheet.again.connect(self.read)
        view.reading.cancelled.connect(self._collection.cancel_round)
        view.writing.cancelled.connect(self._export.cancel)

    def join_details(self, details: DeviceDetails) -> None:
        """Say of these details, too, which page is opened."""
        details.page_opened.connect(self._say_page)

    # --- doing ----------------------------------------------------------------------------------

    def read(self, keys: Sequence[str]) -> None:
        """Read these devices now."""
        if len(keys) == 1:
            self._collection.read(keys[0])
        else:
            self._collection.read_many(keys)

    def manage(self, keys: Sequence[str], *, managed: bool) -> None:
        """Have these read at the usual times, or only listed."""
        if keys:
            self._collection.manage(keys, managed=managed)

    def _compare(self) -> None:
        first, *beside = self._view.table.chosen
        self.compare_asked.emit(first, beside)

    def copy(self) -> None:
        """Copy the selected rows as a table."""
        text = copying.rows_as_text(self._view.table)
        if text:
            QApplication.clipboard().setText(text)
            self._toasts.say(self.tr("Copied: it can be pasted into a spreadsheet"))

    def ask_file(self, keys: Sequence[str]) -> None:
        """Ask where these devices are to be written to, then write them."""
        if not keys or self._export.running:
            return
        self._files.look()
        xlsx, csv = self.tr("Excel workbook (*.xlsx)"), self.tr("CSV (*.csv)")
        dialog = QFileDialog(self._view, self.tr("Export devices"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([xlsx, csv])
        dialog.setDefaultSuffix("xlsx")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("csv" if chosen == csv else "xlsx")
        )
        dialog.selectFile(f"platen-devices-{datetime.now().astimezone().date().isoformat()}")
        wanted = list(keys)
        dialog.fileSelected.connect(lambda path: self._export.start(path, wanted))
        dialog.open()

    # --- the selection --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Say what can be done with what is selected."""
        chosen = self._view.table.chosen
        rows = [self._view.model.row(key) for key in chosen]
        managed = sum(row.summary.device.managed for row in rows if row is not None)
        writing = self.tr("Another file is being written.") if self._export.running else ""
        self._view.bar.show_chosen(
            len(chosen), managed, self._why_not_read(), self._away() or writing
        )

    def _why_not_read(self) -> str:
        if self._collection.round_running:
            return self.tr("Others are being read: wait for them, or cancel that.")
        return self._away()

    def _away(self) -> str:
        away = self._view.link is not LinkState.CONNECTED
        return self.tr("The agent is away.") if away else ""

    def _open_menu(self, at: QPoint) -> None:
        chosen = self._view.table.chosen
        rows = [row for key in chosen if (row := self._view.model.row(key)) is not None]
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = len(chosen) == 1
        managed = all(row.summary.device.managed for row in rows)
        entries: list[tuple[str, Callable[[], None], str]] = [
            (self.tr("Read now"), lambda: self.read(chosen), self._why_not_read()),
            (
                self.tr("Ignore") if managed else self.tr("Manage"),
                lambda: self.manage(chosen, managed=not managed),
                self._away(),
            ),
            (self.tr("Export…"), lambda: self.ask_file(chosen), self._away()),
            (self.tr("Copy"), self.copy, ""),
        ]
        if one:
            details = self._view.details
            entries[1:1] = [
                (self.tr("Last ten readings"), details.ask_recall, self._away()),
                (self.tr("Open its web page"), details.open_web_page, ""),
            ]
        for text, act, why_not in entries:
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, act=act: act())
            action.setEnabled(not why_not)
        menu.popup(at)

    # --- what came of it ------------------------------------------------------------------------

    def _show_round(self, found: Round) -> None:
        self.refresh()
        if found.running:
            self._view.outcome.tell(None)
        else:
            self._view.reading.show_task(None)
            self._say_read(found)
            return
        said = QCoreApplication.translate("Devices", "Reading %n printer(s)", "", found.total)
        figures = self._figures(found)
        share = found.done / found.total
        self._view.reading.show_task(Task(wording.counted(said, found.total), share, figures))

    def _figures(self, found: Round) -> str:
        parts = [self._counted(self.tr("%1 read"), found.done - found.failed)]
        if found.failed:
            parts.append(self._counted(self.tr("%1 gave nothing"), found.failed))
        if not found.running and found.done < found.total:
            parts.append(self._counted(self.tr("%1 not visited"), found.total - found.done))
        return wording.listed(parts)

    @staticmethod
    def _counted(form: str, count: int) -> str:
        return form.replace("%1", wording.number(count), 1)

    def _say_read(self, found: Round) -> None:
        if found.problem is not None:
            self.failed.emit(found.problem)
            return
        said = self._figures(found)
        if found.cancelled:
            said = self.tr("Stopped: %1").replace("%1", said, 1)
        if not found.failures:
            self._toasts.say(said, Tone.ACCENT if found.cancelled else Tone.GOOD)
            return
        # What went wrong does not go by itself: it stays until it is looked at.
        self._failures = tuple(self._failure(*each) for each in found.failures)
        remedy = self.tr("Each with its cause, and what to do about it.")
        self._view.outcome.tell(Notice(Tone.WARNING, said, remedy, self.tr("Show why")))

    def _show_failures(self) -> None:
        self._view.outcome.tell(None)
        self._sheet.show_failures(self._failures)

    def _failure(self, key: str, problem: Problem) -> Failure:
        row = self._view.model.row(key)
        if row is None:
            return Failure(key, problem, key)
        endpoint = row.summary.device.endpoint
        return Failure(key, problem, f"{row.title}, {row.subtitle}", endpoint)

    def _say_managed(self, count: int, managed: bool) -> None:
        if managed:
            said = QCoreApplication.translate("Devices", "%n printer(s) managed", "", count)
        else:
            said = QCoreApplication.translate("Devices", "%n printer(s) ignored", "", count)
        self._toasts.say(wording.counted(said, count))
        self.refresh()

    def _say_page(self, url: str, opened: bool) -> None:
        """Say where a browser was sent; without one, the address can be copied."""
        if opened:
            self._toasts.say(self.tr("Opening %1").replace("%1", url, 1), Tone.ACCENT)
            return
        self._toasts.say(
            self.tr("No browser took %1").replace("%1", url, 1),
            Tone.WARNING,
            self.tr("Copy the address"),
            lambda: QApplication.clipboard().setText(url),
        )

    def _show_export(self, done: int, total: int) -> None:
        self._exporting = total
        said = self.tr("Writing the file")
        form = self.tr("%1 of %2 printers")
        figures = form.replace("%1", wording.number(done), 1)
        figures = figures.replace("%2", wording.number(total), 1)
        self._view.writing.show_task(Task(said, done / total if total else None, figures))
        if not done:
            self.refresh()

    def _end_export(self) -> None:
        self._view.writing.show_task(None)
        self.refresh()

    def _fail_export(self, problem: Problem) -> None:
        self._end_export()
        self.failed.emit(problem)

    def _say_exported(self, path: str, count: int) -> None:
        self._end_export()
        said = QCoreApplication.translate("Devices", "%n printer(s) written to %1", "", count)
        said = wording.counted(said, count).replace("%1", Path(path).name, 1)
        self._files.say(said, path)
