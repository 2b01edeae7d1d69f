"""The list of devices: how quick it comes, filters and sorts, beside the table that Qt brings.

The peer is a plain ``QTableView`` on a ``QStandardItemModel`` with the words of the same rows,
behind a ``QSortFilterProxyModel``: what one gets without any work of one's own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from _frames import spread
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from app.main import close_workers, make_workers
from app.ui.devices.model import cell_text
from app.ui.devices.row import Column, make_row
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.gui_watch import watching
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries

ROOT = Path(__file__).resolve().parent.parent
TRIES, COLD_TRIES = 5, 3
FILTERS = ("kyocera", "kyocera x", "192.168.4", "zzz", "")
ORDERS = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
_CACHES = Path("/proc/sys/vm/drop_caches")
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
            print(time.time(), time.process_time(), flush=True)
            self.deleteLater()
            QTimer.singleShot(0, watched.window().close)
            application.removeEventFilter(self)
        return False
application = make_application([])
first = First()
application.installEventFilter(first)
run_window(Path(sys.argv[1]), start_agent=False)
"""


def first_picture() -> tuple[float, float]:
    """Give the seconds from the start of a process to the first painting of the window, by the
    clock and of processor time: the clock also shows what else the machine does.
    """
    with tempfile.TemporaryDirectory() as folder:
        begun = time.time()
        command = [sys.executable, "-c", _FIRST, folder]
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=60, check=True
        )
        painted, used = done.stdout.split()[:2]
        return float(painted) - begun, float(used)


def first_pictures() -> dict[str, float | None]:
    """Give it cold, with nothing of any file in memory (``None`` where that needs another user),
    and warm; of several each the median.
    """
    cold: list[float] = []
    try:
        for _ in range(COLD_TRIES):
            subprocess.run(["sync"], check=True)
            _CACHES.write_text("3")
            cold.append(first_picture()[0])
    except OSError:
        cold = []
    first_picture()  # what Python compiles, it has compiled after this
    warm = [first_picture() for _ in range(TRIES)]
    return {
        "cold": round(statistics.median(cold), 2) if cold else None,
        "warm": round(statistics.median(wall for wall, _ in warm), 2),
        "warm_best": round(min(wall for wall, _ in warm), 2),
        "cpu": round(statistics.median(used for _, used in warm), 2),
    }


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
        loop.spin(0.3)
        came: list[bool] = []
        self.workers.devices.loaded.connect(lambda: came.append(True))
        begun = time.perf_counter()
        with watching() as self.turns:
            self.workers.connection.start()
            loop.wait(lambda: came, "the devices")
        self.loading = time.perf_counter() - begun
        loop.spin(0.5)

    def close(self) -> None:
        """End the window."""
        self.loop.run(close_workers(self.workers))
        self.window.close()


def ours(opened: Opened) -> dict[str, Any]:
    """Filter and sort the list, each followed by its painting; with all selected as well."""
    window = opened.window
    window.open_view("devices")
    opened.loop.spin(0.3)
    model, table = window.model, window.devices.table
    filtering = [timed(partial(model.set_filter, text)) for text in FILTERS * TRIES]
    sorting = [timed(partial(model.sort, column, order)) for column in Column for order in ORDERS]
    table.selectAll()
    selected = [timed(partial(model.sort, column, order)) for column in Column for order in ORDERS]
    return {
        "filter_ms": spread(filtering),
        "sort_ms": spread(sorting),
        "sort_selected_ms": spread(selected),
    }


def peer(devices: int) -> dict[str, Any]:
    """Do the same with what Qt brings."""
    model = QStandardItemModel()
    for summary in summaries(devices):
        row = make_row(summary)
        model.appendRow([QStandardItem(cell_text(row, column)) for column in Column])
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    table = QTableView()
    table.setModel(proxy)
    table.resize(1000, 700)
    table.show()
    QApplication.processEvents()
    filtering = [timed(partial(proxy.setFilterFixedString, text)) for text in FILTERS * TRIES]
    sorting = [timed(partial(proxy.sort, int(c), order)) for c in Column for order in ORDERS]
    table.close()
    return {"filter_ms": spread(filtering), "sort_ms": spread(sorting)}


def the_list(loop: QtLoop, devices: int) -> dict[str, Any]:
    """Measure the first picture and the list."""
    told: dict[str, Any] = {"first_picture_s": first_pictures()}
    opened = Opened(loop, devices)
    told["load"] = {
        "seconds": round(opened.loading, 2),
        "longest_turn_ms": round(1000 * opened.turns.worst, 1),
    }
    told |= ours(opened)
    opened.close()
    told["peer"] = peer(devices)
    return told


BUDGETS = {
    "first_picture_s": 1.5,
    "turn_ms": 50,
    "filter_ms": 100,
    "sort_ms": 100,
    "map_ms": 16.7,
}
