from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.collector import Collector


class Knot:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


def test_nobody_else_collects(qapp: QApplication) -> None:
    home = QObject()
    collector = Collector(home)
    died_in: list[str] = []
    weakref.finalize(Knot(), lambda: died_in.append(threading.current_thread().name))

    def busy() -> None:
        kept = [[n] for n in range(50_000)]
        assert kept

    thread = threading.Thread(target=busy, name="other")
    thread.start()
    thread.join()
    assert died_in == []
    many = [[n] for n in range(30_000)]
    collector.look()
    assert many
    assert died_in == [threading.main_thread().name]
    collector.end()
    assert gc.isenabled()
    gc.disable()  # as the other tests of the window find it
    home.deleteLater()
