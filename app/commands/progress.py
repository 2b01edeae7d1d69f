"""Progress on standard error: a bar on a terminal, elsewhere a line every few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from core.model.event import Progress
from core.model.plain import plain

_EVERY = 3.0  # seconds


class ProgressLine:
    """A bar that fills; where nobody looks at a terminal, a line now and then: none for what is
    soon done.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._began = self._said = clock()
        self._now = "starting"
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Move the bar."""
        found = f", {progress.found} found" if progress.unit == "addresses" else ""
        of = f" of {progress.total}" if progress.total else ""
        self._now = f"{progress.done}{of} {progress.unit}{found}"
        self._bar.update(
            self._task,
            description=f"{progress.unit}{found}",
            completed=progress.done,
            total=progress.total or None,
        )

    def say(self, text: str) -> None:
        """Tell what is being done where there is nothing to count."""
        self._now = plain(text)
        self._bar.update(self._task, description=self._now)

    def tick(self) -> None:
        """Give a sign of life; call it several times a second."""
        now = self._clock()
        if not self._console.is_terminal and now - self._said >= _EVERY:
            self._said = now
            self._console.print(f"  {now - self._began:.0f} s  {self._now}", markup=False)

    def print(self, text: str) -> None:
        """Print a line above the bar."""
        self._console.print(plain(text, 2000), markup=False)
