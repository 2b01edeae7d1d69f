"""Which action the running task works for: the log names it."""

from __future__ import annotations

from contextvars import ContextVar

ACTION: ContextVar[str] = ContextVar("action", default="")
