"""The composition of the command line: which commands there are, and where each one lives."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from app.commands.common import DataOption, data_folder
from core.host.paths import VARIABLE

#: Command: the module in ``app.commands`` that has a function (or a Typer group) of that name. A
#: module is imported when its command is asked for, so that `platen status` doesn't wait for what
#: a search needs.
COMMANDS = {
    "demo": "demo_command",
    "discover": "discover",
    "read": "read",
    "agent": "agent",
    "tray": "tray",
    "gallery": "gallery",
    "enrol": "enrol",
    "page": "page",
    "status": "local",
    "scan": "local",
    "collect": "local",
    "devices": "local",
    "pause": "schedule",
    "resume": "schedule",
    "runs": "schedule",
    "service": "service",
    "history": "history",
    "export": "export",
    "settings": "settings",
    "credentials": "credentials",
    "alerts": "alerts",
    "rules": "alerts",
    "profiles": "profiles",
    "logs": "logs",
}
_STYLE: dict[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
}


class LateGroup(TyperGroup):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Name all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Make one command, ``None`` where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"app.commands.{COMMANDS[cmd_name]}")
        found = getattr(module, cmd_name)
        if isinstance(found, typer.Typer):  # a group of commands of its own
            return get_command(found)
        one = typer.Typer(**_STYLE)
        one.command(cmd_name)(found)
        return get_command(one)


app = typer.Typer(
    name="platen",
    cls=LateGroup,
    help="Finds every printer on a network, reads it, and says where every number came from.",
    **_STYLE,
)


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    data: DataOption = None,
    show: Annotated[str, typer.Option(help="The view to open, such as devices or support.")] = "",
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.")
    ] = False,
) -> None:
    """Without a command: open the window."""
    if show_version:
        typer.echo(f"platen {version('platen')}")
        raise typer.Exit
    if context.invoked_subcommand is not None and data is not None:
        os.environ[VARIABLE] = str(data)  # named before the command, it holds for the command
    if context.invoked_subcommand is None:
        from app.main import run_window  # noqa: PLC0415 - Qt only where a window is wanted

        raise typer.Exit(run_window(data_folder(data), show=show))


def main() -> None:
    """Entry point of ``platen``."""
    try:
        app(prog_name="platen")
    except Exception as error:  # noqa: BLE001 - nobody is shown the inside of the program
        from app.commands.faults import end_by_fault  # noqa: PLC0415

        end_by_fault(error)
