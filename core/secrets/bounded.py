"""Calls that may never return, with an end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class SilentError(Exception):
    """There was no answer in time."""


class Bounded(Generic[T]):
    """Runs calls in threads of their own, for at most ``seconds`` each.

    A call that hangs is left to itself: nothing can end it from outside. Until it has come back
    no other one is begun, so that there is never more than one of them.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: threading.Thread | None = None
        self._calling = threading.Lock()

    def run(self, work: Callable[[], T]) -> T:
        """Give what ``work`` gives or raise what it raises; ``SilentError`` where it hangs."""
        answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

        def call() -> None:
            try:
                answers.put((work(), None))
            except BaseException as error:  # noqa: BLE001 - handed to the caller
                answers.put((None, error))

        with self._calling:
            if self._last is not None:
                self._last.join(self._seconds)
                if self._last.is_alive():
                    raise SilentError
            # A daemon: it holds up nobody's end.
            self._last = threading.Thread(target=call, name="secrets", daemon=True)
            self._last.start()
            try:
                value, error = answers.get(timeout=self._seconds)
            except Empty:
                raise SilentError from None
        if error is not None:
            raise error
        return value  # type: ignore[return-value]  # with no error there is a value
