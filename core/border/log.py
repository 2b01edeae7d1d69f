"""Logs as support may see them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from core.border.border import Border


class BorderFilter(logging.Filter):
    """Puts stand-ins into log records, their tracebacks included."""

    def __init__(self, border: Callable[[], Border]) -> None:
        super().__init__()
        self._border = border

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; nothing is dropped."""
        border = self._border()
        record.msg, record.args = border.text(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = border.text(logging.Formatter().formatException(record.exc_info))
        return True
