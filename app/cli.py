"""The composition of the command line: which commands there are, and where each one lives."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from app.commands import agent, demo, discover, enrol, local, read
from app.commands.common import DataOption, data_folder

app = typer.Typer(
    name="platen",
    help="Finds every printer on a network, reads it, and says where every number came from.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    data: DataOption = None,
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.")
    ] = False,
) -> None:
    """Without a command: open the window."""
    if show_version:
        typer.echo(f"platen {version('platen')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from app.main import run_window  # noqa: PLC0415 - Qt only where a window is wanted

        raise typer.Exit(run_window(data_folder(data)))


@app.command("demo")
def demo_command(
    headless: Annotated[bool, typer.Option("--headless", help="No window.")] = False,
    printers: Annotated[int, typer.Option(min=1, max=200, help="How many printers.")] = 24,
    keep: Annotated[Path | None, typer.Option(help="Keep the demo's data in this folder.")] = None,
) -> None:
    """Show everything on this machine alone: simulated printers, a hub, an agent, the window."""
    raise typer.Exit(demo.demo(headless=headless, printers=printers, keep=keep))


app.command("discover")(discover.discover)
app.command("read")(read.read)
app.command("agent")(agent.agent)
app.command("enrol")(enrol.enrol)
app.command("status")(local.status)
app.command("scan")(local.scan)
app.command("collect")(local.collect)
app.command("devices")(local.devices)


def main() -> None:
    """Entry point of ``platen``."""
    app(prog_name="platen")
