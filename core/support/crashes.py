"""What nobody caught goes into the log: from the main thread, and from any other.

Faults in tasks of asyncio need nothing here: its own handler logs them.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

_log = logging.getLogger(__name__)


@contextmanager
def crashes_logged() -> Iterator[None]:
    """Log what nobody caught while the block runs, and pass it on to who heard of it before.

    Python's own hooks are left out: they write a traceback to standard error as it is, where the
    log's handlers write it without secrets and without what is hidden.
    """
    before_main, before_thread = sys.excepthook, threading.excepthook
    before_lost = sys.unraisablehook

    def main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            _log.critical("the process ends by a fault", exc_info=(kind, error, trace))
        if before_main is not sys.__excepthook__:
            before_main(kind, error, trace)

    def thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and issubclass(told.exc_type, Exception):
            _log.critical(
                "the thread %s ended by a fault",
                told.thread.name if told.thread else "?",
                exc_info=(told.exc_type, told.exc_value, told.exc_traceback),
            )
        if before_thread is not threading.__excepthook__:
            before_thread(told)

    def lost(told: sys.UnraisableHookArgs) -> None:
        error = told.exc_value
        if error is not None:
            said = (told.exc_type, error, told.exc_traceback)
            _log.error("a fault where nobody could hear of it", exc_info=said)
        if before_lost is not sys.__unraisablehook__:
            before_lost(told)

    sys.excepthook, threading.excepthook, sys.unraisablehook = main, thread, lost
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before_main, before_thread
        sys.unraisablehook = before_lost
