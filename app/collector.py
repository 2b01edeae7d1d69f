"""Python's cycle collector, kept to the thread of the window.

It runs wherever memory happens to be asked for: in a worker thread it would free Qt's objects
there, which Qt forbids ("Timers cannot be stopped from another thread") and sometimes dies of. And
it runs when it likes: looking through ten thousand devices, half a million objects without a single
cycle, takes 100 ms.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 2_000  # milliseconds
_YOUNG = 20_000  # new objects that are worth a look
_OLD = 50  # looks at the young ones after which the middle-aged have their turn
_OLDEST = 40  # and how many of those before everything is looked through


class Collector(QObject):
    """Collects in this thread, and nobody else does, until ``end``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._young = 0
        self._middle = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY)

    def look(self) -> None:
        """Collect if there is enough that is new."""
        if gc.get_count()[0] < _YOUNG:
            return
        self._young += 1
        generation = 0
        if self._young >= _OLD:
            generation, self._young, self._middle = 1, 0, self._middle + 1
        if self._middle >= _OLDEST:
            generation, self._middle = 2, 0
        gc.collect(generation)

    def set_aside(self) -> None:
        """Look no more at what is there now: it was just loaded, and stays."""
        gc.freeze()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
