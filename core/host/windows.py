"""Windows: byte-range locks, access lists inherited from the user's profile."""

from __future__ import annotations

import msvcrt
import os
import sys
import time
from pathlib import Path

from core.host.backend import Exposure

# Tells the type checker that the rest is for Windows; elsewhere the import of msvcrt has failed.
assert sys.platform == "win32"  # noqa: S101

# A range lock of Windows keeps others from *reading* that range, so it lies far behind the text
# that the file holds: a second agent must be able to read who has the lock.
_LOCKED_BYTE = 1 << 30
_REPLACE_TRIES = 20
_REPLACE_WAIT = 0.05


class WindowsBackend:
    """See ``core.host.backend.Backend``."""

    name = "windows"

    def take_lock(self, descriptor: int) -> bool:
        """Lock one byte; the system gives it back when the process ends."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def drop_lock(self, descriptor: int) -> None:
        """Unlock the same byte."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def exposure(self, path: Path) -> Exposure:
        """Say owner only: a profile's folders grant their user, the system and administrators."""
        path.stat()
        return Exposure()

    def restrict(self, path: Path) -> None:
        """Leave the inherited access list, which is the owner's already."""
        path.stat()

    def replace(self, source: Path, target: Path) -> None:
        """Rename, patiently: a virus scanner may hold a new file open for a moment."""
        for tries_left in reversed(range(_REPLACE_TRIES)):
            try:
                source.replace(target)
            except PermissionError:
                if not tries_left:
                    raise
                time.sleep(_REPLACE_WAIT)
            else:
                return
