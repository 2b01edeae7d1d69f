"""The habits of the window: palette, keys, guide, copying, dropped files, kept state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.commands import Command
from app.ui.schemes import Choice
from app.ui.theme import Theme
from app.views import placing
from app.views.window import MainWindow
from core.model.action import ActionKind
from tests.support.inhabited import Opened


def test_nothing_typed_shows_what_there_is(inhabited: Opened) -> None:
    shown = inhabited.find("")
    assert "Go to Map" in shown
    assert "Set up Platen step by step" in shown
    assert "Search or run a command" not in shown


def test_a_few_letters_and_enter_open_a_view(inhabited: Opened) -> None:
    assert inhabited.find("go map")[0] == "Go to Map"
    inhabited.press(Qt.Key.Key_Return)
    assert inhabited.window.view == "map"
    assert not inhabited.habits.palette.isVisible()


def test_the_arrows_walk_round_and_escape_leaves(inhabited: Opened) -> None:
    inhabited.habits.open_palette()
    rows = inhabited.habits.palette.list
    inhabited.press(Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1
    inhabited.press(Qt.Key.Key_Up)
    inhabited.press(Qt.Key.Key_Up)
    assert rows.currentIndex().row() == inhabited.habits.palette.model.rowCount() - 1
    inhabited.press(Qt.Key.Key_Escape)
    assert not inhabited.habits.palette.isVisible()


def test_a_printer_is_found_by_its_serial(inhabited: Opened) -> None:
    row = inhabited.window.model.row("d00004")
    assert row is not None
    assert row.serial
    assert len(inhabited.find(row.serial)) == 1
    inhabited.press(Qt.Key.Key_Return)
    assert inhabited.window.devices.table.current_key == "d00004"


def test_a_setting_is_found_by_its_key(inhabited: Opened) -> None:
    inhabited.habits.open_palette()
    inhabited.loop.wait(lambda: inhabited.window.settings.rows, "the settings")
    inhabited.habits.palette.leave()
    assert inhabited.find("schedule.read_every")
    inhabited.press(Qt.Key.Key_Return)
    assert inhabited.window.view == "settings"
    assert inhabited.window.settings.search.text() == "schedule.read_every"


def test_what_fits_nothing_says_so(inhabited: Opened) -> None:
    assert inhabited.find("zzzz") == []
    assert inhabited.habits.palette._nothing.isVisible()
    inhabited.press(Qt.Key.Key_Return)
    assert inhabited.habits.palette.isVisible()


def test_the_theme_is_chosen_by_name(inhabited: Opened, theme: Theme) -> None:
    inhabited.find("high contrast")
    inhabited.press(Qt.Key.Key_Return)
    assert theme.choice is Choice.CONTRAST


def test_each_command_has_one_name_and_keys_do_not_clash(inhabited: Opened) -> None:
    keys = [command.keys for command in inhabited.habits.commands.with_keys()]
    assert len(keys) == len(set(keys))
    with pytest.raises(ValueError, match="palette"):
        inhabited.habits.commands.register(Command("palette", "x", "y", lambda: None))


def test_read_by_keys(inhabited: Opened) -> None:
    inhabited.window.devices.show_key("d00001")
    inhabited.habits.commands.run("read")
    inhabited.loop.wait(lambda: inhabited.agent.done)
    assert inhabited.agent.done[0][0] is ActionKind.COLLECT


def test_copying_takes_the_selected_rows(inhabited: Opened) -> None:
    inhabited.window.devices.show_key("d00001")
    inhabited.window.devices.table.setFocus()
    inhabited.habits.commands.run("copy")
    lines = QApplication.clipboard().text().splitlines()
    row = inhabited.window.model.row("d00001")
    assert row is not None
    assert len(lines) == 2
    assert lines[0].startswith("Place and model\t")
    assert row.address in lines[1]


@pytest.mark.qt_log_ignore("does not support (raise|propagate)")
def test_the_guide_opens_at_the_view(inhabited: Opened) -> None:
    inhabited.window.open_view("alerts")
    inhabited.habits.open_guide()
    guide = inhabited.habits._guide
    assert guide is not None
    assert guide.text.textCursor().block().text() == "Alerts"
    guide.close()


def test_the_keys_are_listed(inhabited: Opened) -> None:
    inhabited.habits.show_keys()
    assert inhabited.habits._keys is not None
    assert inhabited.habits._keys.isVisible()


class Chosen:
    """A theme that is not worn: to restyle two windows takes seconds."""

    def __init__(self) -> None:
        self.choice = Choice.DARK

    def choose(self, choice: Choice) -> None:
        self.choice = choice


def test_the_window_is_arranged_as_it_was(
    inhabited: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The screen of the tests is smaller than the window.
    monkeypatch.setattr(placing, "on_screen", lambda place, _screens: place)
    window = inhabited.window
    window.setGeometry(40, 30, 1100, 720)
    window.open_view("map")
    window.map.canvas.zoom_in()
    window.open_view("devices")
    window.devices.table.horizontalHeader().resizeSection(1, 171)
    window.devices.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    window.open_view("map")
    chosen = Chosen()
    monkeypatch.setattr(placing, "_theme", lambda: chosen)
    placing.keep(window, inhabited.state)
    chosen.choice = Choice.LIGHT
    other = MainWindow(inhabited.workers)
    qtbot.addWidget(other)
    placing.restore(other, inhabited.state)
    heads = other.devices.table.horizontalHeader()
    assert other.geometry().getRect() == (40, 30, 1100, 720)
    assert other.view == "map"
    assert heads.sectionSize(1) == 171
    assert (heads.sortIndicatorSection(), heads.sortIndicatorOrder().name) == (1, "DescendingOrder")
    assert chosen.choice is Choice.DARK
    assert other.map.canvas.chosen_zoom == pytest.approx(window.map.canvas.zoom)
