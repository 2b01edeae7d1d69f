"""The one interface to what differs by operating system, and the choice of its backend."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Exposure:
    """How far a file or folder is open to others. ``mine``: this user may tighten it.

    ``shared`` marks a folder that is meant for everybody, such as /tmp (the sticky bit).
    """

    readable: bool = False
    writable: bool = False
    mine: bool = True
    shared: bool = False


class Backend(Protocol):
    """What Platen asks of an operating system. Every method may raise ``OSError``."""

    name: str

    def take_lock(self, descriptor: int) -> bool:
        """Lock an open file for this process; ``False`` where another process has it.

        The lock ends with the process, however that ends.
        """
        ...

    def drop_lock(self, descriptor: int) -> None:
        """Give the lock back."""
        ...

    def exposure(self, path: Path) -> Exposure:
        """Say who but its owner can read or write a file or folder."""
        ...

    def restrict(self, path: Path) -> None:
        """Leave a file or folder to its owner only."""
        ...

    def replace(self, source: Path, target: Path) -> None:
        """Move ``source`` over ``target`` in one step that survives a power cut."""
        ...


@cache
def backend() -> Backend:
    """Give the backend of this operating system; the null one where there is none."""
    # Imported late: a backend's module needs libraries that the other systems do not have.
    if sys.platform == "win32":
        from core.host.windows import WindowsBackend  # noqa: PLC0415

        return WindowsBackend()
    try:
        from core.host.posix import PosixBackend  # noqa: PLC0415
    except ImportError:
        from core.host.null import NullBackend  # noqa: PLC0415

        return NullBackend()
    return PosixBackend()
