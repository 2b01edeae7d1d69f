"""Consoles of rich's, made with the first word that is said on them.

An agent says one line and lives for months: rich would take 2 MB of it, and a window 15 ms of its
start.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from rich.console import Console


class _Late:
    """Stands for a console; whatever is asked of it makes it."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._made: Console | None = None

    def _console(self) -> Console:
        if self._made is None:
            from rich.console import Console  # noqa: PLC0415 - late is what this is for

            self._made = Console(**self._options)
        return self._made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._console(), name)

    def __enter__(self) -> Console:
        return self._console().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._console().__exit__(kind, error, trace)


def late_console(**options: Any) -> Console:
    """Give a console with these options of ``rich.console.Console``."""
    return cast("Console", _Late(options))
