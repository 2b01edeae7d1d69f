"""From the details of a printer to its alerts and to its web page, in the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.devices import details as device_details
from app.ui.devices.details_alerts import AlertRow
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.event import EventKind
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.fake_alerts import ACKNOWLEDGED_AT, alert
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries


@pytest.fixture
def window(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[MainWindow]:
    agent.put(*summaries(20))
    agent.alerts.put(alert(1), alert(2, "d00003"), alert(3), alert(4, "d00003"))
    workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
    made = MainWindow(workers)
    qtbot.addWidget(made)
    made.show()
    workers.connection.start()
    loop.wait(lambda: made.devices.loaded, "the devices")
    loop.wait(lambda: made.alerts.model.open_count == 4, "the alerts")
    yield made
    loop.run(close_workers(workers))


def shown(window: MainWindow) -> list[str]:
    return [item.key for item in window.devices.details.alerts]


def test_details_follow_what_is_open(window: MainWindow, agent: FakeAgent, loop: QtLoop) -> None:
    window.devices.show_key("d00003")
    assert shown(window) == ["a00004", "a00002"]
    window.devices.show_key("d00000")
    assert shown(window) == ["a00003", "a00001"]
    window.devices.show_key("d00005")
    assert shown(window) == []
    window.devices.show_key("d00003")
    seen = replace(alert(4, "d00003"), acknowledged_at=ACKNOWLEDGED_AT)
    agent.publish(EventKind.ALERT_ACKNOWLEDGED, seen)
    loop.wait(lambda: shown(window) == ["a00002"], "the acknowledged one to go")
    agent.publish(EventKind.ALERT_RAISED, alert(9, "d00003"))
    loop.wait(lambda: shown(window) == ["a00009", "a00002"], "the new one")


def test_a_press_shows_that_alert_and_filters_give_way(window: MainWindow, loop: QtLoop) -> None:
    window.alerts.show_tab("rules")
    window.alerts.filter.setText("nothing of the kind")
    loop.spin(0.1)
    window.devices.show_key("d00003")
    loop.spin(0.05)
    rows = window.devices.details.findChildren(AlertRow)
    next(row for row in rows if row.isVisible()).click()
    assert window.view == "alerts"
    assert window.alerts.tabs.key == "open"
    assert window.alerts.table.current_key == "a00004"
    assert window.alerts.pane.item is not None
    assert window.alerts.pane.item.key == "a00004"


def test_a_web_page_is_named_as_it_is_opened(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = [True, False]

    def browser(url: QUrl) -> bool:
        asked.append(url.toString())
        return answers.pop(0)

    monkeypatch.setattr(device_details.QDesktopServices, "openUrl", browser)
    window.devices.show_key("d00000")
    web = next(
        b for b in window.devices.details.findChildren(QPushButton) if b.text() == "Web page"
    )
    web.click()
    web.click()
    assert asked == ["http://192.168.4.20/"] * 2
    assert list(window.toasts.texts) == [
        "Opening http://192.168.4.20/",
        "No browser took http://192.168.4.20/",
    ]
    copy = [b for b in window.toasts.findChildren(QPushButton) if b.text() == "Copy the address"]
    if not copy:
        copy = [b for b in window.findChildren(QPushButton) if b.text() == "Copy the address"]
    copy[0].click()
    assert QGuiApplication.clipboard().text() == "http://192.168.4.20/"


def test_what_the_dealer_is_told_of_it_is_one_press_away(window: MainWindow, loop: QtLoop) -> None:
    window.devices.show_key("d00005")
    loop.spin(0.05)
    link = next(b for b in window.devices.details.findChildren(QPushButton) if "dealer" in b.text())
    link.click()
    assert window.view == "settings"
    loop.wait(lambda: "privacy" in window.settings.sections, "the settings")
    loop.wait(window.settings.preview.isVisible, "the preview")
    assert window.settings.sections["privacy"].isVisible()
    assert not window.settings.sections["schedule"].isVisible()
    shown = [w.text() for w in window.settings.preview.findChildren(QLabel)]
    device = window.model.row("d00005")
    assert device is not None
    assert any(device.address in text for text in shown)
