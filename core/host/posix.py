"""Linux and macOS: flock, permission bits, fsync of a folder."""

from __future__ import annotations

import fcntl
import os
import stat
from pathlib import Path

from core.host.backend import Exposure

_READ = stat.S_IRGRP | stat.S_IROTH
_WRITE = stat.S_IWGRP | stat.S_IWOTH


class PosixBackend:
    """See ``core.host.backend.Backend``."""

    name = "posix"

    def take_lock(self, descriptor: int) -> bool:
        """Lock with flock(2): it belongs to the open file and dies with the process."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def drop_lock(self, descriptor: int) -> None:
        """Unlock."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def exposure(self, path: Path) -> Exposure:
        """Read the permission bits and the owner."""
        found = path.stat()
        return Exposure(
            readable=bool(found.st_mode & _READ),
            writable=bool(found.st_mode & _WRITE),
            mine=found.st_uid == os.geteuid(),
            shared=bool(found.st_mode & stat.S_ISVTX),
        )

    def restrict(self, path: Path) -> None:
        """Take every bit from group and others."""
        path.chmod(stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXU)

    def replace(self, source: Path, target: Path) -> None:
        """Rename, then flush the folder: without it a power cut may bring the old name back."""
        source.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
