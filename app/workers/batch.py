"""Coalescing: many events in, at most about ten changes a second out."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.workers.turns import in_turn

INTERVAL_MS = 100
_BACKLOG_MS = 15  # between parts of a backlog: painting and input come in between
MOST_AT_ONCE = 150  # so that taking them in holds the window far less than 50 ms


class Batch(QObject):
    """Collects values by key (the newest wins) and gives them as lists through ``flushed``, each in
    a turn of the loop of its own.
    """

    flushed = Signal(list)

    def __init__(self, parent: QObject | None = None, *, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._interval = interval_ms
        self._values: dict[str, object] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: in_turn(self, self._flush))
        self._due = False

    def add(self, key: str, value: object) -> None:
        """Take a value; it goes out with the next batch."""
        self._values[key] = value
        if not self._due:
            self._due = True
            self._timer.start(self._interval)

    @property
    def waiting(self) -> int:
        """How many values wait."""
        return len(self._values)

    def _flush(self) -> None:
        keys = list(self._values)[:MOST_AT_ONCE]
        values = [self._values.pop(key) for key in keys]
        self._due = bool(self._values)
        if self._due:
            self._timer.start(_BACKLOG_MS)
        if values:
            self.flushed.emit(values)


class Throttle(QObject):
    """Tells "something changed" at most about ten times a second, and always after the last; in a
    turn of the loop of its own.
    """

    fired = Signal()

    def __init__(self, parent: QObject | None = None, *, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(lambda: in_turn(self, self._fire))
        self._due = False

    def poke(self) -> None:
        """Say that something changed."""
        if not self._due:
            self._due = True
            self._timer.start()

    def _fire(self) -> None:
        self._due = False
        self.fired.emit()
