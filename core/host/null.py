"""The null backend: an operating system that offers none of it. Locks hold inside one process."""

from __future__ import annotations

import os
from pathlib import Path

from core.host.backend import Exposure


class NullBackend:
    """See ``core.host.backend.Backend``. ``held`` are the files locked, by device and inode."""

    name = "null"

    def __init__(self) -> None:
        self.held: set[tuple[int, int]] = set()

    def take_lock(self, descriptor: int) -> bool:
        """Remember the file as locked; ``False`` where it is."""
        file = self._file(descriptor)
        free = file not in self.held
        self.held.add(file)
        return free

    def drop_lock(self, descriptor: int) -> None:
        """Forget the file."""
        self.held.discard(self._file(descriptor))

    def exposure(self, path: Path) -> Exposure:
        """Say owner only: nothing is known."""
        path.stat()
        return Exposure()

    def restrict(self, path: Path) -> None:
        """Do nothing: there is nothing to set."""
        path.stat()

    def replace(self, source: Path, target: Path) -> None:
        """Rename."""
        source.replace(target)

    @staticmethod
    def _file(descriptor: int) -> tuple[int, int]:
        found = os.fstat(descriptor)
        return found.st_dev, found.st_ino
