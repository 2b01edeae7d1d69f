"""Python's collector in the window's process: in its thread alone, and for moments."""

from __future__ import annotations

import gc
import threading
import time
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


def test_what_was_looked_at_is_set_aside(qapp: QApplication) -> None:
    home = QObject()
    collector = Collector(home)
    kept: list[list[list[int]]] = []
    longest = 0.0
    for _ in range(60):  # as pages of devices come in
        kept.append([[n] for n in range(6_000)])
        began = time.thread_time()
        collector.look()
        longest = max(longest, time.thread_time() - began)
    assert gc.get_freeze_count() > 300_000
    # All of them take some 100 ms; a page takes one.
    assert longest < 0.025
    collector.end()
    gc.disable()
    home.deleteLater()


def test_what_comes_loose_later_is_found_when_nobody_uses_the_window(qapp: QApplication) -> None:
    home, now, unused = QObject(), [0.0], [False]
    collector = Collector(home, monotonic=lambda: now[0], unused=lambda: unused[0])
    died: list[bool] = []
    knot: Knot | None = Knot()
    weakref.finalize(knot, lambda: died.append(True))
    many = [[n] for n in range(30_000)]
    collector.look()
    knot = None
    for now[0], unused[0] in ((0.0, True), (10_000.0, False)):
        collector._turn()
        assert not died
    unused[0] = True
    collector._turn()
    assert died
    assert many
    assert knot is None
    collector.end()
    gc.disable()
    home.deleteLater()
