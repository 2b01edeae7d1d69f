"""Python's cycle collector, kept to the thread of the window, and to short looks.

It runs wherever memory happens to be asked for: in a worker thread it would free Qt's objects
there, which Qt forbids ("Timers cannot be stopped from another thread") and sometimes dies of. And
it looks through all that is new, however much that is: ten thousand devices, half a million objects
without a single cycle, take 200 ms.

So it looks often, while little is new, and what has been looked at once is set aside. A knot that
comes loose later is found by a look at everything, which is taken when nobody uses the window.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY = 1_000  # milliseconds
_YOUNG = 5_000  # new objects that are worth a look: it takes one to three milliseconds
_THOROUGH = 600.0  # seconds between looks at everything


def unused() -> bool:
    """Say whether no window of this process has the keyboard."""
    return QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive


class Collector(QObject):
    """Collects in this thread, and nobody else does, until ``end``."""

    def __init__(
        self,
        parent: QObject,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        unused: Callable[[], bool] = unused,
    ) -> None:
        super().__init__(parent)
        self._monotonic, self._unused = monotonic, unused
        self._last = monotonic()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self._timer.start(_EVERY)

    def look(self) -> None:
        """Collect what is new, if that is enough; whoever makes many objects calls this often."""
        if gc.get_count()[0] >= _YOUNG:
            gc.collect(0)
            gc.freeze()

    def look_at_everything(self) -> None:
        """Collect all that there is: with 10,000 devices that takes 200 ms."""
        self._last = self._monotonic()
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _turn(self) -> None:
        if self._monotonic() - self._last >= _THOROUGH and self._unused():
            self.look_at_everything()
        else:
            self.look()
