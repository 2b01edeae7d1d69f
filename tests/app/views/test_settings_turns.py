"""The settings are made a few at a time: all at once they hold the window for 60 ms and more."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.views.settings import SettingsView
from app.workers.connection import ConnectionWorker
from app.workers.settings import SettingsWorker
from core.settings.change import keys
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.gui_watch import Watch, watching
from tests.support.qt_loop import QtLoop


def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> Watch:
    """Open the settings, and close them again; gives what the loop's turns were like."""
    connection = ConnectionWorker(FOLDER, agent.connect)
    worker, view = SettingsWorker(connection), SettingsView()
    qtbot.addWidget(view)
    view.join(worker)
    connection.start()
    loop.spin(0.1)
    with watching() as watch:
        worker.want()
        loop.wait(lambda: view.rows, "the settings")
    assert set(view.rows) == set(keys())  # all of them or none: no half of a page is shown
    loop.run(connection.close())
    loop.run(worker.close())
    return watch


def test_no_turn_makes_many_rows(
    loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme
) -> None:
    # The machine makes one turn dearer now and then: the best of three counts.
    best = min((opened(loop, agent, qtbot) for _ in range(3)), key=lambda watch: watch.worst)
    assert not best.late, str(best)
