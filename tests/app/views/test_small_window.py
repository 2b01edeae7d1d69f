"""A small window: what says nothing makes room for what does."""

from __future__ import annotations

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
