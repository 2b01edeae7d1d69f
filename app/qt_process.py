"""What every process of Platen with Qt does alike: begin, end in order, and hear the system."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtGui import QIcon, QSessionManager
from PySide6.QtWidgets import QApplication

from app import ending
from app.collector import Collector
from app.ui import icons, languages
from app.ui.theme import Theme
from app.ui.tokens import LIGHT

T = TypeVar("T")
_MOST_QUITS = 100  # Qt may go on quitting for a few turns; each lets the work come further


def make_application(arguments: list[str]) -> QApplication:
    """Make the application, or take the one that there is, with Platen's theme."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(arguments)
    application.setApplicationName("Platen")
    application.setDesktopFileName("platen")
    application.setWindowIcon(QIcon(icons.icon("printer", LIGHT.accent, 64)))
    # The loop ends after the workers have, not when the last window goes.
    application.setQuitOnLastWindowClosed(False)
    if found is None:
        languages.install(application, languages.wanted())
    Theme(application)
    ending.at_end()
    if application.findChild(Collector) is None:
        Collector(application)
    return application


class ScreenGoneError(RuntimeError):
    """Qt does nothing but quit: the screen it draws on is gone."""


def finish(loop: qasync.QEventLoop, work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` to its end, even where Qt quits by itself (end of session, Cmd-Q).

    Raises ``ScreenGoneError`` where Qt gives it no more turns.
    """
    task = loop.create_task(work)
    task.add_done_callback(lambda _: loop.stop())
    for _ in range(_MOST_QUITS):
        # Not until complete: that gives Qt one more turn, in which no loop is known to callbacks.
        loop.run_forever()
        if task.done():
            result: T = task.result()
            return result
        QApplication.closeAllWindows()
    # What cannot come to its end now would be told of, one by one, as forgotten.
    loop.set_exception_handler(lambda _loop, _told: None)
    raise ScreenGoneError("Qt does nothing but quit")


class Endings(QObject):
    """Hears that this process is to end: ``asked`` gives why, as a part of a sentence.

    SIGTERM, SIGINT and SIGHUP reach Qt's loop at once, not with its next event; the end of the
    session comes with ``committed`` and Qt's own quitting.
    """

    asked = Signal(str)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.session_ends = False
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._notifier = QSocketNotifier(
            self._reading.fileno(), QSocketNotifier.Type.Read, parent=self
        )
        self._notifier.activated.connect(self._hear)
        self._before: dict[int, Any] = {}
        application.commitDataRequest.connect(self._commit)

    def listen(self) -> None:
        """Begin to hear signals; only on the main thread."""
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, _note)

    def close(self) -> None:
        """Hear no more."""
        self._notifier.setEnabled(False)
        if self._before:
            signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()

    def _hear(self) -> None:
        with contextlib.suppress(BlockingIOError):
            if self._reading.recv(64):
                self.asked.emit("the system told it to end")

    def _commit(self, _manager: QSessionManager) -> None:
        self.session_ends = True


def _note(_number: int, _frame: FrameType | None) -> None:
    """Leave the signal to Qt's loop, which the wake-up descriptor has told of it."""


def at_exit_of_c(work: Callable[[], None]) -> None:
    """Call ``work`` when the C library ends the process: Qt does that where its screen goes away.

    Python's own ``atexit`` hears nothing of it. After Python has ended by itself there must be no
    such call: end with ``os._exit`` then.
    """
    if sys.platform == "win32":
        return  # a screen does not go away there
    import ctypes  # noqa: PLC0415 - here alone

    called = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(lambda _: work())
    _KEPT.append(called)
    library = ctypes.CDLL(None)
    library["__cxa_atexit"](called, None, None)


_KEPT: list[object] = []  # what C holds a pointer to
