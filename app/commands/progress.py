"""One line of progress on standard error, where that is a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from core.model.event import Progress
from core.model.plain import plain


class ProgressLine:
    """A bar that fills; silent where nobody looks at a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
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
        self._bar.update(
            self._task,
            description=f"{progress.unit}{found}",
            completed=progress.done,
            total=progress.total or None,
        )

    def print(self, text: str) -> None:
        """Print a line above the bar."""
        self._console.print(plain(text, 2000), markup=False)
