"""The last lines of the log, in memory, for the page."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.host.clock import rfc3339

_MOST = 500
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when (RFC 3339), how grave ("warning"), of which part, what."""

    at: str
    level: str
    part: str
    text: str


class RecentLog(logging.Handler):
    """Keeps the last lines, ``clean`` of secrets; the border is applied when they are shown."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        clean: Callable[[str], str] = str,
        most: int = _MOST,
    ) -> None:
        super().__init__(logging.INFO)
        self._clean = clean
        self._clock = clock
        self._lines: deque[Line] = deque(maxlen=most)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record; never its traceback, which is for the log file."""
        try:
            text = self._clean(record.getMessage()[:_LONGEST])
        except (TypeError, ValueError):
            self.handleError(record)
            return
        part = record.name.removeprefix("core.")
        at = rfc3339(self._clock())
        self._lines.append(Line(at, record.levelname.lower(), part, text))

    def lines(self) -> tuple[Line, ...]:
        """Give them, newest first."""
        return tuple(reversed(self._lines))
