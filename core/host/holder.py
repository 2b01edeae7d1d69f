"""Which program listens at a TCP port of this computer, as far as this system lets one see it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from core.model.plain import plain

_LISTENING = "0A"  # TCP_LISTEN of the kernel, as /proc/net/tcp writes it
_TABLES = ("net/tcp", "net/tcp6")


def holder_of(port: int, proc: Path = Path("/proc")) -> str | None:
    """Name who listens at ``port``: "NAME (process 12)"; ``None`` where it cannot be told.

    Linux tells it of the processes that this user may look into (proc(5)); elsewhere nothing is
    told.
    """
    inodes = _inodes(port, proc)
    if not inodes:
        return None
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for process in sorted(proc.glob("[0-9]*")):
        with contextlib.suppress(OSError):
            if any(str(file.readlink()) in wanted for file in _files(process)):
                name = (process / "comm").read_text(errors="replace").strip()
                return f"{plain(name, 40)} (process {process.name})"
    return None


def _files(process: Path) -> list[Path]:
    return [file for file in (process / "fd").iterdir() if file.is_symlink()]


def _inodes(port: int, proc: Path) -> set[str]:
    found: set[str] = set()
    for table in _TABLES:
        with contextlib.suppress(OSError):
            for line in (proc / table).read_text().splitlines()[1:]:
                cells = line.split()
                if len(cells) > 9 and cells[3] == _LISTENING and cells[1].endswith(f":{port:04X}"):
                    found.add(cells[9])
    return found
