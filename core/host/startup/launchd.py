"""Started by launchd on macOS: at sign-in as an agent, with the computer as a daemon.

Never run by its makers on a Mac: what is written and called is tested at this border.
"""

from __future__ import annotations

import os
import plistlib
from pathlib import Path
from typing import Any

from core.host.machine import machine_places
from core.host.startup.manager import Program, Runner, StartupStatus, failed, refused

LABEL = "eu.platen.agent"
DAEMON = Path("/Library/LaunchDaemons") / f"{LABEL}.plist"


class _Plist:
    """A property list that launchd knows under a domain ("gui/501", "system")."""

    def __init__(self, path: Path, domain: str, run: Runner) -> None:
        self._path = path
        self._domain = domain
        self._run = run

    def content(self, program: Program) -> dict[str, Any]:
        """Give the property list."""
        return {
            "Label": LABEL,
            "ProgramArguments": list(program.command),
            "RunAtLoad": True,
            # Started again where it did not end by itself; at most every ten seconds.
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": 10,
            "ProcessType": "Background",
            "Umask": 0o077,
        }

    def install(self, program: Program) -> str:
        """See ``Startup``."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(plistlib.dumps(self.content(program)))
            self._path.chmod(0o644)
        except OSError as error:
            raise failed(f"{self._path} cannot be written", error) from None
        self._run(("launchctl", "bootout", f"{self._domain}/{LABEL}"))
        said = self._run(("launchctl", "bootstrap", self._domain, str(self._path)))
        if said.status != 0:
            reason = said.output.strip() or f"exit status {said.status}"
            raise refused("launchctl does not take it", reason, "Be an administrator: use sudo.")
        return f"Platen is started by launchd ({self._path})."

    def remove(self) -> str:
        """See ``Startup``."""
        self._run(("launchctl", "bootout", f"{self._domain}/{LABEL}"))
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise failed(f"{self._path} cannot be removed", error) from None
        return "Platen is not started by launchd any more."

    def status(self) -> StartupStatus:
        """See ``Startup``."""
        said = self._run(("launchctl", "print", f"{self._domain}/{LABEL}"))
        running = "state = running" in said.output if said.status == 0 else False
        return StartupStatus(self._path.is_file(), str(self._path), running)


class LaunchAgent(_Plist):
    """Started when this user signs in."""

    def __init__(self, home: Path, run: Runner) -> None:
        path = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        owner = os.getuid() if hasattr(os, "getuid") else 0
        super().__init__(path, f"gui/{owner}", run)

    def content(self, program: Program) -> dict[str, Any]:
        """See ``_Plist``: only where there is a screen."""
        return super().content(program) | {"LimitLoadToSessionType": "Aqua"}


class LaunchDaemon(_Plist):
    """Started with the computer, under the account of the service."""

    def __init__(self, run: Runner, path: Path = DAEMON) -> None:
        super().__init__(path, "system", run)

    def content(self, program: Program) -> dict[str, Any]:
        """See ``_Plist``: under the service's own account."""
        return super().content(program) | {"UserName": machine_places("darwin").account}
