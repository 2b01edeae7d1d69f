"""The composition of the tray's process: an icon on Qt's loop, the agent on a thread beside it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QSystemTrayIcon

from app.qt_process import Endings, ScreenGoneError, at_exit_of_c, finish, make_application
from app.ui.tray import words as tray_words
from app.ui.tray.icon import tray_icon
from app.ui.tray.menu import AgentMenu
from app.ui.tray.quit import ask, quit_question
from app.ui.tray.words import TrayState
from app.workers.aside import Aside
from app.workers.bridge import BridgedFace
from app.workers.connection import ConnectionWorker, LinkState
from app.workers.hosting import HostingWorker
from app.workers.keeper import Host, Kept, KeptState, may_host
from app.workers.opener import WindowOpener
from app.workers.sign_in import starts_at_sign_in
from app.workers.single import Single, ask_to_show, meeting_point
from app.workers.tray import QUIT_REASON, TrayWorker
from core.model.problem import Problem
from core.model.status import AgentStatus

_log = logging.getLogger(__name__)
_LOOK_FOR_TRAY_MS = 5000
_NOTICE_MS = 10_000
_SCREEN_GONE = "its screen went away"


class Tray(QObject):
    """The icon with its menu; ``gone`` is done once a person, or the system, has ended it."""

    def __init__(self, folder: Path, aside: Aside, hosting: HostingWorker | None) -> None:
        super().__init__()
        self._hosting = hosting
        self._status: AgentStatus | None = None
        self._shown: tuple[TrayState, str] | None = None
        self._question: QMessageBox | None = None
        self._there = False
        self.gone = asyncio.get_running_loop().create_future()
        self.connection = ConnectionWorker(folder, partial(BridgedFace.connect, aside))
        self.worker = TrayWorker(self.connection, folder)
        self.opener = WindowOpener(folder)
        self.menu = AgentMenu(may_start=hosting is not None)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self._connect()
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_for_tray)
        self._refresh()

    def start(self) -> None:
        """Show the icon, host the agent where that is ours to do, and look for it."""
        self._look_for_tray()
        self._look.start(_LOOK_FOR_TRAY_MS)
        if self._hosting is not None:
            self._hosting.start()
        self.connection.start()

    def wake(self) -> None:
        """Start a dead agent at once."""
        if self._hosting is not None:
            self._hosting.wake()
        self.connection.retry()

    def quit(self, reason: str) -> None:
        """End, and with it the agent where it is hosted here."""
        self.icon.hide()
        if self._hosting is not None and self._hosting.running:
            self._hosting.end(reason)
        else:
            self._leave()

    async def close(self) -> None:
        """End everything of this face; the agent has ended, or is another process's."""
        self._look.stop()
        self.icon.hide()
        await self.worker.close()
        await self.opener.close()
        await self.connection.close()

    def _connect(self) -> None:
        menu, worker = self.menu, self.worker
        menu.opened.connect(self.opener.open)
        menu.scan.connect(worker.scan)
        menu.collect.connect(worker.collect)
        menu.pause.connect(worker.pause)
        menu.resume.connect(worker.resume)
        menu.page.connect(worker.open_page)
        menu.start.connect(self.wake)
        menu.quit.connect(self.ask_to_quit)
        self.icon.activated.connect(self._activated)
        worker.refused.connect(self._say)
        self.opener.failed.connect(self._say)
        self.connection.link_changed.connect(lambda _link: self._refresh())
        self.connection.status_changed.connect(self._take)
        if self._hosting is not None:
            self._hosting.changed.connect(self._kept)
            self._hosting.ended.connect(self._leave)

    def ask_to_quit(self) -> None:
        """Say what quitting means, and do it where that is what is wanted."""
        if self._question is not None:
            with contextlib.suppress(RuntimeError):  # Qt has deleted it
                self._question.close()
        agent_too = self._hosting is not None and self._hosting.hosts
        words = quit_question(agent_too=agent_too, at_sign_in=starts_at_sign_in())
        self._question = ask(*words, lambda: self.quit(QUIT_REASON))

    def _leave(self) -> None:
        if not self.gone.done():
            self.gone.set_result(None)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a click opens the menu and is told of as well.
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.opener.open()

    def _look_for_tray(self) -> None:
        """Show the icon as soon as there is a tray: at sign-in, panels often come later."""
        there = QSystemTrayIcon.isSystemTrayAvailable()
        if there and not self._there:
            self.icon.hide()
            self.icon.show()
        self._there = there

    def _take(self, status: AgentStatus) -> None:
        self._status = status
        self._refresh()

    def _kept(self, kept: Kept) -> None:
        if kept.state is KeptState.WAITING and kept.problem is not None:
            # For the window that started this process, and for whoever reads the journal.
            remedy = f"        {kept.problem.remedy}\n" if kept.problem.remedy else ""
            sys.stderr.write(f"platen: {kept.problem.text}\n{remedy}")
            sys.stderr.flush()
        if kept.state is KeptState.HERE:
            self.connection.retry()
        self._refresh()

    def _refresh(self) -> None:
        link, status = self.connection.link, self._status
        kept = self._hosting.kept if self._hosting is not None else None
        if kept is not None and kept.state is KeptState.WAITING:
            status = None
        shown = (tray_words.state(link, status), tray_words.tooltip(link, status, kept))
        self.menu.show_state(link, status if link.state is LinkState.CONNECTED else None)
        if shown == self._shown:
            return
        if self._shown is None or shown[0] is not self._shown[0]:
            self.icon.setIcon(tray_icon(shown[0]))
        self.icon.setToolTip(shown[1])
        self._shown = shown

    def _say(self, problem: Problem) -> None:
        text = f"{problem.text} {problem.remedy}".strip()
        kind = QSystemTrayIcon.MessageIcon.Warning
        self.icon.showMessage("Platen", text, kind, _NOTICE_MS)


