"""The agent's menu: of the tray, and the same one in the window where there is no tray."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.ui import wording
from app.workers.connection import Link, LinkState
from core.model.status import AgentStatus

#: Minutes of the pauses offered; 0: until tomorrow.
PAUSES = (15, 60, 0)


class AgentMenu(QMenu):
    """Says what is wanted; ``show_state`` says what can be had.

    ``opened`` gives the view to open ("": the window as it was). ``in_window`` leaves out what a
    window need not offer; ``without_tray`` says that this desktop shows no tray icon.
    """

    opened = Signal(str)
    scan = Signal()
    collect = Signal()
    pause = Signal(int)
    resume = Signal()
    page = Signal()
    start = Signal()
    quit = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        in_window: bool = False,
        without_tray: bool = False,
        may_start: bool = True,
    ) -> None:
        super().__init__(parent)
        self._may_start = may_start
        self.setWindowTitle("Platen")
        if without_tray:
            text = self.tr("This desktop shows no tray icon: all of it is here.")
            self.addAction(text).setEnabled(False)
            self.addSeparator()
        if not in_window:
            self._open = self._add(self.tr("Open Platen"), lambda: self.opened.emit(""))
            self.setDefaultAction(self._open)
            self.addSeparator()
        self.collect_now = self._add(self.tr("Collect now"), self.collect.emit)
        self.scan_now = self._add(self.tr("Scan the network"), self.scan.emit)
        self.pauses = QMenu(self.tr("Pause"), self)
        for minutes in PAUSES:
            self._add(pause_name(minutes), partial(self.pause.emit, minutes), self.pauses)
        self.addMenu(self.pauses)
        self.resume_now = self._add(self.tr("Resume"), self.resume.emit)
        self.addSeparator()
        self.local_page = self._add(self.tr("Show the local page"), self.page.emit)
        self.logs = self._add(self.tr("Send logs to support…"), lambda: self.opened.emit("support"))
        self.addSeparator()
        self.version = self.addAction("Platen")
        self.version.setEnabled(False)
        self.start_now = self._add(self.tr("Start the agent"), self.start.emit)
        name = self.tr("Quit the agent…") if in_window else self.tr("Quit…")
        self.quit_now = self._add(name, self.quit.emit)
        self.show_state(Link(LinkState.CONNECTING), None)

    def show_state(self, link: Link, status: AgentStatus | None) -> None:
        """Show what can be asked for now."""
        here = link.state is LinkState.CONNECTED
        pause = status.schedule.pause if status is not None and here else None
        for action in (self.collect_now, self.scan_now, self.local_page, self.resume_now):
            action.setEnabled(here)
        self.pauses.setEnabled(here)
        self.resume_now.setVisible(pause is not None)
        if pause is not None and pause.until is not None:
            form = self.tr("Resume (paused until %1)")
            self.resume_now.setText(form.replace("%1", wording.moment(pause.until), 1))
        else:
            self.resume_now.setText(self.tr("Resume"))
        self.start_now.setVisible(link.state is LinkState.AWAY and self._may_start)
        if status is not None:
            self.version.setText(f"Platen {status.version}")

    def _add(self, text: str, work: Callable[[], object], menu: QMenu | None = None) -> QAction:
        action = (menu or self).addAction(text)
        action.triggered.connect(lambda _checked=False: work())
        return action


def pause_name(minutes: int) -> str:
    """Name a pause."""
    names = {
        15: QCoreApplication.translate("Tray", "For 15 minutes"),
        60: QCoreApplication.translate("Tray", "For 1 hour"),
        0: QCoreApplication.translate("Tray", "Until tomorrow"),
    }
    return names[minutes]
