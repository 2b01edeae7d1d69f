"""How the hub's commands speak: results on standard output, problems on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from core.model.problem import PlatenError, Problem, ProblemKind

T = TypeVar("T")
_EXIT_STATUS = {ProblemKind.FAILED: 1, ProblemKind.BAD_INPUT: 2, ProblemKind.REFUSED: 3}

_WIDE = 200

stdout = Console(highlight=False)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def do(work: Callable[[], T]) -> T:
    """Give what ``work`` gives; a problem ends the command with its words and exit status."""
    try:
        return work()
    except PlatenError as error:
        fail(error.problem)
    except DBAPIError as error:
        fail(Problem("hub_database", f"The hub's database failed: {error.orig}.", "Try again."))
    except BrokenPipeError:
        _end_quietly()


def fail(problem: Problem) -> NoReturn:
    """Say a problem and end with its exit status."""
    stderr.print(f"platen-hub: {problem.text}", markup=False)
    if problem.remedy:
        stderr.print(f"            {problem.remedy}", markup=False)
    raise typer.Exit(_EXIT_STATUS[problem.kind])


def _end_quietly() -> NoReturn:
    # The reader of our output has gone (`| head`): there is nobody to tell, not even at the end,
    # when Python would flush what is left.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)


def lines(objects: Iterable[bytes]) -> None:
    """Print JSON objects, one a line, in UTF-8 whatever the terminal speaks."""
    out = sys.stdout.buffer
    for line in objects:
        out.write(line + b"\n")
    out.flush()


def table(shown: Table) -> None:
    """Print a table, as wide as the terminal; a file or a pipe has no width of its own."""
    stdout.print(shown, width=None if stdout.is_terminal else _WIDE)


def line(**values: Any) -> None:
    """Print one JSON object."""
    lines([msgspec.json.encode(values)])
