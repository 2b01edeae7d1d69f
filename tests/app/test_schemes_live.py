"""A scheme that is changed while the window is open leaves nothing in the old colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.schemes import Choice
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from tests.support import pictures
from tests.support.fake_agent import FOLDER
from tests.support.qt_loop import QtLoop
from tests.support.scenes import scenes
from tests.support.whole_life import agent


@pytest.fixture
def worn(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.choose(Choice.LIGHT)


def pictured(loop: QtLoop, qtbot: QtBot, theme: Theme, *way: Choice) -> dict[str, QImage]:
    """Give a picture of every scene, each after the scheme was changed ``way`` with it open."""
    workers = make_workers(ConnectionWorker(FOLDER, agent().connect))
    window = MainWindow(workers)
    qtbot.addWidget(window)
    QApplication.setCursorFlashTime(0)
    window.resize(1280, 800)
    window.show()
    workers.connection.start()
    loop.wait(lambda: window.devices.loaded and window.alerts.desk.loaded, "the lists")
    found = {}
    for scene in scenes(window, loop):
        for choice in way:
            theme.choose(choice)
        loop.spin(0.05)
        found[scene] = window.grab().toImage()
    loop.run(close_workers(workers))
    window.hide()
    return found


def test_switched_looks_as_made(loop: QtLoop, qtbot: QtBot, worn: Theme) -> None:
    worn.choose(Choice.DARK)
    made = pictured(loop, qtbot, worn)
    switched = pictured(loop, qtbot, worn, Choice.LIGHT, Choice.DARK)
    compared = {scene: pictures.compare(made[scene], switched[scene]) for scene in made}
    assert {scene: each for scene, each in compared.items() if each.broken} == {}
