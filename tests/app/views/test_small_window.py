"""A small window: what says nothing makes room for what does."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from app.ui.window_state import WindowState
from app.views import placing
from tests.support.inhabited import Opened


def test_details_of_nothing_take_no_room_of_a_small_window(inhabited: Opened) -> None:
    window, loop = inhabited.window, inhabited.loop
    window.open_view("devices")
    devices = window.devices
    devices.table.clearSelection()
    devices.details.clear()
    window.resize(0, 0)
    loop.wait(devices.details.isHidden, "the table's room")
    assert devices.table.width() > 700
    devices.show_key("d00000")
    assert devices.details.isVisible()
    devices.details.closed.emit()
    assert devices.details.isHidden()


def test_details_of_nothing_say_what_to_do_in_a_usual_window(inhabited: Opened) -> None:
    window, loop = inhabited.window, inhabited.loop
    window.open_view("devices")
    window.devices.details.clear()
    window.resize(0, 0)
    loop.wait(window.devices.details.isHidden, "the small window")
    window.resize(1280, 800)
    loop.wait(window.devices.details.isVisible, "the pane")


def test_a_first_start_is_no_larger_than_the_screen(inhabited: Opened) -> None:
    window, screen = inhabited.window, QGuiApplication.primaryScreen().availableGeometry()
    window.resize(screen.width() + 700, screen.height() + 300)
    placing.restore(window, WindowState())
    assert window.width() <= max(screen.width(), window.minimumWidth())
    assert window.height() <= max(screen.height(), window.minimumHeight())
