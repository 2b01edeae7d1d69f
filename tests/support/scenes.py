"""Every view of the window, with a thing chosen where things are chosen, and every panel."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.views.window import MainWindow
from tests.support.qt_loop import QtLoop

_REST = 0.05  # s, for Qt to lay out
_LOOKS = 60


def settle(window: MainWindow, loop: QtLoop) -> None:
    """Wait until all in the window lies where it stays: under load a layout may be late."""
    before: list[tuple[QRect, bool]] = []
    for _ in range(_LOOKS):
        loop.spin(_REST)
        now = [(each.geometry(), each.isVisible()) for each in window.findChildren(QWidget)]
        if now == before:
            return
        before = now
    raise AssertionError("the window does not come to rest")


def scenes(window: MainWindow, loop: QtLoop) -> Iterator[str]:
    """Open one after the other; gives the name of each while it is shown."""
    for view in window.views:
        window.open_view(view)
        settle(window, loop)
        yield view
    window.open_view("devices")
    window.devices.show_key("d00000")
    settle(window, loop)
    yield "a device"
    yield from _alerts(window, loop)
    window.scan_panel.toggle_at(window.devices.scan)
    settle(window, loop)
    yield "the scan panel"
    window.scan_panel.hide()
    window.header.support.click()
    settle(window, loop)
    yield "the support panel"
    window.support_panel.hide()


def _alerts(window: MainWindow, loop: QtLoop) -> Iterator[str]:
    window.open_view("alerts")
    window.alerts.table.setCurrentIndex(window.alerts.model.index(0, 1))
    settle(window, loop)
    yield "an alert"
    window.alerts.show_tab("rules")
    settle(window, loop)
    yield "the rules"
    window.alerts.edit_rule(next(iter(window.alerts.rules.rows)))
    settle(window, loop)
    yield "a rule"
    window.alerts.show_tab("open")
