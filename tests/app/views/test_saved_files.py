"""A file that was written says so, and that it is not masked where anything is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.action import SetSettingsArguments
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries

PLAIN = "Nothing in it is masked: that is for the dealer and the logs alone."


@pytest.fixture
def window(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[MainWindow]:
    agent.put(*summaries(3))
    workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
    made = MainWindow(workers)
    qtbot.addWidget(made)
    made.show()
    workers.connection.start()
    loop.wait(lambda: made.devices.loaded, "the devices")
    yield made
    loop.run(close_workers(workers))


def _save(window: MainWindow, loop: QtLoop, view: str, path: Path) -> str:
    """Export as a person does; gives what the window says of it."""
    before = len(window.toasts.texts)
    if view == "devices":
        window.device_actions.ask_file(["d00000"])
    elif view == "map":
        window.map.save.click()
    else:
        window.open_view("history")
        loop.wait(lambda: window.history.shown_now() is not None, "the history")
        window.history.files.ask("csv")
    asked = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    loop.spin(0.05)
    asked.fileSelected.emit(str(path))
    asked.close()
    loop.wait(lambda: len(window.toasts.texts) > before, "the file")
    assert path.exists()
    return window.toasts.texts[-1]


@pytest.mark.parametrize(
    ("view", "name", "said"),
    [
        ("devices", "out.csv", "1 printer written to out.csv"),
        ("map", "out.svg", "out.svg is written."),
        ("history", "out.csv", "out.csv is written."),
    ],
)
def test_it_is_said_that_a_file_is_not_masked_where_anything_is(
    window: MainWindow,
    loop: QtLoop,
    agent: FakeAgent,
    tmp_path: Path,
    view: str,
    name: str,
    said: str,
) -> None:
    assert _save(window, loop, view, tmp_path / name) == said
    agent.settings.set(SetSettingsArguments({"privacy.macs": "mask"}))
    heard = _save(window, loop, view, tmp_path / name)
    assert heard.startswith(said)
    assert heard.endswith(PLAIN)
