"""Every view of the window, with a thing chosen where things are chosen, and every panel."""

from __future__ import annotations

from collections.abc import Iterator

from app.views.window import MainWindow
from tests.support.qt_loop import QtLoop

_REST = 0.05  # s, for Qt to lay out


def scenes(window: MainWindow, loop: QtLoop) -> Iterator[str]:
    """Open one after the other; gives the name of each while it is shown."""
    for view in window.views:
        window.open_view(view)
        loop.spin(_REST)
        yield view
    window.open_view("devices")
    window.devices.show_key("d00000")
    loop.spin(_REST)
    yield "a device"
    yield from _alerts(window, loop)
    window.scan_panel.toggle_at(window.devices.scan)
    loop.spin(_REST)
    yield "the scan panel"
    window.scan_panel.hide()
    window.header.support.click()
    loop.spin(_REST)
    yield "the support panel"
    window.support_panel.hide()


def _alerts(window: MainWindow, loop: QtLoop) -> Iterator[str]:
    window.open_view("alerts")
    window.alerts.table.setCurrentIndex(window.alerts.model.index(0, 1))
    loop.spin(_REST)
    yield "an alert"
    window.alerts.show_tab("rules")
    yield "the rules"
    window.alerts.edit_rule(next(iter(window.alerts.rules.rows)))
    loop.spin(_REST)
    yield "a rule"
    window.alerts.show_tab("open")
