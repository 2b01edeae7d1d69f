"""Without a tray the window says so and offers everything; an agent in it is not closed unasked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.agent_controls import AgentControls
from app.views.window import MainWindow
from app.workers.aside import Aside
from app.workers.connection import ConnectionWorker
from app.workers.hosting import HostingWorker
from app.workers.tray import QUIT_IN_WINDOW, TrayWorker
from core.model.action import ActionKind
from core.model.problem import Problem
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop


@dataclass
class Agent:
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    ending: str = ""


@dataclass
class Hosted:
    agent: Agent


@asynccontextmanager
async def host(_folder: Path) -> AsyncIterator[Hosted]:
    yield Hosted(Agent())


class Opened:
    """A window with the agent's menu, on a desktop without a tray."""

    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent, self.aside = loop, agent, Aside()
        self.connection = ConnectionWorker(FOLDER, agent.connect)
        self.workers = make_workers(self.connection)
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        self.worker = TrayWorker(self.connection, FOLDER)
        self.hosting = HostingWorker(FOLDER, self.aside, host)
        self.controls = AgentControls(self.window, self.connection, self.worker, self.hosting)
        self.window.show()
        self.connection.start()
        loop.wait(self.controls.menu.collect_now.isEnabled, "the agent")

    def done(self) -> list[ActionKind]:
        return [kind for kind, _ in self.agent.done]

    def answer(self, word: str) -> None:
        box = self.window.findChild(QMessageBox)
        assert box is not None
        next(b for b in box.buttons() if b.text() == word).click()


@pytest.fixture
def opened(
    loop: QtLoop,
    agent: FakeAgent,
    qtbot: QtBot,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Opened]:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    made = Opened(loop, agent, qtbot)
    yield made
    made.controls.agreed = True
    loop.run(made.worker.close())
    loop.run(close_workers(made.workers))
    made.hosting.end_now("the test is over")
    assert made.aside.close()


def test_the_window_says_that_there_is_no_tray_and_offers_all(opened: Opened) -> None:
    assert opened.window.header.note == "Pause and quit"
    menu = opened.controls.menu
    assert "no tray icon" in menu.actions()[0].text()
    menu.pauses.actions()[0].trigger()
    menu.collect_now.trigger()
    opened.loop.wait(lambda: len(opened.agent.done) == 2)
    assert opened.done() == [ActionKind.PAUSE, ActionKind.COLLECT]
    assert opened.agent.done[0][1].minutes == 15
    menu.quit_now.trigger()
    opened.answer("Quit")
    opened.loop.wait(lambda: ActionKind.STOP in opened.done())
    assert opened.agent.done[-1][1].reason == QUIT_IN_WINDOW


def test_an_agent_inside_is_said_and_asked_about(opened: Opened) -> None:
    opened.hosting.start()
    opened.loop.wait(lambda: opened.window.banner.notice, "the word of it")
    assert opened.window.banner.notice is not None
    assert "inside this window" in opened.window.banner.notice.text
    opened.window.close()
    assert opened.window.isVisible()
    opened.answer("Close and end")
    assert not opened.window.isVisible()


def test_the_note_that_the_store_was_saved_is_taken_away_by_its_button(opened: Opened) -> None:
    rescued = Problem("store_rescued", "The store was damaged.", "Have the disk looked at.")
    opened.agent.set_status(problem=rescued, rescued=rescued)
    banner = opened.window.banner
    opened.loop.wait(lambda: banner.notice, "the note")
    button = banner.findChild(QPushButton)
    assert button is not None
    assert button.isVisible()
    assert button.text() == "I have seen this"
    button.click()
    opened.loop.wait(opened.done)
    assert opened.done() == [ActionKind.DISMISS]
