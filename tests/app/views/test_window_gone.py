"""A window that is gone hears nothing more: not of a delivery, not of an answer under way."""

from __future__ import annotations

import shiboken6
from pytestqt.exceptions import capture_exceptions

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.event import Delivery, EventKind
from core.model.problem import Problem
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop

WRONG = Problem("no_answer", "192.168.4.5 does not answer.", "Look whether it is on.")


def test_what_comes_after_the_window_is_gone_does_no_harm(
    loop: QtLoop, agent: FakeAgent, theme: Theme
) -> None:
    workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
    window = MainWindow(workers)
    window.show()
    workers.connection.start()
    loop.wait(lambda: window.devices.loaded, "the list of devices")
    heard: list[EventKind] = []
    workers.connection.received.connect(lambda event: heard.append(event.kind))
    shiboken6.delete(window)
    with capture_exceptions() as wrong:
        agent.publish(EventKind.DELIVERY, Delivery(2, 0))
        agent.set_status(waiting=3)
        loop.wait(lambda: len(heard) >= 2, "the events")
        workers.collection.refused.emit("d00000", WRONG)
        workers.rules.tried.emit("total > 1", [])
        loop.spin(0.05)
    loop.run(close_workers(workers))
    assert [str(each[1]) for each in wrong] == []
