"""The one interface to how systems start programs, and the choice of its backend."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.host.errors import HostError


@dataclass(frozen=True, slots=True)
class Program:
    """What is to be started: the command line that ends in ``tray`` or ``agent``."""

    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartupStatus:
    """Whether the system starts it, by what (a file, a key), and how it is at present.

    ``running`` is ``None`` where the system cannot tell.
    """

    installed: bool
    place: str
    running: bool | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program of the system said."""

    status: int
    output: str


#: Runs a program of the system to its end; a missing one gives status 127.
Runner = Callable[[Sequence[str]], Ran]


class Startup(Protocol):
    """One way to be started. Every method raises ``HostError``."""

    def install(self, program: Program) -> str:
        """Have the system start it from now on; gives a sentence on what was done."""
        ...

    def remove(self) -> str:
        """Have it started no more; gives a sentence. What is not there is passed over."""
        ...

    def status(self) -> StartupStatus:
        """Say how it stands."""
        ...


def refused(what: str, reason: str, remedy: str) -> HostError:
    """Give the error for what the system would not do."""
    return HostError("startup_failed", f"{what}: {reason}.", remedy)


def failed(what: str, error: OSError) -> HostError:
    """Give the error for a file that cannot be written or removed."""
    reason = error.strerror or type(error).__name__
    return refused(what, reason, "See that this user may write there; for a service, be root.")


def at_sign_in(home: Path, run: Runner, platform: str = sys.platform) -> Startup:
    """Give the way to be started when this user signs in."""
    if platform == "win32":
        from core.host.startup.windows import RunKey, registry  # noqa: PLC0415

        return RunKey(registry())
    if platform == "darwin":
        from core.host.startup.launchd import LaunchAgent  # noqa: PLC0415

        return LaunchAgent(home, run)
    from core.host.startup.xdg import Autostart  # noqa: PLC0415

    return Autostart(home)


def as_service(run: Runner, platform: str = sys.platform) -> Startup:
    """Give the way to be started with the computer, for everybody."""
    if platform == "win32":
        from core.host.startup.windows import StartTask  # noqa: PLC0415

        return StartTask(run)
    if platform == "darwin":
        from core.host.startup.launchd import LaunchDaemon  # noqa: PLC0415

        return LaunchDaemon(run)
    from core.host.startup.systemd import SystemdService  # noqa: PLC0415

    return SystemdService(run)
