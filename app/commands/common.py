"""What the commands share: options, exit statuses, errors on standard error."""

from __future__ import annotations

import asyncio
import math
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from app.commands.late_console import late_console
from core.host.machine import machine_places, shared_folder
from core.host.paths import VARIABLE
from core.host.paths import data_folder as usual_data_folder
from core.model.plain import plain
from core.model.problem import PlatenError, Problem, ProblemKind

EXIT_STATUS = {ProblemKind.FAILED: 1, ProblemKind.BAD_INPUT: 2, ProblemKind.REFUSED: 3}
_INTERRUPTED = 130
_SHORTEST, _LONGEST = 0.05, 60.0  # seconds of a --timeout

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="The agent's data folder.", envvar="PLATEN_DATA"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="UDP port of SNMP.")]


def seconds(given: float) -> float:
    """Refuse what is no number of seconds, in words of our own."""
    if math.isnan(given) or not _SHORTEST <= given <= _LONGEST:
        text = f"a number of seconds from {_SHORTEST:g} to {_LONGEST:g} is needed, not {given:g}."
        raise typer.BadParameter(text)
    return given


FileOption = Annotated[
    Path | None,
    typer.Option("--from", help="Read targets from a file: one a line, or CSV (address, port)."),
]
HopsOption = Annotated[
    int | None,
    typer.Option(
        "--max-hops", min=0, max=30, help="Ask nobody behind more routers; 0: own networks only."
    ),
]

#: Progress and errors; standard output is for results alone.
#: No markup and no emoji: what printers say is shown as it is.
stderr = late_console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)
stdout = late_console(highlight=False, markup=False, emoji=False)


def data_folder(given: Path | None) -> Path:
    """Give where the agent to talk to is: the folder named, else the agent of this computer where
    one is installed for everybody, else this user's.
    """
    if given is None and not os.environ.get(VARIABLE):
        shared = shared_folder(machine_places())
        if shared is not None:
            return shared
    return own_folder(given)


def own_folder(given: Path | None) -> Path:
    """Give the data folder of an agent of one's own: the one named, or this user's."""
    return given if given is not None else usual_data_folder()


def all_targets(named: list[str] | None, file: Path | None) -> tuple[str, ...]:
    """Give the targets named and those of a file; ends the command where the file is wrong."""
    if file is None:
        return tuple(named or ())
    # A search alone needs this.
    from core.discovery.target_file import load_target_file  # noqa: PLC0415

    try:
        return (*(named or ()), *(line.text for line in load_target_file(file)))
    except PlatenError as error:
        fail(error.problem)


def explain(problem: Problem) -> None:
    """Say a failure on standard error: what happened, then what to do."""
    stderr.print(f"platen: {plain(problem.text, 2000)}", markup=False)
    if problem.remedy:
        stderr.print(f"        {plain(problem.remedy, 2000)}", markup=False)


def fail(problem: Problem) -> NoReturn:
    """Say a failure and end with its exit status."""
    explain(problem)
    raise typer.Exit(EXIT_STATUS[problem.kind])


def run(main: Coroutine[Any, Any, int]) -> NoReturn:
    """Run a command's coroutine; its number is the exit status, its errors are explained."""
    try:
        status = asyncio.run(main)
    except PlatenError as error:
        fail(error.problem)
    except KeyboardInterrupt:
        stderr.print("platen: interrupted")
        raise typer.Exit(_INTERRUPTED) from None
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody to tell.
        sys.stderr.close()
        raise typer.Exit(0) from None
    raise typer.Exit(status)


def say_line(text: str) -> None:
    """Print one line of result at once, as it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