def run_tray(folder: Path, host: Host) -> int:
    """Show the tray for ``folder`` until it is quit; gives the exit status.

    An agent is hosted beside it where none runs and the folder is this user's. Where another tray
    of this user is on the folder, that one is told to look again. Raises ``HostError``.
    """
    application = make_application(sys.argv[:1])
    meeting = meeting_point(folder, "tray")
    if ask_to_show(meeting):
        sys.stderr.write("The tray runs already.\n")
        return 0
    single = Single()
    single.listen(meeting)
    aside = Aside()
    hosting = HostingWorker(folder, aside, host) if may_host(folder) else None
    endings = Endings(application)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    if hosting is not None:
        _end_with_the_session(application, hosting, endings)
    try:
        with loop:
            tray = finish(loop, _live(folder, hosting, aside, endings, single))
            finish(loop, tray.close())
    except ScreenGoneError:
        return 0 if hosting is None or hosting.end_now(_SCREEN_GONE) else 1
    finally:
        asyncio.set_event_loop(None)
        single.close()
        endings.close()
        aside.close()
    return 0


def _end_with_the_session(
    application: QApplication, hosting: HostingWorker, endings: Endings
) -> None:
    def session() -> None:
        reason = "the session ended" if endings.session_ends else "it was told to end"
        hosting.end_now(reason)

    def screen() -> None:
        ended = hosting.end_now(_SCREEN_GONE)
        os._exit(0 if ended else 1)

    application.aboutToQuit.connect(session)
    at_exit_of_c(screen)


async def _live(
    folder: Path,
    hosting: HostingWorker | None,
    aside: Aside,
    endings: Endings,
    single: Single,
) -> Tray:
    tray = Tray(folder, aside, hosting)
    single.asked.connect(lambda _view: tray.wake())
    endings.asked.connect(tray.quit)
    endings.listen()
    tray.start()
    await tray.gone
    await tray.connection.close()  # it would look for the agent that has just ended
    return tray
