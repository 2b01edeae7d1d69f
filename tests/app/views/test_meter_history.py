"""The History view in the whole window, on an agent in memory with five months of readings."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.meter_history import HistoryView
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker, LinkState
from core.channel.address import AgentAwayError
from core.channel.convert import QueryPage
from core.model.event import EventKind, ReadingStored
from core.model.query import HistoryArguments
from tests.support.fake_agent import AT, FOLDER, FakeAgent
from tests.support.fake_history import five_months, one_reading
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
KEPT = {f"d{number:05}": five_months(number, NOW) for number in (0, 1, 3)}


class Opened:
    """A window whose History view is shown."""

    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent = loop, agent
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        self.window.show()

    @property
    def view(self) -> HistoryView:
        return self.window.history

    def go(self, key: str = "d00000") -> HistoryView:
        self.workers.connection.start()
        self.loop.wait(lambda: self.window.model.total)
        self.window._open_history(key)
        self.settle()
        return self.view

    def settle(self) -> None:
        """Wait until what was asked last is shown."""
        view = self.view
        self.loop.wait(lambda: view.wish is not None and view.told == view.wish.key, "an answer")


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    agent.put(*summaries(8))
    agent.history.kept = {key: {p: list(r) for p, r in runs.items()} for key, runs in KEPT.items()}
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(close_workers(made.workers))


def answered(view: HistoryView) -> dict[str, str]:
    return {answer.question: answer.value for answer in view._shown.answers}  # type: ignore[union-attr]


def test_a_device_s_details_lead_to_its_history(opened: Opened) -> None:
    opened.workers.connection.start()
    window = opened.window
    opened.loop.wait(lambda: window.model.total == 8)
    window.devices.show_key("d00003")
    (lead,) = [b for b in window.devices.details.findChildren(QPushButton) if b.text() == "History"]
    lead.click()
    assert window.view == "history"
    opened.settle()
    assert opened.view.wish is not None
    assert opened.view.wish.devices[0].device.key == "d00003"
    assert opened.view.volumes.title == "Pages per day"


def test_what_is_shown_is_what_was_counted(opened: Opened) -> None:
    view = opened.go()
    data = view.volumes.chart.data
    assert [part.name for part in data.parts] == ["Mono", "Colour"]
    assert len(data.columns) == 30
    runs = KEPT["d00000"]["meters.total"]
    first = next(r for r in runs if r.until >= data.columns[0].start)
    counted = int(runs[-1].value) - int(first.value)  # type: ignore[arg-type]
    shown = int(answered(view)["Pages in this period"].replace(",", ""))
    assert abs(shown - counted) < 60  # what an hour at midnight prints
    assert {line.part.name for line in view.levels.chart.data.lines} == {
        "Black", "Cyan", "Magenta", "Yellow"
    }  # fmt: skip
    assert "about" in view.levels.sentence.text()
    assert any(value.startswith("about") for value in answered(view).values())


def test_all_is_in_sight_in_a_usual_window(opened: Opened) -> None:
    opened.window.resize(1280, 800)
    view = opened.go()
    opened.loop.spin(0.05)
    scroll = view._pages.widget(0)
    assert isinstance(scroll, QScrollArea)
    assert scroll.verticalScrollBar().maximum() == 0


def test_time_and_bucket_are_chosen(opened: Opened) -> None:
    view = opened.go()
    view.controls.period.choose("365")
    opened.settle()
    assert view.volumes.title == "Pages per week"
    assert not view.volumes.chart.data.gaps  # three days are less than a week
    assert view.levels.chart.data.gaps
    view.controls.bucket.choose("day")
    opened.settle()
    assert [gap.told[:5] for gap in view.volumes.chart.data.gaps] == ["Mono "]
    unknown = [c for c in view.volumes.chart.data.columns if c.unknown((True, True))]
    assert len(unknown) >= 2  # hatched, and not zero
    view.controls.bucket.choose("month")
    opened.settle()
    assert view.volumes.title == "Pages per month"
    assert 5 <= len(view.volumes.chart.data.columns) <= 6
    view.controls.period.choose("own")
    last = NOW.date()
    view.compared.set_days(last - timedelta(days=9), last - timedelta(days=3))
    view.refresh()
    opened.settle()
    assert len(view.volumes.chart.data.columns) == 7
    assert view.compared.days() == (last - timedelta(days=9), last - timedelta(days=3))
    assert isinstance(view.compared.days()[0], date)


def test_six_devices_are_compared_and_taken_away(opened: Opened) -> None:
    view = opened.go()
    view.controls.compare.click()
    picker = view.chosen.picker
    assert picker is not None
    QTest.keyClicks(picker.search, "bizhub")
    assert picker.list.count() == 1
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    opened.settle()
    data = view.volumes.chart.data
    assert not data.stacked
    assert [part.key for part in data.parts] == ["d00000", "d00003"]
    assert view.volumes.title == "Total per day"
    assert view.levels.title == "Supplies of Reception"
    for number in range(1, 8):
        view.show_beside(f"d{number:05}")
    assert len(view.chosen.keys) == 6
    assert not view.controls.compare.isEnabled()
    view.compared.dropped.emit("d00003")
    assert "d00003" not in view.chosen.keys


def test_with_long_names_the_charts_fit_and_lines_differ_in_more_than_colour(
    opened: Opened,
) -> None:
    for number, name in (
        (0, "W" * 90),
        (1, "\u05de\u05d3\u05e4\u05e1\u05ea " * 12),
        (3, "<b>x</b> & " * 9),
    ):
        found = summaries(8)[number]
        identity = replace(found.device.identity, name=name, location=name)
        opened.agent.put(replace(found, device=replace(found.device, identity=identity)))
    opened.window.resize(980, 600)
    view = opened.go()
    view.show_beside("d00001")
    view.show_beside("d00003")
    opened.settle()
    opened.loop.spin(0.05)
    scroll = view._pages.widget(0)
    assert isinstance(scroll, QScrollArea)
    assert scroll.horizontalScrollBar().maximum() == 0
    for chart in (view.volumes.chart, view.levels.chart):
        patterns = [part.dash for part in chart.data.all_parts]
        assert len(set(patterns)) == len(patterns)


def test_a_time_at_the_end_in_which_nobody_read_is_hatched_and_said(opened: Opened) -> None:
    end = int((NOW - timedelta(days=6)).timestamp())
    opened.agent.history.kept["d00000"] = {
        path: [run._replace(until=min(run.until, end)) for run in runs if run.at <= end]
        for path, runs in KEPT["d00000"].items()
    }
    found = summaries(1)[0]
    opened.agent.put(replace(found, device=replace(found.device, managed=False)))
    view = opened.go()
    for chart in (view.volumes.chart, view.levels.chart):
        assert abs(chart.data.gaps[-1].since - end) <= 3600
        assert chart.layout_now().gaps
    notes = {answer.question: answer.note for answer in view._shown.answers}  # type: ignore[union-attr]
    assert notes["Pages in this period"].endswith("nobody has read it since")
    assert view.volumes.sentence.text() == "Ignored: it is listed, and never read."


def test_the_agent_ends_while_it_is_asked_and_comes_back(opened: Opened) -> None:
    view = opened.go()
    asked = opened.agent.history.query

    async def cut_off(wanted: HistoryArguments, token: str) -> QueryPage:
        opened.agent.go_away()
        raise AgentAwayError(FOLDER)

    opened.agent.history.query = cut_off  # type: ignore[method-assign]
    view.controls.period.choose("90")
    opened.loop.wait(lambda: opened.workers.connection.link.state is not LinkState.CONNECTED)
    assert len(view.volumes.chart.data.columns) == 30  # what was known stays in sight
    opened.agent.history.query = asked  # type: ignore[method-assign]
    opened.agent.away = False
    opened.workers.connection.retry()
    opened.loop.wait(lambda: len(view.volumes.chart.data.columns) == 90, "what was asked for")


def test_a_counter_that_began_anew_is_marked(opened: Opened) -> None:
    view = opened.go("d00001")
    view.controls.period.choose("90")
    opened.settle()
    words = {marker.word for marker in view.volumes.chart.data.markers}
    assert {"began anew", "error"} <= words
    notes = {answer.question: answer.note for answer in view._shown.answers}  # type: ignore[union-attr]
    assert notes["Pages in this period"].startswith("or more: the counter fell")


def test_a_new_reading_is_shown_and_the_zoom_stays(opened: Opened) -> None:
    view = opened.go()
    chart = view.volumes.chart
    for _ in range(5):
        chart.zoom(0.8)
    span = chart.span
    assert view.levels.chart.span == span
    runs = opened.agent.history.kept["d00000"]
    before = answered(view)["Pages in this period"]
    more = {path: int(runs[path][-1].value) + 500 for path in ("meters.total", "meters.mono")}  # type: ignore[arg-type]
    opened.agent.history.read_once("d00000", dict(more), NOW.timestamp() + 60)
    opened.agent.publish(EventKind.READING_STORED, ReadingStored("d00000", AT))
    opened.loop.wait(lambda: answered(view)["Pages in this period"] != before)
    assert chart.span == span
    asked = -1
    while asked != opened.agent.queries:  # until it has asked what the first reading made it ask
        asked = opened.agent.queries
        opened.loop.spin(0.6)
    opened.agent.publish(EventKind.READING_STORED, ReadingStored("d00005", AT))
    opened.loop.spin(0.6)
    assert opened.agent.queries == asked


def test_why_there_is_nothing(opened: Opened) -> None:
    opened.agent.history.kept["d00000"] = one_reading(NOW.timestamp())
    view = opened.go()
    assert view.volumes.sentence.text() == "Read once so far: it takes two readings to tell."
    assert answered(view)["Pages in this period"] == "not known"
    view.show_device("d00004")  # never read in this time
    opened.settle()
    assert view._pages.currentWidget() is view._empty
    assert view._empty.accessibleName() == "Nothing was read"
    assert not view.controls.export.isEnabled()
    view._empty.acted.emit()
    opened.loop.wait(lambda: opened.agent.done, "the reading that was asked for")
    assert opened.agent.done[0][1].devices == ("d00004",)
    opened.agent.go_away()
    opened.loop.wait(lambda: view._empty.accessibleName() == "The agent is away")


def test_without_printers_a_search_is_offered(opened: Opened) -> None:
    opened.agent.devices.clear()
    opened.workers.connection.start()
    opened.window.open_view("history")
    opened.loop.wait(lambda: opened.view._empty.accessibleName() == "No printers yet")
    opened.view._empty.acted.emit()
    assert opened.window.scan_panel.isVisible()


def test_tables_say_the_same_by_keyboard(opened: Opened) -> None:
    view = opened.go()
    view.controls.twin.click()
    assert view.volumes.table.isVisible()
    assert view.volumes.table.rows.rowCount() == 30
    assert view.levels.table.rows.rowCount() > 20
    view.controls.twin.click()
    assert view.volumes.chart.isVisible()


@pytest.mark.parametrize("ending", ["png", "svg", "csv", "xlsx"])
def test_files_open_again(opened: Opened, tmp_path: Path, ending: str) -> None:
    view = opened.go()
    path = tmp_path / f"out.{ending}"
    dialog = view.files.ask(ending)
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_ShowModal) or dialog.windowModality()
    dialog.fileSelected.emit(str(path))
    dialog.close()
    opened.loop.wait(lambda: opened.window.toasts.texts)
    assert opened.window.toasts.texts == (f"out.{ending} is written.",)
    if ending == "png":
        assert QImage(str(path)).width() == 2400
    elif ending == "svg":
        assert ET.parse(path).getroot().tag.endswith("svg")
    else:
        rows = _rows(path)
        assert rows[0][4:8] == ["Value", "From (UTC)", "Until (UTC)", "Volume or last value"]
        paths = {row[4] for row in rows[1:]}
        assert {"meters.mono", "meters.color", "supplies[1.4].level_percent"} <= paths


def _rows(path: Path) -> list[list[object]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)]
    return [
        list(row) for row in openpyxl.load_workbook(path)["History"].iter_rows(values_only=True)
    ]


def test_a_file_that_cannot_be_written_is_said(opened: Opened, tmp_path: Path) -> None:
    view = opened.go()
    for ending in ("png", "csv"):
        view.files.write(str(tmp_path / "nowhere" / f"a.{ending}"))
        opened.loop.wait(opened.window.banner.isVisible)
        opened.window.notices._forget()
    assert opened.window.toasts.texts == ()


def test_everything_that_can_be_reached_has_a_name(opened: Opened) -> None:
    view = opened.go()
    reachable = [
        w
        for w in view.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and w.isEnabled()
    ]
    nameless = [
        w
        for w in reachable
        if not w.accessibleName() and not (isinstance(w, QAbstractButton) and w.text())
    ]
    assert len(reachable) > 12
    assert nameless == []
