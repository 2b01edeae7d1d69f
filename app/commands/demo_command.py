"""``platen demo``: its options; what it does is in ``app.commands.demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.demo import demo as run_demo


def demo(
    headless: Annotated[bool, typer.Option("--headless", help="No window.")] = False,
    printers: Annotated[int, typer.Option(min=1, max=200, help="How many printers.")] = 24,
    keep: Annotated[Path | None, typer.Option(help="Keep the demo's data in this folder.")] = None,
) -> None:
    """Show everything on this machine alone: simulated printers, a hub, an agent, the window."""
    raise typer.Exit(run_demo(headless=headless, printers=printers, keep=keep))
