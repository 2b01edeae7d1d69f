"""One agent a data folder: a lock of the operating system that ends with its process."""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from core.host.backend import Backend, backend
from core.host.errors import AlreadyRunningError, HostError

NAME = "agent.lock"
_MOST = 4096


class Holding(StrEnum):
    """How the lock of a folder is found."""

    HELD = "held"  # an agent runs
    FREE = "free"  # none has run yet, or the last one ended in order
    LEFT = "left"  # the last one died: its name still stands there


def look(folder: Path, host: Backend | None = None) -> Holding:
    """Say how the lock is, for a process that does not hold it; what cannot be looked at is held.

    To see it, the lock is taken for a moment where it is free.
    """
    host = host or backend()
    try:
        descriptor = os.open(folder / NAME, os.O_RDWR)
    except FileNotFoundError:
        return Holding.FREE
    except OSError:
        return Holding.HELD
    try:
        if not host.take_lock(descriptor):
            return Holding.HELD
        left = os.fstat(descriptor).st_size > 0
        host.drop_lock(descriptor)
    except OSError:
        return Holding.HELD
    finally:
        os.close(descriptor)
    return Holding.LEFT if left else Holding.FREE


class AgentLock:
    """The lock of one data folder, held until ``release`` or the end of the process.

    The file stays behind; it means nothing without the lock on it, so there are no stale ones.
    """

    def __init__(self, folder: Path, descriptor: int, host: Backend) -> None:
        self.folder = folder
        self._descriptor: int | None = descriptor
        self._host = host

    @classmethod
    def take(cls, folder: Path, host: Backend | None = None) -> AgentLock:
        """Take the folder's lock.

        Raises ``AlreadyRunningError`` that names the process which has it, and ``HostError``
        (``folder_unusable``) where the file cannot be written.
        """
        host = host or backend()
        try:
            descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _unusable(folder, error) from None
        try:
            if not host.take_lock(descriptor):
                raise _already_running(folder, _holder(descriptor))
            _sign(descriptor, folder)
        except OSError as error:
            os.close(descriptor)
            raise _unusable(folder, error) from None
        except AlreadyRunningError:
            os.close(descriptor)
            raise
        return cls(folder, descriptor, host)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            os.ftruncate(descriptor, 0)
            self._host.drop_lock(descriptor)
        finally:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _sign(descriptor: int, folder: Path) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps({"pid": os.getpid(), "folder": str(folder)}).encode())


def _holder(descriptor: int) -> int | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        pid = json.loads(os.read(descriptor, _MOST))["pid"]
    except (ValueError, KeyError, TypeError):
        return None  # the other one is just about to sign
    return pid if isinstance(pid, int) else None


def _already_running(folder: Path, pid: int | None) -> AlreadyRunningError:
    who = "another process" if pid is None else f"process {pid}"
    return AlreadyRunningError(
        "agent_already_running",
        f"An agent is running already ({who}) on the data folder {folder}.",
        "Use that one, stop it first, or give this one a data folder of its own.",
    )


def _unusable(folder: Path, error: OSError) -> HostError:
    reason = error.strerror or type(error).__name__
    return HostError(
        "folder_unusable",
        f"The folder {folder} cannot be locked: {reason}.",
        "See that it exists, can be written by this user, and that its disk has room.",
    )
