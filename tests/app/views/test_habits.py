"""The habits of the window: palette, keys, guide, copying, dropped files, kept state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.commands import Command
from app.ui.schemes import Choice
from app.ui.theme import Theme
from app.ui.window_state import WindowState
from app.views import placing
from app.views.habits import Habits
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.action import ActionKind
from core.model.segment import Segment
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries


class Opened:
    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent, self.qtbot = loop, agent, qtbot
        agent.set_status(segments=(Segment("Office", ("192.168.4.0/24",)),))
        agent.put(*summaries(12))
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.state = WindowState()
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        self.habits = Habits(self.window, self.workers, self.state)
        self.window.show()
        self.workers.connection.start()
        loop.wait(lambda: self.window.devices._loaded, "the devices")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        field = self.habits.palette.field
        self.qtbot.keyClick(field, key, modifier or Qt.KeyboardModifier.NoModifier)

    def find(self, text: str) -> list[str]:
        self.habits.open_palette()
        self.qtbot.keyClicks(self.habits.palette.field, text)
        return self.habits.palette.shown()


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(made.habits.close())
    loop.run(close_workers(made.workers))


def test_nothing_typed_shows_what_there_is(opened: Opened) -> None:
    shown = opened.find("")
    assert "Go to Map" in shown
    assert "Set up Platen step by step" in shown
    assert "Search or run a command" not in shown


def test_a_few_letters_and_enter_open_a_view(opened: Opened) -> None:
    assert opened.find("go map")[0] == "Go to Map"
    opened.press(Qt.Key.Key_Return)
    assert opened.window.view == "map"
    assert not opened.habits.palette.isVisible()


def test_the_arrows_walk_round_and_escape_leaves(opened: Opened) -> None:
    opened.habits.open_palette()
    rows = opened.habits.palette.list
    opened.press(Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1
    opened.press(Qt.Key.Key_Up)
    opened.press(Qt.Key.Key_Up)
    assert rows.currentIndex().row() == opened.habits.palette.model.rowCount() - 1
    opened.press(Qt.Key.Key_Escape)
    assert not opened.habits.palette.isVisible()


def test_a_printer_is_found_by_its_serial(opened: Opened) -> None:
    row = opened.window.model.row("d00004")
    assert row is not None
    assert row.serial
    assert len(opened.find(row.serial)) == 1
    opened.press(Qt.Key.Key_Return)
    assert opened.window.devices.table.current_key == "d00004"


def test_a_setting_is_found_by_its_key(opened: Opened) -> None:
    opened.habits.open_palette()
    opened.loop.wait(lambda: opened.window.settings.rows, "the settings")
    opened.habits.palette.leave()
    assert opened.find("schedule.read_every")
    opened.press(Qt.Key.Key_Return)
    assert opened.window.view == "settings"
    assert opened.window.settings.search.text() == "schedule.read_every"


def test_what_fits_nothing_says_so(opened: Opened) -> None:
    assert opened.find("zzzz") == []
    assert opened.habits.palette._nothing.isVisible()
    opened.press(Qt.Key.Key_Return)
    assert opened.habits.palette.isVisible()


def test_the_theme_is_chosen_by_name(opened: Opened, theme: Theme) -> None:
    opened.find("high contrast")
    opened.press(Qt.Key.Key_Return)
    assert theme.choice is Choice.CONTRAST


def test_each_command_has_one_name_and_keys_do_not_clash(opened: Opened) -> None:
    keys = [command.keys for command in opened.habits.commands.with_keys()]
    assert len(keys) == len(set(keys))
    with pytest.raises(ValueError, match="palette"):
        opened.habits.commands.register(Command("palette", "x", "y", lambda: None))


def test_read_by_keys(opened: Opened) -> None:
    opened.window.devices.show_key("d00001")
    opened.habits.commands.run("read")
    opened.loop.wait(lambda: opened.agent.done)
    assert opened.agent.done[0][0] is ActionKind.COLLECT


def test_copying_takes_the_selected_rows(opened: Opened) -> None:
    opened.window.devices.show_key("d00001")
    opened.window.devices.table.setFocus()
    opened.habits.commands.run("copy")
    lines = QApplication.clipboard().text().splitlines()
    row = opened.window.model.row("d00001")
    assert row is not None
    assert len(lines) == 2
    assert lines[0].startswith("Place and model\t")
    assert row.address in lines[1]


@pytest.mark.qt_log_ignore("does not support (raise|propagate)")
def test_the_guide_opens_at_the_view(opened: Opened) -> None:
    opened.window.open_view("alerts")
    opened.habits.open_guide()
    guide = opened.habits._guide
    assert guide is not None
    assert guide.text.textCursor().block().text() == "Alerts"
    guide.close()


def test_the_keys_are_listed(opened: Opened) -> None:
    opened.habits.show_keys()
    assert opened.habits._keys is not None
    assert opened.habits._keys.isVisible()


def drop(opened: Opened, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(600, 400), action, data, left, none)
    QApplication.sendEvent(opened.window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(
            opened.window, QDropEvent(QPointF(600, 400), action, data, left, none)
        )
    return enter.isAccepted()


def test_a_dropped_list_is_what_the_scan_panel_asks(opened: Opened, tmp_path: Path) -> None:
    listed = tmp_path / "ranges.csv"
    listed.write_text("address,port,name\n10.0.0.0/24,,Office\n10.0.1.5,1161,Lab\n")
    assert drop(opened, listed)
    panel = opened.window.scan_panel
    opened.loop.wait(panel.isVisible, "the panel")
    assert panel.form().targets == "10.0.0.0/24, 10.0.1.5:1161"


def test_a_bad_line_is_named(opened: Opened, tmp_path: Path) -> None:
    listed = tmp_path / "ranges.csv"
    listed.write_text("10.0.0.1\n10.0.0.999\n")
    assert drop(opened, listed)
    opened.loop.wait(lambda: "line 2" in opened.window.banner._text.text(), "the reason")


class Chosen:
    """A theme that is not worn: to restyle two windows takes seconds."""

    def __init__(self) -> None:
        self.choice = Choice.DARK

    def choose(self, choice: Choice) -> None:
        self.choice = choice


def test_the_window_is_arranged_as_it_was(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The screen of the tests is smaller than the window.
    monkeypatch.setattr(placing, "on_screen", lambda place, _screens: place)
    window = opened.window
    window.setGeometry(40, 30, 1100, 720)
    window.open_view("map")
    window.map.canvas.zoom_in()
    window.open_view("devices")
    window.devices.table.horizontalHeader().resizeSection(1, 171)
    window.devices.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    window.open_view("map")
    chosen = Chosen()
    monkeypatch.setattr(placing, "_theme", lambda: chosen)
    placing.keep(window, opened.state)
    chosen.choice = Choice.LIGHT
    other = MainWindow(opened.workers)
    qtbot.addWidget(other)
    placing.restore(other, opened.state)
    heads = other.devices.table.horizontalHeader()
    assert other.geometry().getRect() == (40, 30, 1100, 720)
    assert other.view == "map"
    assert heads.sectionSize(1) == 171
    assert (heads.sortIndicatorSection(), heads.sortIndicatorOrder().name) == (1, "DescendingOrder")
    assert chosen.choice is Choice.DARK
    assert other.map.canvas.chosen_zoom == pytest.approx(window.map.canvas.zoom)
