"""The life of a window in a process of its own, on an agent in memory; said is how it ended.

The argument says how: ``close`` as a person does, ``drop`` with the window left as it is, as a
script does, ``quit`` as the system does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import main
from app.qt_process import make_application
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.fake_alerts import alert
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries, summary
from tests.support.sample_readings import reading


def agent() -> FakeAgent:
    """Make an agent with devices, a reading and open alerts."""
    made = FakeAgent()
    made.put(*summaries(30))
    made.readings["d00000"] = reading(summary(0))
    made.alerts.put(alert(1), alert(2))
    return made


def use(window: MainWindow, turn: Callable[[], object]) -> None:
    """Do what a person does: go through the views, choose a device and an alert, be told."""
    for view in window._views:
        window.open_view(view)
        turn()
    window.devices.show_key("d00000")
    window.open_view("alerts")
    turn()
    window.alerts.table.setCurrentIndex(window.alerts.model.index(0, 1))
    window.toasts.say("Said.")
    window.scan_panel.show()
    window.header.support.click()
    turn()


def _live(how: str) -> None:
    application = make_application(sys.argv[:1])

    def act() -> None:
        tops = QApplication.topLevelWidgets()
        window = next((each for each in tops if isinstance(each, MainWindow)), None)
        if window is None or not (window.devices._loaded and window.alerts.model.rowCount()):
            QTimer.singleShot(20, act)
            return
        use(window, QApplication.processEvents)
        if how == "quit":
            application.quit()
        else:
            window.close()

    main.connect = agent().connect
    QTimer.singleShot(20, act)
    main.run_window(Path(sys.argv[2]), start_agent=False)


def _drop() -> object:
    """Give what a script leaves behind that ends without taking its window down."""
    application = make_application(sys.argv[:1])
    loop = QtLoop(application)
    workers = main.make_workers(ConnectionWorker(FOLDER, agent().connect))
    window = MainWindow(workers)
    window.show()
    workers.connection.start()
    loop.wait(lambda: window.devices._loaded and window.alerts.model.rowCount(), "the lists")
    use(window, lambda: loop.spin(0.02))
    for view in window._views:
        window.open_view(view)
        loop.spin(0.02)
    loop.run(main.close_workers(workers))
    loop.close()  # it has threads of its own
    return application, loop, workers, window


if __name__ == "__main__":
    if sys.argv[1] == "drop":
        left = _drop()
    else:
        _live(sys.argv[1])
