"""Files dropped on the window: taken wherever that is, also over a field that would take text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtWidgets import QWidget

from app.ui import dropping

_MOVES = {QEvent.Type.DragEnter, QEvent.Type.DragMove}


class Drops(QObject):
    """Watches what is dragged over ``window``. ``dropped`` gives the path of a file.

    It listens where the system's own window hears of it, before any widget does: a field would
    enter the path as text, and the map would swallow it.
    """

    dropped = Signal(Path)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: QWindow | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file; text that is dragged into a field goes its own way."""
        if watched is self._window:
            if event.type() in {QEvent.Type.Show, QEvent.Type.WinIdChange}:
                self._watch()
        elif event.type() in _MOVES and isinstance(event, QDragMoveEvent):
            if dropping.file_of(event.mimeData()) is not None:
                event.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            path = dropping.file_of(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                self.dropped.emit(path)
                return True
        return super().eventFilter(watched, event)

    def _watch(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)
