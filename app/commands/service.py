"""``platen service install | remove | status``: what starts Platen by itself."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import JsonOption, explain, say_line, stdout
from app.workers.launch import platen_command
from core.host.startup.manager import Program, Ran, Startup, as_service, at_sign_in
from core.model.jsonio import to_json
from core.model.problem import PlatenError

service = typer.Typer(
    help="Start Platen by itself: when you sign in, or with this computer for everybody.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)

MachineOption = Annotated[
    bool,
    typer.Option(
        "--machine", help="For everybody, with the computer (root); without it, when you sign in."
    ),
]


@service.command()
def install(machine: MachineOption = False) -> None:
    """Have the system start Platen from now on."""
    arguments = ("agent", "--machine") if machine else ("tray",)
    _do(lambda: _way(machine).install(Program(tuple(platen_command(*arguments)))))


@service.command()
def remove(machine: MachineOption = False) -> None:
    """Have the system start Platen no more; its data is kept."""
    _do(_way(machine).remove)


@service.command()
def status(machine: MachineOption = False, json: JsonOption = False) -> None:
    """Say whether the system starts Platen, and whether that runs now. Status 1: it does not."""
    try:
        found = _way(machine).status()
    except PlatenError as error:
        explain(error.problem)
        raise typer.Exit(1) from None
    if json:
        say_line(to_json(found))
    else:
        started = "starts by itself" if found.installed else "does not start by itself"
        stdout.print(f"Platen {started} ({found.place}).")
        if found.running is not None:
            stdout.print("It runs now." if found.running else "It does not run now.")
    raise typer.Exit(0 if found.installed else 1)


def _way(machine: bool) -> Startup:
    return as_service(_run) if machine else at_sign_in(Path.home(), _run)


def _run(command: Sequence[str]) -> Ran:
    try:
        done = subprocess.run(  # noqa: S603 - programs of the system, named by us
            list(command), capture_output=True, text=True, timeout=120, check=False
        )
    except FileNotFoundError:
        return Ran(127, f"{command[0]} is not there")
    except subprocess.TimeoutExpired:
        return Ran(124, f"{command[0]} did not end within two minutes")
    return Ran(done.returncode, f"{done.stdout}{done.stderr}")


def _do(work: Callable[[], str]) -> None:
    try:
        said = work()
    except PlatenError as error:
        explain(error.problem)
        raise typer.Exit(1) from None
    stdout.print(said)
