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
        """Rewrite the record, once for all handlers; nothing is dropped."""
        if getattr(record, "bordered", False):
            return True
        record.bordered = True
        border = self._border()
        record.msg, record.args = border.text(record.getMessage()), None
        if record.exc_info and record.exc_info[0] is not None:
            # Another handler may have written the traceback already, as it was.
            told = record.exc_text or logging.Formatter().formatException(record.exc_info)
            record.exc_text = border.text(told)
        if record.stack_info:
            record.stack_info = border.text(record.stack_info)
        return True
