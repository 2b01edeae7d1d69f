"""The Devices view with an agent: several at once, views, exports, the keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.device_columns import USUAL, Column
from app.ui.device_views import BUILT_IN, SavedView
from app.ui.name_sheet import NameSheet
from app.ui.theme import Theme
from app.ui.window_state import WindowState, load, save
from app.views import placing
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker, LinkState
from core.model.action import ActionKind, CollectArguments, ManageArguments
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries, summary
from tests.support.sample_readings import reading

THREE = ["d00001", "d00004", "d00007"]


class Opened:
    """A window with twenty devices."""

    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        agent.put(*summaries(20))
        self.loop, self.agent, self.qtbot = loop, agent, qtbot
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        self.window.show()
        self.view = self.window.devices
        self.workers.connection.start()
        loop.wait(lambda: self.view.loaded, "the devices")

    def toasts(self) -> list[str]:
        return list(self.window.toasts.texts)


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(close_workers(made.workers))


def test_several_have_a_bar_and_are_read_in_one_go(opened: Opened) -> None:
    view = opened.view
    view.table.choose(THREE[:1])
    assert not view.bar.isVisible()
    view.table.choose(THREE)
    assert view.bar.isVisible()
    assert view.bar.text == "3 printers selected"
    view.bar.read.click()
    assert not view.bar.read.isEnabled()
    assert "Others are being read" in view.bar.read.toolTip()
    opened.loop.wait(opened.toasts, "what came of it")
    assert opened.agent.done == [(ActionKind.COLLECT, CollectArguments(tuple(view.table.chosen)))]
    assert set(view.table.chosen) == set(THREE)
    assert opened.toasts() == ["3 read"]
    assert view.bar.read.isEnabled()


def test_what_cannot_be_done_says_why(opened: Opened) -> None:
    bar = opened.view.bar
    opened.view.table.choose(THREE)
    assert bar.ignore.isEnabled()
    assert not bar.manage.isEnabled()
    assert bar.manage.toolTip() == "All of them are managed already."
    opened.agent.go_away()
    opened.loop.wait(lambda: opened.workers.connection.link.state is LinkState.AWAY)
    assert not bar.read.isEnabled()
    assert bar.read.toolTip() == "The agent is away."


def test_ignoring_asks_for_all_of_them(opened: Opened) -> None:
    opened.view.table.choose(THREE)
    opened.view.bar.ignore.click()
    opened.loop.wait(lambda: opened.agent.done)
    kind, asked = opened.agent.done[0]
    assert kind is ActionKind.MANAGE
    assert asked == ManageArguments(tuple(opened.view.table.chosen), managed=False)


def test_a_selection_and_its_place_survive_news_of_all(opened: Opened) -> None:
    view = opened.view
    view.table.choose(THREE)
    for number in range(20):
        opened.agent.tell(replace(summary(number), stale=True))
    opened.agent.tell(summary(30), "found")
    opened.loop.wait(lambda: view.model.rowCount() == 21)
    assert set(view.table.chosen) == set(THREE)
    view.filter.setText("brother")
    opened.loop.wait(lambda: view.model.rowCount() < 20)
    assert view.table.chosen == ["d00001"]
    assert not view.bar.isVisible()


def test_a_view_is_saved_chosen_and_deleted(opened: Opened) -> None:
    view = opened.view
    view.show_view(BUILT_IN[2])
    assert view.views.current == BUILT_IN[2]
    assert view.filter.text() == "is:low"
    assert Column.LOWEST in view.table.columns
    view.columns.choose(Column.FIRMWARE, shown=True)
    assert view.views.current is None
    view.views.save_asked.emit()
    sheet = view.findChild(NameSheet)
    assert isinstance(sheet, NameSheet)
    opened.qtbot.keyClicks(sheet.field, "Firmware of low ones")
    opened.qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert view.views.current == view.views.saved[0]
    view.show_view(BUILT_IN[0])
    assert view.table.columns == list(USUAL)
    assert view.model.rowCount() == 20
    view.show_view(view.views.saved[0])
    assert view.table.columns[-1] is Column.FIRMWARE
    view.views.drop(view.views.saved[0])
    assert view.views.saved == []


def test_views_are_there_the_next_time(opened: Opened, tmp_path: Path) -> None:
    kept = SavedView("Mine", "vendor:hp", [0, 3, 13, 99], 3, True)
    opened.view.views.take([kept])
    state = WindowState()
    placing.keep(opened.window, state)
    save(state, tmp_path)
    opened.view.views.take([])
    placing.restore(opened.window, load(tmp_path))
    assert opened.view.views.saved == [kept]
    assert kept.shown() == [Column.PLACE, Column.TOTAL, Column.FIRMWARE]


def test_what_the_filter_does_not_know_is_said(opened: Opened) -> None:
    view = opened.view
    view.filter.setText("maker:HP canon")
    opened.loop.wait(view._wrong.isVisible)
    assert "“maker”" in view._wrong.accessibleName()
    assert view.model.rowCount() == 2
    view.clear_filter()
    assert not view._wrong.isVisible()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_holds_what_was_selected(opened: Opened, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"some.{ending}"
    opened.agent.readings["d00001"] = reading(summary(1))
    opened.workers.devices.export.start(str(target), THREE)
    opened.loop.wait(opened.toasts, "the file")
    assert opened.toasts() == [f"3 printers written to {target.name}"]
    if ending == "csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    else:
        sheet = openpyxl.load_workbook(target).active
        assert sheet is not None
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert sorted(row[0] for row in rows[1:]) == THREE
    total = rows[0].index("Total")
    latest = summary(1).latest
    assert latest is not None
    assert {row[0]: row[total] for row in rows}["d00001"] == str(latest.meters["total"])
    assert not opened.view.writing.isVisible()


def test_an_export_that_is_stopped_leaves_no_file(opened: Opened, tmp_path: Path) -> None:
    export = opened.workers.devices.export
    keys = [f"d{number:05}" for number in range(20)]
    export.start(str(tmp_path / "all.csv"), keys)
    opened.loop.wait(opened.view.writing.isVisible)
    opened.view.writing.cancelled.emit()
    opened.loop.wait(lambda: not export.running)
    assert list(tmp_path.iterdir()) == []
    assert not opened.view.writing.isVisible()


def test_an_export_that_cannot_be_written_says_why(opened: Opened, tmp_path: Path) -> None:
    opened.workers.devices.export.start(str(tmp_path / "none" / "all.csv"), THREE)
    opened.loop.wait(opened.window.banner.isVisible)
    assert opened.window.banner.notice is not None
    assert "cannot be written" in opened.window.banner.notice.text


def test_by_keyboard_alone(opened: Opened) -> None:
    view, qtbot = opened.view, opened.qtbot
    view.table.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Down, shift)
    assert len(view.table.chosen) == 2
    qtbot.keyClick(view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.bar.text == "20 printers selected"
    view.bar.copy.setFocus()
    qtbot.keyClick(view.bar.copy, Qt.Key.Key_Space)
    assert len(QGuiApplication.clipboard().text().splitlines()) >= 20
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert view.table.chosen == [view.table.current_key]
    link = next(b for b in view.details.findChildren(QPushButton) if "Last ten" in b.text())
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert opened.window.readings.isVisible()
    qtbot.keyClick(opened.window.readings, Qt.Key.Key_Escape)
    assert not opened.window.readings.isVisible()
