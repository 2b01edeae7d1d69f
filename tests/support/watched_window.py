"""A window in a process of its own, on a real agent, used by a busy hand and watched all the while.

``python -m tests.support.watched_window FOLDER PROCESS...``: the window of ``app.main`` on the
agent of a folder, with nothing of it replaced. The hand begins when the list is there and goes
round and round; it says a line after each round. When a line comes on standard input the window is
closed, and what was seen is printed as one JSON object (``Seen``). The processes are those that
the window may wait for (the screen's). QT_NO_GLIB=1 lets the wall be judged, see ``gui_watch``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QAbstractSlider, QApplication

from app import main
from app.qt_process import make_application
from app.ui.devices.row import Column
from app.views.window import MainWindow
from core.model.jsonio import to_json
from tests.support.gui_watch import Late, Watch, watching

EVERY_MS = 25
STAY = 5  # steps
WORDS = ("kyocera", "", "no answer", "")
Step = Callable[[], object]
Named = tuple[str, Step]


@dataclass(frozen=True)
class Seen:
    """What was seen: seconds by "round: at what" (``longest`` of processor, ``slowest`` of the
    wall), the turns that were late, and how many printers the window knew in the end.
    """

    turns: int
    rounds: int
    printers: int
    longest: dict[str, float]
    slowest: dict[str, float]
    late: tuple[Late, ...]


class Hand(QObject):
    """Uses the window step by step; ``watch.phase`` says at what it is, and in which round."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.rounds = self.printers = 0
        self._met = False
        self._watch = watch
        self._steps: Iterator[Named] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self._timer.start(EVERY_MS)
        self._ending = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._ending.activated.connect(self._end)

    def _turn(self) -> None:
        window = _window()
        if window is None:
            return
        if not window.devices.loaded:
            # Not at once: the turn in which the window is made is not over yet.
            self._watch.phase = "load" if self._met else "start"
            self._met = True
            return
        step = next(self._steps, None)
        if step is None:
            if self.rounds:
                sys.stdout.write(f"round {self.rounds}\n")
                sys.stdout.flush()
            self.rounds += 1
            self._steps = steps(window)
            return
        name, work = step
        self._watch.phase = f"{self.rounds}: {name}"
        work()

    def _end(self) -> None:
        self._ending.setEnabled(False)
        os.read(0, 100)
        self._timer.stop()
        window = _window()
        if window is not None:
            self.printers = window.model.total
            self._watch.phase = "end"
            window.close()


def _window() -> MainWindow | None:
    tops = QApplication.topLevelWidgets()
    return next((w for w in tops if isinstance(w, MainWindow) and w.isVisible()), None)


def steps(window: MainWindow) -> Iterator[Named]:
    """Give one round of what a person does, without changing anything."""
    view = window.devices
    yield "open devices", partial(window.open_view, "devices")
    yield from _each("scroll", _scrolling(view.table.verticalScrollBar()))
    yield from _each("filter", _filtering(window))
    yield from _each("sort", _sorting(window))
    yield from _each("select", _selecting(window))
    for key in ("history", "alerts", "settings", "map"):
        yield f"open {key}", partial(window.open_view, key)
        yield from _each(f"stay at {key}", [_nothing] * STAY)
    yield from _each("move the map", _scrolling(window.map.canvas.horizontalScrollBar()))


def _each(name: str, work: Iterable[Step]) -> Iterator[Named]:
    return ((name, step) for step in work)


def _nothing() -> None:
    """Look, and do nothing."""


def _scrolling(bar: QAbstractSlider) -> Iterator[Step]:
    actions = QAbstractSlider.SliderAction
    for action, times in (
        (actions.SliderSingleStepAdd, 10),
        (actions.SliderPageStepAdd, 5),
        (actions.SliderToMaximum, 1),
        (actions.SliderPageStepSub, 5),
        (actions.SliderToMinimum, 1),
    ):
        yield from [partial(bar.triggerAction, action)] * times


def _filtering(window: MainWindow) -> Iterator[Step]:
    box = window.devices.filter
    for word in WORDS:
        yield from (partial(box.setText, word[:length]) for length in range(1, len(word) + 1))
        yield from [_nothing] * 5  # the field waits until a person has stopped typing
        yield box.clear


def _sorting(window: MainWindow) -> Iterator[Step]:
    table = window.devices.table
    for column in (*Column, Column.PLACE):
        if not table.isColumnHidden(column):
            for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
                yield partial(table.sortByColumn, column, order)


def _selecting(window: MainWindow) -> Iterator[Step]:
    table = window.devices.table
    for place in (0, 1, 2, 500, 4000, 9000):
        yield partial(table.selectRow, place)
        yield from [_nothing] * 2  # its last reading comes
    yield table.selectAll
    yield from [_nothing] * 3
    yield partial(table.sortByColumn, Column.STATE, Qt.SortOrder.DescendingOrder)
    yield partial(table.sortByColumn, Column.PLACE, Qt.SortOrder.AscendingOrder)
    yield table.clearSelection


def _live(folder: Path, processes: list[str]) -> None:
    application = make_application(sys.argv[:1])
    with watching(others=processes) as watch:
        watch.phase = "start"
        hand = Hand(watch)
        main.run_window(folder, start_agent=False)
    seen = Seen(
        watch.turns, hand.rounds, hand.printers, watch.longest, watch.slowest, tuple(watch.late)
    )
    sys.stdout.write(f"{to_json(seen)}\n")
    sys.stdout.flush()
    del application


if __name__ == "__main__":
    _live(Path(sys.argv[1]), sys.argv[2:])
