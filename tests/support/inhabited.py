"""A window with its habits, on an agent in memory."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main import make_workers
from app.ui.window_state import WindowState
from app.views.habits import Habits
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.segment import Segment
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries


class Opened:
    """Twelve printers, one network, nothing set up by itself."""

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
        """Press a key in the palette."""
        field = self.habits.palette.field
        self.qtbot.keyClick(field, key, modifier or Qt.KeyboardModifier.NoModifier)

    def find(self, text: str) -> list[str]:
        """Type into the palette; gives what it shows."""
        self.habits.open_palette()
        self.qtbot.keyClicks(self.habits.palette.field, text)
        return self.habits.palette.shown()
