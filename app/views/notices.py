"""What the window says at its top: how the agent is, and why something that was asked for failed.

How the agent is stays as long as it is so. A failure is said under it for a while, so that neither
hides the other; while the agent is away it waits: nobody reads on before it is back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.ui.banner import Banner, Notice
from app.ui.tokens import Tone
from app.workers.connection import Link, LinkState
from core.model.problem import Problem

SHOWN_MS = 12_000
# While the agent is away the banner says these, and what to do: what failed for it adds nothing.
_STATE = frozenset({"agent_away", "agent_forbidden", "agent_foreign", "agent_silent"})


class Notices(QObject):
    """The two banners: ``banner`` for what holds, ``failure`` for what was asked for in vain."""

    def __init__(self, parent: QObject, link: Callable[[], Link]) -> None:
        super().__init__(parent)
        self.banner, self.failure = Banner(), Banner()
        self._link = link
        self._state: Notice | None = None
        self._always: Notice | None = None
        self._told: Notice | None = None
        self._code = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._forget)

    def lay_out(self, layout: QVBoxLayout) -> None:
        """Take their place."""
        layout.addWidget(self.banner)
        layout.addWidget(self.failure)

    def show_state(self, notice: Notice | None) -> None:
        """Say how the agent is; ``None``: there is nothing to say of it."""
        self._state = notice
        self._show()

    def say_always(self, notice: Notice | None) -> None:
        """Say something that holds as long as nothing is wrong."""
        self._always = notice
        self._show()

    def tell(self, notice: Notice) -> None:
        """Say something for a while."""
        self._say(notice, "")

    def refuse(self, problem: Problem) -> None:
        """Say for a while why something that was asked for could not be done."""
        self._say(Notice(Tone.WARNING, problem.text, problem.remedy), problem.code)

    def _say(self, notice: Notice, code: str) -> None:
        self._told, self._code = notice, code
        self._timer.start()
        self._show()

    def _show(self) -> None:
        if self._code in _STATE and self._link().state is LinkState.AWAY:
            self._told, self._code = None, ""
        self.banner.tell(self._state or self._told or self._always)
        self.failure.tell(self._told if self._state is not None else None)

    def _forget(self) -> None:
        if self._link().state is not LinkState.CONNECTED:
            self._timer.start()
            return
        self._told = None
        self._show()
