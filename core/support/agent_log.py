"""The agent's log: files of bounded size, owner only, with nothing hidden and nothing secret.

A log that cannot be written never breaks the agent: what is lost is counted, and the status says
so.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from core.border import Border, BorderFilter
from core.host.backend import backend
from core.host.clock import rfc3339
from core.host.permissions import private_folder
from core.model.plain import plain
from core.model.problem import PlatenError, Problem
from core.model.status import LogStatus
from core.support.context import ACTION
from core.support.redact import redact

FOLDER, NAME = "logs", "agent.log"
LARGEST, KEPT = 1_000_000, 5  # bytes a file, files in all
_LONGEST = 20_000  # characters of one entry
_WAITING = 500


def log_files(folder: Path) -> list[Path]:
    """Give the log files of a data folder, the newest first."""
    names = [NAME, *(f"{NAME}.{number}" for number in range(1, KEPT))]
    return [path for name in names if (path := folder / FOLDER / name).is_file()]


class AgentLog(logging.Handler):
    """A handler for the root logger. What comes before ``start`` is kept for it."""

    def __init__(self, *, largest: int = LARGEST, kept: int = KEPT) -> None:
        super().__init__(logging.INFO)
        self._largest, self._kept = largest, kept
        self._early: deque[logging.LogRecord] = deque(maxlen=_WAITING)
        self._hide: BorderFilter | None = None
        self._path = Path(NAME)
        self._file: int | None = None
        self._size = 0
        self._broken_line = False
        self._lost = 0
        self._problem: Problem | None = None

    def start(self, folder: Path, border: Callable[[], Border]) -> None:
        """Write into the logs of a data folder from now on; never raises.

        What ``border`` hides at that moment is never written.
        """
        self.acquire()
        try:
            self._path, self._hide = folder / FOLDER / NAME, BorderFilter(border)
            early, self._early = self._early, deque()
            for record in early:
                self.handle(record)
        finally:
            self.release()

    def status(self) -> LogStatus:
        """Say where it is, and what was lost since the start and why."""
        return LogStatus(str(self._path), self._lost, self._problem)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; what cannot be written is counted."""
        if self._hide is None:
            self._early.append(record)
            return
        try:
            self._hide.filter(record)
            self._write(_entry(record).encode("utf-8", "replace"))
        except Exception as error:  # noqa: BLE001 - a log must not break what it logs
            self._lost += 1
            self._problem = _unwritable(self._path, error)
            self._close()
        else:
            self._problem = None

    def _write(self, data: bytes) -> None:
        if self._file is not None and self._size and self._size + len(data) > self._largest:
            self._close()
            self._rotate()
        if self._file is None:
            self._file = self._open()
        if self._broken_line:
            data = b"\n" + data
        written = os.write(self._file, data)
        self._size += written
        self._broken_line = written < len(data)
        if self._broken_line:
            raise OSError(28, "the disk is full")

    def _open(self) -> int:
        private_folder(self._path.parent)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        file = os.open(self._path, flags, 0o600)
        self._size = os.fstat(file).st_size
        if self._size == 0:
            backend().restrict(self._path)
        return file

    def _rotate(self) -> None:
        """Move each file on by one; the oldest goes."""
        for number in range(self._kept - 1, 0, -1):
            older = self._path.with_name(f"{NAME}.{number}")
            newer = self._path.with_name(f"{NAME}.{number - 1}") if number > 1 else self._path
            if newer.exists():
                newer.replace(older)

    def _close(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            try:
                os.close(file)
            except OSError:
                self._lost += 1

    def close(self) -> None:
        """Close the file."""
        self.acquire()
        try:
            self._close()
        finally:
            self.release()
        super().close()


def _entry(record: logging.LogRecord) -> str:
    """Write a record as text: time, level, logger, action, what it says, its traceback."""
    action = str(getattr(record, "action", "") or ACTION.get())
    told = [record.getMessage()]
    if record.exc_info and record.exc_info[0] is not None:
        told.append(record.exc_text or "")
    if record.stack_info:
        told.append(record.stack_info)
    text = redact("\n".join(told)[:_LONGEST])
    text = "".join(c if c.isprintable() or c == "\n" else "?" for c in text)
    # Lines that follow are set in, so that no text can pretend to be an entry of its own.
    text = text.rstrip("\n").replace("\n", "\n    ")
    at = rfc3339(datetime.fromtimestamp(record.created, UTC))
    about = f" [{plain(action, 80)}]" if action else ""
    return f"{at} {record.levelname} {record.name}{about} {text}\n"


def _unwritable(path: Path, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or type(error).__name__
    if isinstance(error, PlatenError):
        reason = error.problem.text
    return Problem(
        "log_unwritable",
        f"The log {path} cannot be written: {reason}.",
        "The agent works without it. See that the disk has room and this user may write there.",
    )
