"""Every failure that a worker tells of stands on the screen, with what to do; none is only logged.

The signals are found in the source of the workers, so that a new one without a place is noticed;
the failure told is one that no part of the window has ever heard of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

import app.workers
from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow, Workers
from app.workers.alerts import Noted
from app.workers.collection import Round
from app.workers.connection import ConnectionWorker, Link, LinkState
from app.workers.tasks import FAULTS
from core.model.problem import Problem
from core.model.status import HubStatus
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries

UNHEARD = Problem("never_heard_of", "The ribbon of the abacus is torn.", "Mend it with beeswax.")
STANDING = Problem("hub_unreachable", "The hub does not answer.", "Check the network.")
Tell = Callable[[Workers, MainWindow], object]


def _rule_sheet(window: MainWindow) -> None:
    window.open_view("alerts")
    window.alerts.desk.make()


#: By worker and signal: how it is told, where the window is open at that.
WAYS: dict[tuple[str, str], tuple[str, Tell]] = {
    ("alerts", "failed"): ("devices", lambda w, _: w.alerts.failed.emit(UNHEARD)),
    ("alerts", "noted"): ("alerts", lambda w, _: w.alerts.noted.emit(Noted(1, 3, problem=UNHEARD))),
    ("collection", "refused"): (
        "devices",
        lambda w, _: w.collection.refused.emit("d00001", UNHEARD),
    ),
    ("devices", "failed"): ("devices", lambda w, _: w.devices.failed.emit(UNHEARD)),
    ("discovery", "refused"): ("scan", lambda w, _: w.discovery.refused.emit(UNHEARD)),
    ("export", "failed"): ("devices", lambda w, _: w.devices.export.failed.emit(UNHEARD)),
    ("history", "failed"): ("history", lambda w, _: w.history.failed.emit(UNHEARD)),
    ("history", "not_written"): ("history", lambda w, _: w.history.not_written.emit(UNHEARD)),
    ("rules", "refused"): ("alerts", lambda w, _: w.rules.refused.emit(UNHEARD)),
    ("settings", "failed"): ("settings", lambda w, _: w.settings.failed.emit(UNHEARD)),
    ("settings", "refused"): (
        "settings",
        lambda w, _: w.settings.refused.emit("schedule.read_every", UNHEARD),
    ),
    ("settings", "unkept"): ("settings", lambda w, _: w.settings.unkept.emit("x", UNHEARD)),
    ("support", "failed"): ("support", lambda w, _: w.support.failed.emit(UNHEARD)),
    ("tasks", "told"): ("devices", lambda _, __: FAULTS.told.emit(UNHEARD)),
    ("connection", "misunderstood"): (
        "devices",
        lambda w, _: w.connection.misunderstood.emit(UNHEARD),
    ),
    ("connection", "link_changed"): (
        "devices",
        lambda w, _: w.connection._set(Link(LinkState.AWAY, UNHEARD)),
    ),
}
#: Told elsewhere than in the window's views, each with the tests that look there.
ELSEWHERE = {
    ("collection", "round_changed"): "test_device_actions.py",
    ("discovery", "ended"): "test_discovery_map.py",
    ("first_run", "failed"): "test_first_run.py",
    ("first_run", "refused"): "test_first_run.py",
    ("rules", "try_failed"): "test_alerts.py",
    ("opener", "failed"): "test_tray.py",
    ("tray", "refused"): "test_agent_controls.py",
    ("hosting", "changed"): "test_agent_controls.py",
}
_EMITS = re.compile(r"self\.(\w+)\.emit\([^\n]*(?:[pP]roblem|other_version)")


def signals() -> set[tuple[str, str]]:
    """Give the worker and the name of every signal that is told with a problem."""
    found = set()
    for path in Path(app.workers.__file__).parent.glob("*.py"):
        found |= {(path.stem, name) for name in _EMITS.findall(path.read_text("utf-8"))}
    return found


def test_every_failure_that_is_told_has_a_place() -> None:
    assert len(signals()) > 12
    assert signals() <= set(WAYS) | set(ELSEWHERE)


@pytest.fixture
def window(
    loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme
) -> Iterator[tuple[QtLoop, Workers, MainWindow]]:
    agent.put(*summaries(5))
    # Something is wrong already, and says so: it must not hide what goes wrong next.
    hub = HubStatus(enrolled=True, address="hub:7443", problem=STANDING)
    agent.set_status(hub=hub)
    workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
    made = MainWindow(workers)
    qtbot.addWidget(made)
    made.show()
    workers.connection.start()
    loop.wait(lambda: made.devices.loaded)
    yield loop, workers, made
    loop.run(close_workers(workers))


def shown(home: QWidget) -> str:
    """Give all words in sight."""
    labels = [each for each in home.findChildren(QLabel) if each.isVisible()]
    return "\n".join(each.text() for each in labels)


def go(window: MainWindow, where: str) -> None:
    """Open what a person has open when that is told."""
    if where == "scan":
        window.open_view("devices")
        window.scan_panel.toggle_at(window.devices.scan)
    elif where == "support":
        window.show_known("support")
    else:
        window.open_view(where)


@pytest.mark.parametrize("way", sorted(WAYS), ids=".".join)
def test_it_is_shown_with_what_to_do(
    window: tuple[QtLoop, Workers, MainWindow], way: tuple[str, str]
) -> None:
    loop, workers, opened = window
    where, tell = WAYS[way]
    go(opened, where)
    if where == "settings":
        loop.wait(lambda: opened.settings.rows)
    loop.spin(0.05)
    tell(workers, opened)
    loop.wait(lambda: UNHEARD.text in shown(opened), UNHEARD.text)
    assert UNHEARD.remedy in shown(opened)
    assert UNHEARD.code not in shown(opened)


def test_a_round_that_failed_says_why(window: tuple[QtLoop, Workers, MainWindow]) -> None:
    loop, workers, opened = window
    workers.collection.round_changed.emit(Round(5))
    workers.collection.round_changed.emit(Round(5, 2, 0, False, False, UNHEARD))
    loop.wait(lambda: UNHEARD.text in shown(opened), UNHEARD.text)
