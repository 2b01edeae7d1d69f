"""A window whose Alerts view is shown, on an agent in memory."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.main import make_workers
from app.views.alerts import AlertsView
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop


class Opened:
    """A window whose Alerts view is shown."""

    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent = loop, agent
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        self.window.show()

    def go(self) -> AlertsView:
        self.workers.connection.start()
        view = self.window.alerts
        self.window.open_view("alerts")
        self.loop.wait(lambda: view._loaded and view.desk.loaded and self.window.devices._loaded)
        return view

    def press(self, name: str, home: QWidget) -> None:
        buttons = [b for b in home.findChildren(QPushButton) if b.isVisible() and b.text() == name]
        assert buttons, name
        buttons[0].click()
