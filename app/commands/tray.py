"""``platen tray``: an icon in the tray and, where none runs, the agent beside it."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.commands.common import DataOption, data_folder, explain, stderr
from app.screen import has_screen
from core.model.problem import PlatenError


def tray(
    data: DataOption = None,
    log_level: Annotated[str, typer.Option(help="error, warning, info or debug.")] = "warning",
) -> None:
    """Show an icon in the tray, and run the agent beside it where none runs.

    Without a screen the agent runs alone, as with `platen agent`.
    """
    if not has_screen(os.environ):
        from app.commands.agent import agent  # noqa: PLC0415 - the tray hosts it otherwise

        stderr.print("There is no screen: the agent runs without a tray icon.")
        agent(data, stop=False, log_level=log_level)
        return
    logging.basicConfig(
        level=log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    _end(_status(data_folder(data)))


def _status(folder: Path) -> int:
    from app.hosting import host_agent  # noqa: PLC0415 - the other commands do without Qt
    from app.tray import run_tray  # noqa: PLC0415

    try:
        return run_tray(folder, partial(host_agent, hung=partial(_begin_anew, folder)))
    except PlatenError as error:
        explain(error.problem)
    except Exception:
        logging.getLogger(__name__).exception("the tray ended by a fault")
    return 1


def _begin_anew(folder: Path, status: int) -> NoReturn:
    """Leave an agent that hangs behind with this process, and start the next one."""
    from app.workers.launch import ProcessLauncher, tray_command  # noqa: PLC0415

    try:
        ProcessLauncher(folder, tray_command(folder)).start()
    finally:
        os._exit(status)


def _end(status: int) -> NoReturn:
    """End here: what the C library calls at its exit is for a screen that goes away alone."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
