"""The Devices view with an agent: several at once, views, exports, the keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.cards import NoticeCard
from app.ui.devices.columns import USUAL, Column
from app.ui.devices.failures_sheet import FailuresSheet
from app.ui.devices.name_sheet import NameSheet
from app.ui.devices.views import BUILT_IN, SavedView
from app.ui.theme import Theme
from app.ui.window_state import WindowState, load, save
from app.views import placing
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker, LinkState
from core.model.action import ActionKind, CollectArguments, ManageArguments
from core.model.problem import Problem
from tests.support.fake_agent import AT, FOLDER, FakeAgent
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
    assert view.bar.text == "3 selected"
    view.bar.read.click()
    assert not view.bar.read.isEnabled()
    assert "Others are being read" in view.bar.read.toolTip()
    opened.loop.wait(opened.toasts, "what came of it")
    assert opened.agent.done == [(ActionKind.COLLECT, CollectArguments(tuple(view.table.chosen)))]
    assert set(view.table.chosen) == set(THREE)
    assert opened.toasts() == ["3 read"]
    assert view.bar.read.isEnabled()


def test_each_that_gave_nothing_is_named_with_its_cause_and_what_to_do(opened: Opened) -> None:
    view = opened.view
    at = summary(1).device.endpoint, summary(7).device.endpoint
    silent = Problem("snmp_timeout", f"{at[0]} gave no answer.", "Is it switched on?")
    silent_too = Problem("snmp_timeout", f"{at[1]} gave no answer.", "Is it switched on?")
    refused = Problem("snmp_refused", "It refuses every SNMP name.", "Set its SNMP name.")
    for number, problem in ((1, silent), (7, silent_too), (8, refused)):
        opened.agent.put(replace(summary(number), problem=problem, problem_at=AT))
    view.table.choose([*THREE, "d00008"])
    view.bar.read.click()
    opened.loop.wait(view.outcome.isVisible, "what came of it")
    assert view.outcome.accessibleName() == "1 read  ·  3 gave nothing"
    assert opened.toasts() == []
    opened.loop.spin(0.1)
    assert view.outcome.isVisible()  # it stays until somebody has looked
    view.outcome.acted.emit()
    assert not view.outcome.isVisible()
    (sheet,) = view.findChildren(FailuresSheet)
    assert sheet.isVisible()
    opened.loop.spin(0.05)
    causes = [
        (c.accessibleName(), c.accessibleDescription()) for c in sheet.findChildren(NoticeCard)
    ]
    assert causes == [
        ("The printer gave no answer.", silent.remedy),
        (refused.text, refused.remedy),
    ]
    links = [b for b in sheet.findChildren(QPushButton) if b.property("kind") == "link"]
    assert {b.accessibleName().split(",")[0] for b in links} == {"X-ray", "Front desk", "Archive"}
    next(b for b in links if b.text().startswith("Archive")).click()
    assert not sheet.isVisible()
    assert view.details.key == "d00008"
    view.outcome.acted.emit()
    opened.agent.done.clear()
    next(b for b in sheet.findChildren(QPushButton) if b.text() == "Read them again").click()
    opened.loop.wait(lambda: opened.agent.done)
    assert set(opened.agent.done[0][1].devices) == {"d00001", "d00007", "d00008"}


def test_several_are_compared_in_history_and_no_more_than_fit(opened: Opened) -> None:
    view = opened.view
    view.table.choose([f"d{number:05}" for number in range(7)])
    assert not view.bar.compare.isEnabled()
    assert view.bar.compare.toolTip() == "At most 6 printers can be compared."
    view.table.choose(THREE)
    chosen = view.table.chosen
    view.bar.compare.click()
    assert opened.window.view == "history"
    assert opened.window.history.kept().devices == chosen


def test_details_can_be_closed_and_come_back_when_they_are_asked_for(opened: Opened) -> None:
    view, qtbot = opened.view, opened.qtbot
    view.show_key("d00005")
    opened.loop.spin(0.05)
    narrow = view.table.width()
    close = next(
        b for b in view.details.findChildren(QPushButton) if b.accessibleName().startswith("Close")
    )
    close.click()
    opened.loop.spin(0.05)
    assert not view.details.isVisible()
    assert view.table.width() > narrow + 300
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert not view.details.isVisible()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.details.isVisible()
    assert view.details.key == view.table.current_key != "d00005"
    close.click()
    place = view.table.visualRect(view.model.index(1, 0)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.details.isVisible()
    close.click()
    opened.agent.tell(replace(summary(5), stale=True))
    opened.loop.wait(lambda: view.model.row("d00005").summary.stale)
    assert not view.details.isVisible()  # news do not bring them back
    view.show_key("d00007")
    assert view.details.isVisible()
    view.model.remove([row.key for row in view.model.rows()])
    view._refresh()
    assert not view.details.isVisible()  # there is nothing to choose


def test_the_bar_is_never_cut(opened: Opened) -> None:
    view = opened.view
    for width in (980, 1100, 1280, 1920):
        opened.window.resize(width, 700)
        view.table.choose(THREE)
        opened.loop.spin(0.05)
        shown = [b for b in view.bar.findChildren(QPushButton) if b.isVisible()]
        assert len(shown) == 7
        edges = [(b.geometry().left(), b.geometry().right()) for b in shown]
        assert all(a[1] < b[0] for a, b in pairwise(edges)), width
        assert edges[-1][1] <= view.bar.width()
        assert all(b.width() >= b.minimumSizeHint().width() for b in shown), width


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


def test_a_view_has_another_name_from_now_on(opened: Opened) -> None:
    view, views = opened.view, opened.view.views
    kept = [SavedView("One & only", "vendor:hp"), SavedView("Two", "is:low"), SavedView("Three")]
    views.take(kept)
    view.show_view(kept[0])
    views.list.aboutToShow.emit()
    said = [action.text() for action in views.list.actions()]
    assert "Rename “One && only”…" in said
    next(a for a in views.list.actions() if a.text().startswith("Rename")).trigger()
    sheet = view.findChild(NameSheet)
    assert isinstance(sheet, NameSheet)
    assert sheet.field.text() == "One & only"
    opened.qtbot.keyClicks(sheet.field, "Three")  # all of it is selected, and replaced
    opened.qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert views.saved == [SavedView("Three", "vendor:hp"), kept[1]]
    assert views.current == views.saved[0]
    assert "Three" in views.accessibleName()
    views.rename(kept[2], "Nobody's")
    assert len(views.saved) == 2


def test_what_a_filter_hid_is_selected_again_when_it_gives_way(opened: Opened) -> None:
    view = opened.view
    view.show_key("d00005")
    view.filter.setText("brother")
    opened.loop.wait(lambda: view.model.rowCount() < 20)
    assert view.table.current_key is None
    view.clear_filter()
    assert view.table.current_key == "d00005"
    assert view.table.chosen == ["d00005"]


def test_down_goes_from_the_filter_to_what_it_found(opened: Opened) -> None:
    view = opened.view
    view.show_key("d00005")
    view.filter.setFocus()
    view.filter.setText("brother")
    opened.loop.wait(lambda: view.model.rowCount() < 20)
    assert view.table.current_key is None
    opened.qtbot.keyClick(view.filter, Qt.Key.Key_Down)
    assert view.focusWidget() is view.table
    assert view.table.current_key == view.model.key_at(0) == view.details.key


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
    assert view.bar.text == "20 selected"
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
