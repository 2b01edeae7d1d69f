"""One large piece of work a turn of the window's loop, so that pieces never add up.

Qt calls every timer that is due in one turn: three pieces of 25 ms that fall due together hold the
window for 75. Asked for here they come one after the other, with painting and input in between.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer

Work = Callable[[], object]


class Turns(QObject):
    """Work in the order of asking, a piece in each turn of the loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[QObject, Work]] = deque()
        self._timer = QTimer(self)  # with an interval of nothing: once in every turn
        self._timer.timeout.connect(self._next)

    def add(self, owner: QObject, work: Work) -> None:
        """Have ``work`` done in a turn of its own, unless ``owner`` is deleted by then."""
        self._waiting.append((owner, work))
        if not self._timer.isActive():
            self._timer.start(0)

    def _next(self) -> None:
        owner, work = self._waiting.popleft()
        if not self._waiting:
            self._timer.stop()
        if shiboken6.isValid(owner):
            work()


@dataclass
class _Shared:
    turns: Turns | None = field(default=None)


_SHARED = _Shared()


def in_turn(owner: QObject, work: Work) -> None:
    """Have ``work`` done in a turn of its own, after all that was asked for before."""
    turns = _SHARED.turns
    if turns is None or not shiboken6.isValid(turns):
        turns = _SHARED.turns = Turns(QCoreApplication.instance())
    turns.add(owner, work)
