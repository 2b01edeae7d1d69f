"""History opens as it was left; printers that are gone are not asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.ui.window_state import HistoryState, WindowState
from app.views import placing
from app.views.window import MainWindow, Workers
from app.workers.connection import ConnectionWorker
from core.model.history import Bucket
from core.model.jsonio import from_json, to_json
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.fake_history import five_months
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries

NOW = datetime(2026, 11, 13, 17, 0, tzinfo=UTC)
KEPT = {f"d{number:05}": five_months(number, NOW, 40) for number in (0, 3, 5)}


class Site:
    """One agent, and windows on it one after the other."""

    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent, self.qtbot = loop, agent, qtbot
        self.opened: list[Workers] = []
        agent.put(*summaries(8))
        agent.history.kept = dict(KEPT)
        agent.history.clock = lambda: NOW

    def window(self, state: WindowState) -> MainWindow:
        workers = make_workers(ConnectionWorker(FOLDER, self.agent.connect))
        self.opened.append(workers)
        window = MainWindow(workers)
        window.history.clock = lambda: NOW
        self.qtbot.addWidget(window)
        placing.restore(window, state)
        window.show()
        workers.connection.start()
        self.loop.wait(lambda: window.model.total == len(self.agent.devices), "the devices")
        return window

    def settle(self, window: MainWindow) -> None:
        view = window.history
        self.loop.wait(lambda: view.wish is not None and view.told == view.wish.key, "an answer")


@pytest.fixture
def site(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Site]:
    made = Site(loop, agent, qtbot)
    yield made
    for workers in made.opened:
        loop.run(close_workers(workers))


def left_with(site: Site) -> WindowState:
    """Look at two printers by week for a time of one's own, and close the window."""
    window = site.window(WindowState(view="history"))
    view = window.history
    view.show_device("d00003")
    view.show_beside("d00005")
    view.meters.choose("mono")
    view.controls.period.choose("own")
    view.controls.bucket.choose("week")
    view.compared.set_days(date(2026, 10, 5), date(2026, 11, 1))
    site.settle(window)
    state = WindowState()
    placing.keep(window, state)
    window.close()
    return from_json(to_json(state), WindowState)  # as the file has it


def test_the_window_opens_again_on_what_was_looked_at_last(site: Site) -> None:
    window = site.window(left_with(site))
    site.settle(window)
    wish = window.history.wish
    assert wish is not None
    assert wish.keys == ("d00003", "d00005")
    assert wish.bucket is Bucket.WEEK
    assert wish.choice.key == "mono"
    assert window.history.compared.days() == (date(2026, 10, 5), date(2026, 11, 1))


def test_what_was_put_back_is_asked_for_when_somebody_looks(site: Site) -> None:
    state = WindowState(view="devices", history=HistoryState(["d00003"], "90", "day"))
    window = site.window(state)
    site.loop.spin(0.1)
    assert window.history.wish is None
    window.open_view("history")
    site.settle(window)
    assert window.history.wish is not None
    assert window.history.wish.keys == ("d00003",)


def test_a_printer_that_is_gone_gives_way_to_the_first_one(site: Site) -> None:
    del site.agent.devices["d00003"]
    state = WindowState(view="history", history=HistoryState(["d00003"], "90", "day", "nonsense"))
    window = site.window(state)
    site.settle(window)
    assert window.history.chosen.keys == ["d00004"]
    state = WindowState(view="history", history=HistoryState(["d00003", "d00005"], "x", "y"))
    window = site.window(state)
    site.settle(window)
    assert window.history.chosen.keys == ["d00005"]


@pytest.mark.parametrize("days", [["2026-02-30", "x"], ["2026-01-01"], []])
def test_days_that_are_none_are_the_usual_ones(site: Site, days: list[str]) -> None:
    state = WindowState(view="history", history=HistoryState(["d00000"], "own", "day", "", days))
    window = site.window(state)
    site.settle(window)
    assert window.history.compared.days() == (date(2026, 10, 3), date(2026, 11, 13))
