"""The window opens on the device that was chosen when it was closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.ui.window_state import WindowState
from app.views import placing
from app.views.habits import Habits
from app.views.window import MainWindow, Workers
from app.workers.connection import ConnectionWorker
from core.model.segment import Segment
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries


@contextmanager
def opened(
    loop: QtLoop, agent: FakeAgent, qtbot: QtBot, state: WindowState
) -> Iterator[tuple[MainWindow, Workers]]:
    workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
    window = MainWindow(workers)
    qtbot.addWidget(window)
    habits = Habits(window, workers, state)
    window.show()
    workers.connection.start()
    loop.wait(lambda: window.devices.loaded, "the devices")
    yield window, workers
    loop.run(habits.close())
    loop.run(close_workers(workers))


def test_it_is_chosen_again_once(
    loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme
) -> None:
    agent.set_status(segments=(Segment("Office", ("192.168.4.0/24",)),))
    agent.put(*summaries(12))
    state = WindowState()
    with opened(loop, agent, qtbot, state) as (window, _):
        assert window.devices.table.current_key is None
        window.devices.show_key("d00007")
        placing.keep(window, state)
        assert state.device == "d00007"
    with opened(loop, agent, qtbot, state) as (window, workers):
        loop.wait(lambda: window.devices.details.key == "d00007", "its details")
        window.devices.show_key("d00003")  # a person's choice stays when the list comes anew
        workers.devices.loaded.emit()
        assert window.devices.table.current_key == "d00003"


def test_one_that_is_gone_is_passed_over(
    loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme
) -> None:
    agent.set_status(segments=(Segment("Office", ("192.168.4.0/24",)),))
    agent.put(*summaries(2))
    with opened(loop, agent, qtbot, WindowState(device="d00007")) as (window, _):
        assert window.devices.table.current_key is None
