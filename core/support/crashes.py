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
    """Log what nobody caught while the block runs, and pass it on to who heard of it before."""
    before_main, before_thread = sys.excepthook, threading.excepthook

    def main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            _log.critical("the process ends by a fault", exc_info=(kind, error, trace))
        before_main(kind, error, trace)

    def thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and issubclass(told.exc_type, Exception):
            _log.critical(
                "the thread %s ended by a fault",
                told.thread.name if told.thread else "?",
                exc_info=(told.exc_type, told.exc_value, told.exc_traceback),
            )
        before_thread(told)

    sys.excepthook, threading.excepthook = main, thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before_main, before_thread
