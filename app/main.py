"""The composition of the window's process: Qt's loop, the workers, the window."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import sys
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from app.collector import Collector
from app.ending import let_go
from app.qt_process import ScreenGoneError, finish, make_application
from app.screen import has_screen
from app.views.window import MainWindow, Workers
from app.window_life import WindowLife
from app.workers.alerts import AlertsWorker
from app.workers.collection import CollectionWorker
from app.workers.connection import ConnectionWorker
from app.workers.devices import DevicesWorker
from app.workers.discovery import DiscoveryWorker
from app.workers.face import AgentFace
from app.workers.history import HistoryWorker
from app.workers.rules import RulesWorker
from app.workers.settings import SettingsWorker
from app.workers.support import SupportWorker
from app.workers.tasks import FAULTS

__all__ = ["has_screen", "make_application", "run_window"]
_NO_SCREEN = (
    "platen: There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set.\n"
    "        Start `platen agent`, which needs none, and ask it with `platen devices`.\n"
)


def run_window(folder: Path, *, start_agent: bool = True, show: str = "") -> int:
    """Show the window on the agent of ``folder`` until it is closed; gives the exit status.

    Where no agent runs and ``start_agent`` is true, a tray that hosts one is started as a process
    of its own. ``show`` names the view to open. A window that is open already is shown instead.
    Without a screen to show itself on, that is said on standard error (status 1).
    """
    if not has_screen(os.environ):
        sys.stderr.write(_NO_SCREEN)
        return 1
    application = make_application(sys.argv[:1])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    life = WindowLife(application, folder, start_agent=start_agent)
    try:
        with loop:
            if life.shown_elsewhere(show):
                return 0
            window, workers = finish(loop, _live(folder, life, show))
            # Not part of living: the last turn of a loop that quits runs callbacks without a loop.
            finish(loop, close_workers(workers))
            finish(loop, life.end(window))
            let_go(window)
    except ScreenGoneError:
        sys.stderr.write("platen: The screen went away. An agent beside it goes on.\n")
        life.hosting.end_now("the screen of its window went away")
    finally:
        asyncio.set_event_loop(None)
        life.close()
    return 0


def make_workers(connection: ConnectionWorker) -> Workers:
    """Make every worker on one connection."""
    return Workers(
        connection=connection,
        devices=DevicesWorker(connection),
        discovery=DiscoveryWorker(connection),
        collection=CollectionWorker(connection),
        settings=SettingsWorker(connection),
        support=SupportWorker(connection),
        alerts=AlertsWorker(connection),
        rules=RulesWorker(connection),
        history=HistoryWorker(connection),
    )


async def close_workers(workers: Workers) -> None:
    """End the workers, the connection first.

    An action whose stream is *left* is cancelled; one whose connection goes lives on in the agent.
    Closing a window must not end a search, so the streams are never left, only cut off.
    """
    await workers.connection.close()
    for worker in (
        workers.alerts,
        workers.rules,
        workers.history,
        workers.settings,
        workers.support,
        workers.collection,
        workers.discovery,
        workers.devices,
    ):
        await worker.close()


def collect_while_loading(workers: Workers) -> None:
    """Let the collector look at what each page of devices has brought, before it is much."""
    application = QApplication.instance()
    collector = application.findChild(Collector) if application is not None else None
    if isinstance(collector, Collector):
        workers.devices.paged.connect(collector.look)


async def connect(folder: Path) -> AgentFace:
    """Connect to the agent of a data folder."""
    # Here and in a thread, so that loading gRPC neither delays the first picture nor holds it up.
    loop = asyncio.get_running_loop()
    client = await loop.run_in_executor(None, importlib.import_module, "core.channel.client")
    connected: AgentFace = await client.AgentClient.connect(folder)
    return connected


async def _live(folder: Path, life: WindowLife, show: str) -> tuple[MainWindow, Workers]:
    """Show the window until it is closed."""
    connection = ConnectionWorker(folder, life.connector(connect), life.launcher)
    workers = make_workers(connection)
    window = MainWindow(workers)
    FAULTS.hear_slots()
    collect_while_loading(workers)
    ended = asyncio.get_running_loop().create_future()
    window.closed.connect(ended.cancel)
    life.begin(window, workers, show=show)
    window.show()
    window.show_known(show)
    connection.start()
    with contextlib.suppress(asyncio.CancelledError):
        await ended
    return window, workers
