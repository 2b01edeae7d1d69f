"""The palette lacks nothing that the window can do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLineEdit, QPushButton

from app.ui.buttons import MenuButton
from app.views.page import Page
from core.model.action import ActionKind
from tests.support.inhabited import Opened
from tests.support.sample_devices import summary
from tests.support.sample_readings import reading

SAME = {
    "Scan network": "Scan the network",
    "Export": "Export this view",
    "Export the map as SVG or PNG": "Export the map",
}
VIEWS = ("map", "devices", "history", "alerts", "settings")


def offered(view: Page) -> Iterator[QAbstractButton]:
    """Give the buttons that a person could press, outside of what scrolls."""
    for each in view.findChildren(QAbstractButton):
        above = each.parentWidget()
        while above is not None and not isinstance(above, QAbstractScrollArea | QLineEdit | Page):
            above = above.parentWidget()
        if above is view and each.isVisible() and each.isEnabled():
            yield each


@pytest.mark.parametrize("view", VIEWS)
def test_every_button_in_sight_is_found_by_its_name(inhabited: Opened, view: str) -> None:
    window = inhabited.window
    window.devices.show_key("d00001")
    window.open_view(view)
    inhabited.loop.spin(0.05)
    found = list(offered(window.views[view]))
    assert found
    for each in found:
        own = each.accessibleName() or each.text()
        name = SAME.get(own, own)
        titles = {c.title.rstrip("…") for c in inhabited.habits.commands.search(name)}
        assert name in titles, f"{name!r} of {type(each).__name__} in {view}"


def test_what_a_menu_offers_is_found_too(inhabited: Opened) -> None:
    menus = [m for m in inhabited.window.devices.findChildren(MenuButton) if m.isVisible()]
    assert menus
    titles = inhabited.find("all printers")
    assert any(title.startswith("Export: All printers (12)") for title in titles)


def test_the_buttons_of_the_header_are_found(inhabited: Opened) -> None:
    header = inhabited.window.header
    names = {b.accessibleName() or b.text() for b in header.findChildren(QPushButton)}
    assert header.support.text() in names
    assert inhabited.find("send logs")[0].startswith("Send logs to support")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("export", "Export this view…"),
        ("excel", "Export this view…"),
        ("export map", "Export the map…"),
        ("export history", "Export the history…"),
        ("read selected", "Read the selected printers now"),
        ("refresh", "Read the selected printers now"),
        ("web page", "Open the web page of the selected printer"),
        ("new rule", "Make a new rule"),
        ("set up", "Set up Platen step by step"),
        ("dark", "Dark"),
        ("filter", "Filter or search what is shown"),
        ("last ten", "Show the last ten readings of the selected printer"),
        ("ignore", "Ignore the selected printers"),
        ("history of", "Show the history of the selected printer"),
    ],
)
def test_what_a_technician_would_type(inhabited: Opened, typed: str, first: str) -> None:
    inhabited.window.devices.show_key("d00001")
    assert first in inhabited.find(typed)[:3]


def test_several_that_are_selected_are_read(inhabited: Opened) -> None:
    inhabited.window.devices.table.choose(["d00001", "d00002", "d00003"])
    inhabited.qtbot.keyClick(
        inhabited.window.devices.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier
    )
    inhabited.loop.wait(lambda: inhabited.agent.done)
    asked = [arguments.devices for kind, arguments in inhabited.agent.done
             if kind is ActionKind.COLLECT]  # fmt: skip
    assert {key for keys in asked for key in keys} >= {"d00001"}
    inhabited.loop.wait(lambda: not inhabited.workers.collection.round_running)
    read = [a.devices for k, a in inhabited.agent.done if k is ActionKind.COLLECT]
    assert {key for keys in read for key in keys} == {"d00001", "d00002", "d00003"}


def test_the_printer_on_the_map_is_read(inhabited: Opened) -> None:
    inhabited.agent.readings["d00004"] = reading(summary(4))
    inhabited.window.open_view("map")
    inhabited.window.map.show_key("d00004")
    inhabited.habits.commands.run("read")
    inhabited.loop.wait(lambda: inhabited.agent.done)
    assert inhabited.agent.done[0][1].devices == ("d00004",)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_export_from_elsewhere_opens_the_view_that_has_it(inhabited: Opened) -> None:
    inhabited.window.open_view("alerts")
    assert "Export this view…" not in inhabited.find("export")
    inhabited.habits.palette.leave()
    inhabited.habits.commands.run("export.devices")
    assert inhabited.window.view == "devices"
    assert inhabited.window.devices.export.list.isVisible()
    inhabited.window.devices.export.list.close()


def test_ctrl_f_searches_the_settings(inhabited: Opened) -> None:
    window = inhabited.window
    window.open_view("settings")
    window.rail._buttons["settings"].setFocus()
    target = window.rail._buttons["settings"]
    inhabited.qtbot.keyClick(target, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.settings.search.hasFocus()
