"""Files and folders for their owner only, and files that change whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from core.host.backend import Backend, backend
from core.host.errors import HostError


def private_folder(path: Path, host: Backend | None = None) -> Path:
    """Make a folder that only its owner may enter, and return it.

    A folder that was there stays as it is unless others can write in it: then it is tightened
    where it is ours, and refused (``folder_exposed``) where it is not or is meant for all, such as
    /tmp. Raises ``HostError`` (``folder_unusable``) where it cannot be made.
    """
    host = host or backend()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
        found = host.exposure(path)
        if found.writable and found.mine and not found.shared:
            host.restrict(path)
    except OSError as error:
        raise _unusable(path, error) from None
    if found.writable and (found.shared or not found.mine):
        raise HostError(
            "folder_exposed",
            f"Others can write in the folder {path}.",
            "Choose a folder of your own for Platen's data.",
        )
    return path


def private_file(path: Path, host: Backend | None = None) -> Path:
    """See that only its owner can read an existing file; tighten it where it is ours.

    Raises ``HostError`` (``file_exposed``) where it is another user's; ``OSError`` where it is not
    there.
    """
    host = host or backend()
    found = host.exposure(path)
    if not (found.readable or found.writable):
        return path
    if not found.mine:
        raise HostError(
            "file_exposed",
            f"Others can read {path}, and it belongs to another user.",
            "Make it yours and readable by you alone, or remove it.",
        )
    host.restrict(path)
    return path


def atomic_write(path: Path, data: bytes, host: Backend | None = None) -> None:
    """Write a file (owner only) that holds all of ``data`` or what it held before.

    It is written beside its place, flushed to the disk and renamed. Raises ``OSError``; nothing
    half-written is left behind.
    """
    host = host or backend()
    # mkstemp opens with 0600 and never through a link that somebody put there.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        host.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unusable(path: Path, error: OSError) -> HostError:
    reason = error.strerror or type(error).__name__
    return HostError(
        "folder_unusable",
        f"The folder {path} cannot be used: {reason}.",
        "See that it can be written by this user and that the disk has room, or choose another.",
    )
