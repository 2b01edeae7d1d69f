"""How quick the window is: first picture, the map, filter and sort. Prints one JSON object.

``python benchmarks/window.py [--devices 10000] [--map 2000] [--only map|list]``, on the screen of
``DISPLAY``, else on one in memory (Xvfb). The list's devices come from an agent in memory, so what
is measured there is the window alone. The map is a visible window on a real agent, which searches
and reads simulated printers meanwhile (``_frames.py``). The first picture is timed from the start
of a process, from source: a frozen bundle starts otherwise.
Budgets: first picture 1.5 s; filter and sort under 100 ms; a frame of the map 16.7 ms (median).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import qasync
from _frames import measure, spread
from _house import screen
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.main import close_workers, make_workers
from app.qt_process import finish, make_application
from app.ui.device_row import Column
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries

ROOT = Path(__file__).resolve().parent.parent
TRIES = 5
_FIRST = """
import sys, time
from pathlib import Path
from app.qt_process import make_application
from app.main import run_window
from app.views.window import MainWindow
from PySide6.QtCore import QEvent, QObject, QTimer
class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched.window(), MainWindow):
            print(time.time(), flush=True)
            self.deleteLater()
            QTimer.singleShot(0, watched.window().close)
            application.removeEventFilter(self)
        return False
application = make_application([])
first = First()
application.installEventFilter(first)
run_window(Path(sys.argv[1]), start_agent=False)
"""


def first_picture() -> float:
    """Give the seconds from the start of a process to the first painting of the window."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.time()
        command = [sys.executable, "-c", _FIRST, folder]
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=60, check=True
        )
        return float(done.stdout.split()[0]) - begun


def timed(work: Callable[[], object]) -> float:
    """Give the seconds of this work and of the painting that follows from it."""
    begun = time.perf_counter()
    work()
    QApplication.processEvents()
    return time.perf_counter() - begun


class Opened:
    """A window on an agent in memory with so many devices."""

    def __init__(self, loop: QtLoop, devices: int) -> None:
        agent = FakeAgent()
        agent.put(*summaries(devices))
        self.loop = loop
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        self.window.show()
        came: list[bool] = []
        self.workers.connection.start()
        self.loading = time.perf_counter()
        self.workers.devices.loaded.connect(lambda: came.append(True))
        loop.wait(lambda: came, "the devices")
        self.loading = time.perf_counter() - self.loading
        loop.spin(0.5)

    def close(self) -> None:
        """End the window."""
        self.loop.run(close_workers(self.workers))
        self.window.close()


def table(opened: Opened) -> dict[str, dict[str, float]]:
    """Filter and sort the list, each followed by its painting."""
    window = opened.window
    window.open_view("devices")
    opened.loop.spin(0.3)
    model = window.model
    filters = ("kyocera", "kyocera x", "192.168.4", "zzz", "")
    filtering = [timed(partial(model.set_filter, text)) for text in filters * TRIES]
    sorting = [
        timed(partial(model.sort, column, order))
        for column in Column
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    ]
    return {"filter_ms": spread(filtering), "sort_ms": spread(sorting)}


def the_list(loop: QtLoop, devices: int) -> dict[str, object]:
    """Time the first picture and the list."""
    told: dict[str, object] = {
        "first_picture_s": round(statistics.median(first_picture() for _ in range(TRIES)), 2)
    }
    opened = Opened(loop, devices)
    told["load_s"] = round(opened.loading, 2)
    told |= table(opened)
    opened.close()
    return told


def main() -> None:
    """Measure everything, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--map", type=int, default=2_000)
    parser.add_argument("--network", default="127.69.0.0/21", help="where the map's printers are")
    parser.add_argument("--size", default="1280x800", help="of the map's window")
    parser.add_argument("--only", choices=("map", "list"))
    given = parser.parse_args()
    wide, high = (int(side) for side in given.size.split("x"))
    with ExitStack() as stack:
        if not {"DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys():
            os.environ |= stack.enter_context(screen())
        application = make_application(sys.argv[:1])
        whole = qasync.QEventLoop(application)
        asyncio.set_event_loop(whole)
        told: dict[str, object] = {"platform": QApplication.platformName()}
        if given.only != "map":
            told |= the_list(QtLoop(application), given.devices)
            asyncio.set_event_loop(whole)
        if given.only != "list":
            with tempfile.TemporaryDirectory(prefix="platen-map-") as folder:
                told["map"] = finish(
                    whole, measure(Path(folder), given.network, given.map, (wide, high))
                )
        told["budgets"] = {"first_picture_s": 1.5, "map_ms": 16.7, "filter_ms": 100, "sort_ms": 100}
        print(json.dumps(told, indent=1))
        whole.close()


if __name__ == "__main__":
    main()
