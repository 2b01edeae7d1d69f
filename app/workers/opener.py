"""Opens the window from the tray: shows the one there is, or starts one as a process."""

from __future__ import annotations

import asyncio
import subprocess
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.workers.launch import detached, platen_command
from app.workers.single import ask_to_show, face_folder, meeting_point
from app.workers.tasks import Tasks
from core.model.problem import PlatenError, Problem

ERRORS_FILE = "window-errors.log"
_COMING_UP = 15.0  # seconds in which a window that was started is waited for


class WindowOpener(QObject):
    """``failed`` gives the ``Problem`` where no window could be opened."""

    failed = Signal(object)

    def __init__(
        self, folder: Path, command: list[str] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._command = command or platen_command("--data", str(folder))
        self._tasks = Tasks()
        self._window: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def open(self, view: str = "") -> None:
        """Show the window, at ``view`` or as it was."""
        self._tasks.spawn(self._open(view))

    async def close(self) -> None:
        """Let go: the window lives on."""
        await self._tasks.close()
        if self._window is not None and self._window.poll() is None:
            self._window.returncode = 0  # it is meant to go on: Popen need not warn of it

    async def _open(self, view: str) -> None:
        try:
            if await asyncio.to_thread(_ask, self._folder, view):
                return
            if self._coming_up():
                return
            self._start(view)
        except PlatenError as error:
            self.failed.emit(error.problem)
        except OSError as error:
            text = f"The window cannot be opened: {error.strerror or type(error).__name__}."
            self.failed.emit(Problem("window_unreachable", text, "Start `platen` by hand."))

    def _coming_up(self) -> bool:
        young = time.monotonic() - self._started < _COMING_UP
        return self._window is not None and self._window.poll() is None and young

    def _start(self, view: str) -> None:
        command = [*self._command, "--show", view] if view else self._command
        errors_in = face_folder(self._folder)
        with (errors_in / ERRORS_FILE).open("wb") as errors:
            self._window = detached(command, errors)
        self._started = time.monotonic()


def _ask(folder: Path, view: str) -> bool:
    return ask_to_show(meeting_point(folder), view)
