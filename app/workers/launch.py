"""Starts an agent as a process of its own, which outlives the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO, Protocol

from core.host.paths import ensure_data_folder
from core.model.problem import Problem

ERRORS_FILE = "agent-errors.log"
_PREFIX = "platen: "  # how the command line begins the text of a failure; the remedy follows
_LONGEST = 400  # characters of the agent's last words that are shown
_REMEDY = "Start `platen agent` in a terminal to see what is wrong."


class Launcher(Protocol):
    """Starts the agent and knows whether that failed."""

    def start(self) -> None:
        """Start it; raises ``OSError`` where the system cannot."""
        ...

    def failure(self) -> Problem | None:
        """Say why the agent that was started has ended already; ``None`` while it lives."""
        ...

    def reached(self) -> None:
        """Take that an agent was reached: an end after that is no start that failed."""
        ...


def platen_command(*arguments: str) -> list[str]:
    """Give the command line of ``platen`` with these arguments, from a bundle or from Python."""
    frozen = getattr(sys, "frozen", False)
    base = [sys.executable] if frozen else [sys.executable, "-P", "-m", "app"]
    return [*base, *arguments]


def agent_command(folder: Path) -> list[str]:
    """Give the command line of an agent for ``folder``."""
    return platen_command("agent", "--data", str(folder))


def tray_command(folder: Path) -> list[str]:
    """Give the command line of a tray for ``folder``, which hosts an agent where there is none."""
    return platen_command("tray", "--data", str(folder))


class ProcessLauncher:
    """Starts ``platen agent`` detached: never a fork of the window, never its child to end.

    What it says on standard error (warnings, and why it could not start) goes to
    ``agent-errors.log`` in its data folder, begun anew at each start.
    """

    def __init__(self, folder: Path, command: list[str] | None = None) -> None:
        self._folder = folder
        self._command = command or agent_command(folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._reached = False

    @property
    def pid(self) -> int | None:
        """The process that was started last."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it, with its own session and nothing of the window's input and output."""
        ensure_data_folder(self._folder)
        with (self._folder / ERRORS_FILE).open("wb") as errors:
            self._process = detached(self._command, errors)
        self._reached = False

    def failure(self) -> Problem | None:
        """Give the last words of an agent that ended by itself, or that a tray starts in vain."""
        status = self._process.poll() if self._process else None
        if self._reached or status == 0 or self._process is None:
            return None  # a tray that ends well has found another one
        if status is None and not self._named():
            return None
        text, remedy = self._last_words()
        said = text or f"The agent ended at once, with exit status {status}."
        return Problem("agent_failed", said, remedy or _REMEDY)

    @property
    def ended_wordless(self) -> bool:
        """Whether it ended without naming a cause: not for a reason that holds here as well."""
        ended = self._process is not None and self._process.poll() not in {None, 0}
        return ended and not self._reached and not self._named()

    def reached(self) -> None:
        """Take that an agent was reached: what becomes of the process now is no failed start."""
        self._reached = True

    def forget(self) -> None:
        """Let the agent go: it lives on, and its end is no concern of this process any more."""
        if self._process is not None and self._process.returncode is None:
            # Without this, Popen warns at exit about a child that is meant to go on.
            self._process.returncode = 0
        self._process = None

    def _last_words(self) -> tuple[str, str]:
        lines = self._written()
        return self._named() or ("", lines[-1][:_LONGEST] if lines else "")

    def _named(self) -> tuple[str, str] | None:
        lines = self._written()
        for place, line in enumerate(lines):
            if line.startswith(_PREFIX):
                remedy = lines[place + 1] if place + 1 < len(lines) else ""
                return line.removeprefix(_PREFIX)[:_LONGEST], remedy[:_LONGEST]
        return None

    def _written(self) -> list[str]:
        try:
            written = (self._folder / ERRORS_FILE).read_text("utf-8", "replace")
        except OSError:
            return []
        return [line.strip() for line in written.splitlines() if line.strip()]


def detached(command: list[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a program with a session of its own and nothing of this one's input and output."""
    # A list, no shell: nothing in a path is ever interpreted.
    if sys.platform == "win32":
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            creationflags=subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP,
        )
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        start_new_session=True,
    )
