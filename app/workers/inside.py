"""Starts the agent as a process of its own or, where that is not possible, in this one."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.workers.launch import ProcessLauncher
from core.model.problem import Problem

_log = logging.getLogger(__name__)


class LastResort:
    """A ``Launcher``: ``inside`` is called where no process can be started, or where the one that
    was started died without a word of its own.
    """

    def __init__(self, process: ProcessLauncher, inside: Callable[[], None]) -> None:
        self._process = process
        self._inside = inside
        self._resorted = False

    def start(self) -> None:
        """Start it."""
        if self._resorted:
            self._inside()
            return
        try:
            self._process.start()
        except OSError as error:
            self._resort(error.strerror or type(error).__name__)

    def failure(self) -> Problem | None:
        """Say why it could not be started; ``None`` while it may yet come."""
        if self._resorted:
            return None
        if self._process.ended_wordless:
            self._resort("it ended at once")
            return None
        return self._process.failure()

    def reached(self) -> None:
        """Take that an agent was reached: one that is killed later is no start that failed."""
        self._process.reached()

    def _resort(self, why: str) -> None:
        _log.warning("No process could be started for the agent (%s): it runs in this one.", why)
        self._resorted = True
        self._inside()
