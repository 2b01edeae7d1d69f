"""What surrounds the window in its process: an agent as the last resort, one window, its end."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.qt_process import Endings
from app.ui import window_state
from app.ui.window_state import WindowState
from app.views import placing
from app.views.agent_controls import AgentControls
from app.views.habits import Habits
from app.views.window import MainWindow, Workers
from app.workers.aside import Aside
from app.workers.face import AgentFace, Connector
from app.workers.hosting import HostingWorker
from app.workers.inside import LastResort
from app.workers.keeper import HostedAgent
from app.workers.launch import ProcessLauncher, tray_command
from app.workers.single import Single, ask_to_show, face_folder, meeting_point
from app.workers.tray import TrayWorker
from core.host.errors import HostError

_CLOSED = "the window in which the agent ran was closed"


class WindowLife(QObject):
    """Made before the window, and ended after it. ``launcher`` starts the agent."""

    def __init__(self, application: QApplication, folder: Path, *, start_agent: bool) -> None:
        super().__init__()
        self._folder = folder
        self._kept: Path | None = None  # where a folder cannot be had, the agent's absence says why
        with contextlib.suppress(HostError):
            self._kept = face_folder(folder)
        self._aside = Aside()
        self._single = Single(self)
        self._endings = Endings(application)
        self._process = ProcessLauncher(folder, tray_command(folder))
        self.hosting = HostingWorker(folder, self._aside, _host)
        self.launcher = LastResort(self._process, self._host_inside) if start_agent else None
        self._state = WindowState()
        self._controls: AgentControls | None = None
        self._habits: Habits | None = None
        self._worker: TrayWorker | None = None
        application.aboutToQuit.connect(lambda: self.hosting.end_now(_CLOSED))

    def shown_elsewhere(self, view: str) -> bool:
        """Have the window that is open already shown; ``False`` where there is none."""
        return self._kept is not None and ask_to_show(meeting_point(self._folder), view)

    def connector(self, usual: Connector) -> Connector:
        """Give how to reach the agent: all gRPC on one loop, so beside the agent if it is here."""

        async def connect(folder: Path) -> AgentFace:
            if not self.hosting.running:
                return await usual(folder)
            from app.workers.bridge import BridgedFace  # noqa: PLC0415 - the last resort alone

            return await BridgedFace.connect(self._aside, folder)

        return connect

    def begin(self, window: MainWindow, workers: Workers, *, show: str = "") -> None:
        """Put the window where it was, give it the agent's commands, and hear of later starts.

        ``show`` is what was asked for: a window that is to show something shows that first.
        """
        connection = workers.connection
        if self._kept is not None:
            self._state = window_state.load(window_state.folder_for(self._folder, self._kept))
            placing.restore(window, self._state)
            self._single.listen(meeting_point(self._folder))
        self._worker = TrayWorker(connection, self._folder, self)
        self._controls = AgentControls(window, connection, self._worker, self.hosting)
        menu = self._controls.menu
        self._habits = Habits(window, workers, self._state, menu, unasked=not show)
        self._single.asked.connect(window.come_forward)
        self._endings.asked.connect(lambda _why: self._end(window))
        self._endings.listen()

    async def end(self, window: MainWindow) -> None:
        """End what belongs to the window, and the agent if it runs in here."""
        if self._kept is not None:
            placing.keep(window, self._state)
            folder = window_state.folder_for(self._folder, self._kept)
            window_state.save(self._state, folder)
        self._single.close()
        if self._habits is not None:
            await self._habits.close()
        if self._worker is not None:
            await self._worker.close()
        await asyncio.to_thread(self.hosting.end_now, _CLOSED)

    def close(self) -> None:
        """Let everything go; an agent that is a process of its own lives on."""
        self._endings.close()
        self._aside.close()
        self._process.forget()

    def _host_inside(self) -> None:
        if self.hosting.running:
            self.hosting.wake()
        else:
            self.hosting.start()

    def _end(self, window: MainWindow) -> None:
        if self._controls is not None:
            self._controls.agreed = True
        window.close()


def _host(folder: Path) -> AbstractAsyncContextManager[HostedAgent]:
    from app.hosting import host_agent  # noqa: PLC0415 - the last resort alone

    return host_agent(folder)
