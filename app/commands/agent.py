"""``platen agent``: the background process without a screen."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from importlib.metadata import version
from pathlib import Path
from random import SystemRandom
from typing import Annotated

import typer

from app.commands.common import DataOption, data_folder, run, say_line, stderr
from core.host import clock


def agent(
    data: DataOption = None,
    stop: Annotated[bool, typer.Option("--stop", help="End the running agent.")] = False,
    log_level: Annotated[str, typer.Option(help="error, warning, info or debug.")] = "warning",
) -> None:
    """Run the agent until it is told to end."""
    folder = data_folder(data)
    if stop:
        run(_stop(folder))
    logging.basicConfig(
        level=log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    run(_serve(folder))


async def _serve(folder: Path) -> int:
    from core.agent import Agent  # noqa: PLC0415 - the other commands do without
    from core.channel.server import LocalServer  # noqa: PLC0415
    from core.border import BorderFilter  # noqa: PLC0415

    opened = await Agent.open(
        folder, clock=clock.now, random=SystemRandom(), version=version("platen")
    )
    for handler in logging.getLogger().handlers:
        handler.addFilter(BorderFilter(lambda: opened.border))
    try:
        if opened.problem is not None:
            stderr.print(f"platen: {opened.problem.text}", markup=False)
        server = LocalServer(opened, folder, clock.now)
        address = await server.start()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run
                loop.add_signal_handler(number, opened.stopping.set)
        say_line(f"agent ready {address.target}")
        try:
            await opened.stopping.wait()
        finally:
            await server.stop()
    finally:
        await opened.close()
    return 0


async def _stop(folder: Path) -> int:
    from app.commands.local import perform  # noqa: PLC0415
    from core.model.action import ActionKind, NoArguments  # noqa: PLC0415

    await perform(folder, ActionKind.STOP, NoArguments(), as_json=False)
    return 0
