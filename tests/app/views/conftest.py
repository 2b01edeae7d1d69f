"""A window with its habits, for several tests of views."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.main import close_workers
from app.ui.theme import Theme
from tests.support.fake_agent import FakeAgent
from tests.support.inhabited import Opened
from tests.support.qt_loop import QtLoop


@pytest.fixture
def inhabited(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    """Twelve printers, two alerts, in a window that has the keyboard."""
    made = Opened(loop, agent, qtbot)
    made.window.activateWindow()
    yield made
    loop.run(made.habits.close())
    loop.run(close_workers(made.workers))
