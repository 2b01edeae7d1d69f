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
from core.model.problem import BadInputError, PlatenError

_FILE = "channel.json"
#: The socket of an agent in its folder; of one that serves a group, in the group's.
SOCKET = "agent.sock"
TOKEN_HEADER = "x-platen-token"  # noqa: S105 - the name of a header, not a token
#: sun_path holds 104 octets on macOS and 108 on Linux, the ending NUL included.
_LONGEST_SOCKET_PATH = 100


class AgentAwayError(PlatenError):
    """No agent answers for this data folder (code ``agent_away``)."""

    def __init__(self, folder: Path, detail: str = "") -> None:
        text = f"No agent is running for {folder}"
        super().__init__(
            "agent_away",
            f"{text}: {detail}." if detail else f"{text}.",
            "Start it with `platen agent`, or open the window, which starts one.",
        )


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


def look_up(folder: Path) -> ChannelAddress:
    """Find the agent of a data folder; raises ``AgentAwayError``."""
    try:
        return from_json((folder / _FILE).read_bytes(), ChannelAddress)
    except FileNotFoundError:
        raise AgentAwayError(folder) from None
    except PermissionError:
        raise AgentAwayError(
            folder, "its address file is for its owner, or a group that you are not in"
        ) from None
    except (OSError, BadInputError):
        raise AgentAwayError(folder, "its address file cannot be read") from None
