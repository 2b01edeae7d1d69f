"""The agent's commands in the window: the tray's menu, with or without a tray."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMessageBox, QSystemTrayIcon

from app.ui.banner import Notice
from app.ui.tokens import Tone
from app.ui.tray.menu import AgentMenu
from app.ui.tray.quit import ask, quit_question
from app.views.agent_words import RESCUED
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker, Link, LinkState
from app.workers.hosting import HostingWorker
from app.workers.keeper import Kept, KeptState
from app.workers.sign_in import starts_at_sign_in
from app.workers.tray import QUIT_IN_WINDOW, TrayWorker
from core.model.problem import Problem
from core.model.status import AgentStatus


class AgentControls(QObject):
    """Joins the menu to the window, and asks before an agent that runs in here ends."""

    def __init__(
        self,
        window: MainWindow,
        connection: ConnectionWorker,
        worker: TrayWorker,
        hosting: HostingWorker,
    ) -> None:
        super().__init__(window)
        self._window, self._connection = window, connection
        self._worker, self._hosting = worker, hosting
        self._status: AgentStatus | None = None
        self._question: QMessageBox | None = None
        self.agreed = False  # the end was asked about, or comes from the system
        without_tray = not QSystemTrayIcon.isSystemTrayAvailable()
        self.menu = AgentMenu(
            window,
            in_window=True,
            without_tray=without_tray,
            may_start=connection.can_launch,
        )
        window.header.set_menu(self.menu, _no_tray() if without_tray else "")
        window.may_close = self._may_close
        self._connect()

    def _connect(self) -> None:
        menu, worker = self.menu, self._worker
        menu.opened.connect(self._window.come_forward)
        menu.scan.connect(worker.scan)
        menu.collect.connect(worker.collect)
        menu.pause.connect(worker.pause)
        menu.resume.connect(worker.resume)
        menu.page.connect(worker.open_page)
        menu.start.connect(self._connection.retry)
        menu.quit.connect(self._ask_to_quit)
        worker.refused.connect(self._say)
        self._window.banner.acted.connect(self._act)
        self._connection.link_changed.connect(self._tell_link)
        self._connection.status_changed.connect(self._take)
        self._hosting.changed.connect(self._kept)

    def _tell_link(self, link: Link) -> None:
        self.menu.show_state(link, self._status if link.state is LinkState.CONNECTED else None)

    def _take(self, status: AgentStatus) -> None:
        self._status = status
        self.menu.show_state(self._connection.link, status)

    def _kept(self, kept: Kept) -> None:
        if kept.state is KeptState.HERE:
            self._connection.retry()
        self._window.say_always(Notice(Tone.WARNING, *_inside()) if self._hosting.hosts else None)

    def _act(self) -> None:
        # While the agent is away, what the banner offers is to look for it: the window does.
        if self._connection.link.state is not LinkState.CONNECTED:
            return
        notice = self._window.banner.notice
        if notice is not None and notice.code == RESCUED:
            self._worker.dismiss()
        else:
            self._worker.deliver()

    def _say(self, problem: Problem) -> None:
        self._window.tell(Notice(Tone.WARNING, problem.text, problem.remedy))

    def _ask_to_quit(self) -> None:
        words = quit_question(agent_too=True, at_sign_in=starts_at_sign_in())
        self._question = ask(*words, self._quit, self._window)

    def _quit(self) -> None:
        self._worker.stop(QUIT_IN_WINDOW)

    def _may_close(self) -> bool:
        if self.agreed or not self._hosting.hosts:
            return True
        text = QCoreApplication.translate("Agent", "Close the window and end the agent?")
        meaning = QCoreApplication.translate(
            "Agent",
            "The agent runs in this window. Nothing is read until Platen is opened again.",
        )
        yes = QCoreApplication.translate("Agent", "Close and end")
        self._question = ask(text, meaning, yes, self._close, self._window)
        return False

    def _close(self) -> None:
        self.agreed = True
        self._window.close()


def _no_tray() -> str:
    return QCoreApplication.translate("Agent", "Pause and quit")


def _inside() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Agent", "The agent runs inside this window."),
        QCoreApplication.translate(
            "Agent",
            "It could not be started as a program of its own. Closing the window ends it.",
        ),
    )
