"""Nothing lies over anything else and nothing is cut, in every view, size and language."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.problem import Problem
from core.model.schedule import LaneStatus, ScheduleStatus
from core.model.status import HubStatus
from tests.support import overlaps, pseudo
from tests.support.fake_agent import AT, FOLDER, FakeAgent
from tests.support.need import ROOT
from tests.support.qt_loop import QtLoop
from tests.support.scenes import scenes
from tests.support.whole_life import agent

# The least there is; a screen of 1366 by 768 at 150 %; what was the least before; the usual one.
SIZES = ((0, 0), (910, 472), (980, 600), (1280, 800))
CUSTOMER = "Harbour Street Dental and Orthopaedic Practice, Second Floor"
_OVER = {"the scan panel": "scan_panel", "the support panel": "support_panel"}


def busy() -> FakeAgent:
    """Make an agent about which there is much to say."""
    made = agent()
    problem = Problem("hub_unreachable", "hub:443 does not answer.", "Look at the network.")
    made.status = replace(
        made.status,
        waiting=12_345,
        hub=HubStatus(True, "hub:443", "Harbour Print", CUSTOMER, AT, problem),
        schedule=ScheduleStatus((LaneStatus("collect", "Read the printers", None, AT),)),
    )
    return made


@pytest.fixture(params=["english", "pseudo"])
def window(
    request: pytest.FixtureRequest, loop: QtLoop, qapp: QApplication, qtbot: QtBot, theme: Theme
) -> Iterator[MainWindow]:
    translator = pseudo.speak(qapp) if request.param == "pseudo" else None
    workers = make_workers(ConnectionWorker(FOLDER, busy().connect))
    made = MainWindow(workers)
    qtbot.addWidget(made)
    menu = QMenu(made)
    made.header.set_menu(menu, pseudo.pseudo("No tray here: pause and quit are in this menu"))
    made.show()
    workers.connection.start()
    loop.wait(lambda: made.devices._loaded and made.alerts._loaded and made.alerts.desk.loaded)
    yield made
    loop.run(close_workers(workers))
    if translator is not None:
        qapp.removeTranslator(translator)


def squeezed(window: MainWindow) -> Iterator[str]:
    """Look for a view that has less room than it needs: something at its edge is cut."""
    view = window.views[window.view]
    least, given = view.minimumSizeHint(), view.size()
    if given.width() < least.width() or given.height() < least.height():
        yield f"the view has {given.toTuple()} of {least.toTuple()}"


def walk(window: MainWindow, loop: QtLoop) -> set[str]:
    """Give all that is wrong anywhere."""
    found: set[str] = set()
    for size in SIZES:
        window.resize(*size)
        loop.spin(0.05)
        for scene in scenes(window, loop):
            over = getattr(window, _OVER.get(scene, ""), None)
            over = window.alerts.editor if scene == "a rule" else over
            found |= {f"{size} {scene}: {said}" for said in overlaps.faults(window, over=over)}
            found |= {f"{size} {scene}: {said}" for said in squeezed(window)}
    return found


def test_nothing_overlaps_and_nothing_is_cut(window: MainWindow, loop: QtLoop) -> None:
    found = walk(window, loop)
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("scale", ["1.5", "2"])
@pytest.mark.timeout(300)
def test_the_same_when_all_is_larger(scale: str) -> None:
    if os.environ.get("QT_SCALE_FACTOR"):
        pytest.skip("this is it")
    name = f"{__file__}::{test_nothing_overlaps_and_nothing_is_cut.__name__}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", name],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_window_fits_a_small_screen(window: MainWindow, loop: QtLoop) -> None:
    window.resize(0, 0)
    loop.spin(0.05)
    # 1366 by 768 at 150 % is 910 by 512, less the bar of the system and the head of the window.
    assert window.width() <= 910
    assert window.height() <= 512 - 48 - 32


def test_the_header_shows_what_it_always_shows(window: MainWindow, loop: QtLoop) -> None:
    window.resize(0, 0)
    loop.spin(0.05)
    header = window.header
    for label in (header._reads, header._waits):
        assert label.isVisible()
        assert label.width() >= label.sizeHint().width()
    assert "Next" in header._reads.text() or "Ñéxt" in header._reads.text()
    assert "12,345" in header._waits.text()


def test_the_test_sees_what_it_looks_for(window: MainWindow, loop: QtLoop) -> None:
    window.open_view("alerts")
    loop.spin(0.05)
    assert overlaps.faults(window) == []
    box = window.alerts.new_rule.geometry()
    window.alerts.filter.setGeometry(box.translated(-20, 0))
    assert any("share" in said for said in overlaps.faults(window))
