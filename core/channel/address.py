"""Where an agent listens: a file in its data folder that only its readers can read.

POSIX: a Unix socket in a folder of the owner's. Windows, which has none in gRPC: a port of
127.0.0.1 with a certificate made at this start and a random token, so that a squatter on a dead
agent's port gets nothing, and nobody without the file gets in.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from core.host.permissions import atomic_write, private_folder
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError, PlatenError, Problem

_FILE = "channel.json"
#: The socket of an agent in its folder; of one that serves a group, in the group's.
SOCKET = "agent.sock"
TOKEN_HEADER = "x-platen-token"  # noqa: S105 - the name of a header, not a token
#: sun_path holds 104 octets on macOS and 108 on Linux, the ending NUL included.
_LONGEST_SOCKET_PATH = 100


class AgentAwayError(PlatenError):
    """No agent answers for this data folder. ``code`` says how that is: ``agent_away`` none runs,
    ``agent_silent`` one runs and does not answer, ``agent_forbidden`` this user may not,
    ``agent_foreign`` something else answers in its place. ``unheard``: nobody was there to hear
    what was asked.
    """

    def __init__(
        self,
        folder: Path,
        detail: str = "",
        code: str = "agent_away",
        *,
        unheard: bool = False,
    ) -> None:
        self.unheard = unheard or code in {"agent_forbidden", "agent_foreign"}
        form, remedy = _WORDS[code]
        text = form.format(folder=folder)
        super().__init__(code, f"{text}: {detail}." if detail else f"{text}.", remedy)


class ActionUnknownError(AgentAwayError):
    """The agent went while it was at an action: nobody knows whether it is done
    (code ``action_unknown``).
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, code="action_unknown")


def other_version() -> Problem:
    """Say that this program and the agent do not understand each other."""
    return Problem(
        "agent_version",
        "The agent that runs is of another version than this program, which does not understand "
        "all that it says. What is shown may be incomplete.",
        "Close this program, end the agent (`platen agent --stop`), and start Platen again.",
    )


_SILENT = (
    "It is asked again by itself. If that lasts longer than three minutes, end its process and "
    "start Platen again."
)
_WORDS = {
    "agent_away": (
        "No agent is running for {folder}",
        "Start it with `platen agent`, or open the window, which starts one.",
    ),
    "agent_silent": ("The agent of {folder} does not answer", _SILENT),
    "agent_forbidden": (
        "You may not use the agent of {folder}",
        "Sign in as the user who runs it, or have yourself added to the group that may.",
    ),
    "agent_foreign": (
        "Something else answers in place of the agent of {folder}",
        "Start the agent again: it then says anew where it listens.",
    ),
    "action_unknown": (
        "The connection to the agent was lost: it is not known whether this was done",
        "Look whether it was done as soon as the agent is back, and ask for it again if not.",
    ),
}


@dataclass(frozen=True, slots=True)
class ChannelAddress:
    """How to reach an agent. ``certificate`` (PEM) and ``token`` are empty on a Unix socket."""

    target: str
    pid: int
    certificate: str = ""
    token: str = field(default="", repr=False)


def socket_path(folder: Path) -> Path:
    """Give the path of the Unix socket for a data folder, short enough for every system."""
    return short_enough(folder / "run" / SOCKET, f"{short_name(folder)}.sock")


def short_name(folder: Path) -> str:
    """Give a short name for a data folder, the same each time."""
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]


def short_enough(path: Path, name: str) -> Path:
    """Give ``path``, or where that is too long for a socket, ``name`` in this user's own folder for
    such things; makes the folder it lies in.
    """
    if len(os.fsencode(path)) > _LONGEST_SOCKET_PATH:
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        owner = os.getuid() if hasattr(os, "getuid") else 0
        path = base / f"platen-{owner}" / name
    private_folder(path.parent)
    return path


def publish(folder: Path, address: ChannelAddress) -> None:
    """Say where this agent listens."""
    atomic_write(folder / _FILE, to_json(address).encode())


def share(folder: Path) -> None:
    """Let the group of the folder's files use them: the operators of this computer."""
    (folder / _FILE).chmod(0o640)
    socket = folder / SOCKET
    if socket.exists():  # not on Windows: there the folder's own list of rights decides
        socket.chmod(0o660)


def withdraw(folder: Path) -> None:
    """Take the address back at the agent's end."""
    (folder / _FILE).unlink(missing_ok=True)


def published(folder: Path) -> int | None:
    """Give a mark that is another one whenever an agent says where it listens; ``None``: nobody
    does.
    """
    try:
        return (folder / _FILE).stat().st_mtime_ns
    except OSError:
        return None


def look_up(folder: Path) -> ChannelAddress:
    """Find the agent of a data folder; raises ``AgentAwayError``."""
    try:
        return from_json((folder / _FILE).read_bytes(), ChannelAddress)
    except FileNotFoundError:
        raise AgentAwayError(folder) from None
    except PermissionError:
        detail = "its address file is for its owner, or a group that you are not in"
        raise AgentAwayError(folder, detail, "agent_forbidden") from None
    except (OSError, BadInputError):
        raise AgentAwayError(folder, "its address file cannot be read") from None
