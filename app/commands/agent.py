"""``platen agent``: the background process without a screen."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import (
    DataOption,
    data_folder,
    explain,
    own_folder,
    run,
    say_line,
    stderr,
)
from core.host.machine import machine_places
from core.host.pulse import EXIT_AGAIN
from core.model.page import FIRST_PORT


def agent(
    data: DataOption = None,
    stop: Annotated[bool, typer.Option("--stop", help="End the running agent.")] = False,
    page_port: Annotated[
        int,
        typer.Option(min=1, max=65516, help="Where the local page looks for a free port first."),
    ] = FIRST_PORT,
    machine: Annotated[
        bool,
        typer.Option("--machine", help="For everybody at this computer, as its service does."),
    ] = False,
    log_level: Annotated[str, typer.Option(help="error, warning, info or debug.")] = "warning",
) -> None:
    """Run the agent until it is told to end."""
    places = machine_places()
    folder = own_folder(data or (places.data if machine else None))
    if stop:
        run(_stop(data_folder(data)))
    logging.basicConfig(
        level=log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    run(_serve(folder, page_port, places.run if machine else None))


async def _serve(folder: Path, page_port: int, operators: Path | None) -> int:
    from app.hosting import host_agent  # noqa: PLC0415 - the other commands do without

    async with host_agent(folder, page_port=page_port, operators=operators) as hosted:
        agent = hosted.agent
        if agent.problem is not None:
            explain(agent.problem)
        page = agent.page.status() if agent.page else None
        if page is not None and page.problem is not None:
            stderr.print(f"platen: {page.problem.text}", markup=False)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run
                loop.add_signal_handler(number, agent.stopping.set)
        say_line(f"agent ready {hosted.address.target}")
        await agent.stopping.wait()
    if agent.fault is None:
        return 0
    explain(agent.fault)
    return EXIT_AGAIN


async def _stop(folder: Path) -> int:
    from app.commands.local import perform  # noqa: PLC0415
    from core.model.action import ActionKind, NoArguments  # noqa: PLC0415

    await perform(folder, ActionKind.STOP, NoArguments(), as_json=False)
    return 0
