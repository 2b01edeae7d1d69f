"""Where an agent lives that serves everybody at a computer (per machine, as a service)."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

#: Other places than the system's, for tests and unusual installations: a folder that then holds
#: ``data`` and ``run``.
VARIABLE = "PLATEN_MACHINE"


@dataclass(frozen=True, slots=True)
class MachinePlaces:
    """``data`` is the service account's alone; ``run`` holds the socket and may be entered by the
    ``group`` of operators.
    """

    data: Path
    run: Path
    account: str
    group: str


LINUX = MachinePlaces(Path("/var/lib/platen"), Path("/run/platen"), "platen", "platen-operators")
_MACOS = MachinePlaces(
    Path("/Library/Application Support/Platen"), Path("/var/run/platen"), "_platen", "admin"
)


def machine_places(platform: str = sys.platform) -> MachinePlaces:
    """Give the places of this system."""
    if platform == "win32":
        base = Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Platen"
        places = MachinePlaces(base, base / "run", "NT AUTHORITY\\LocalService", "Administrators")
    else:
        places = _MACOS if platform == "darwin" else LINUX
    chosen = os.environ.get(VARIABLE)
    if chosen:
        places = replace(places, data=Path(chosen) / "data", run=Path(chosen) / "run")
    return places


def shared_folder(places: MachinePlaces) -> Path | None:
    """Give where the machine's agent is found; ``None`` where none is installed.

    Its own data folder can be seen by everybody, and entered by the service alone.
    """
    try:
        installed = places.data.is_dir()
    except OSError:
        return None
    return places.run if installed and (trusted_run(places) or not places.run.exists()) else None


def trusted_run(places: MachinePlaces) -> bool:
    """Say whether the folder of the machine's agent is there and nobody but its owner or root can
    put anything into it: else a face would tell its secrets to whoever made it.
    """
    try:
        found = places.run.stat()
        above = places.run.parent.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True  # Windows: ProgramData\\Platen is made by the installer, with its own list
    safe_above = above.st_uid in {0, found.st_uid} and not above.st_mode & 0o002
    return safe_above and not found.st_mode & 0o022
