"""A fault of Platen itself: one sentence for the person, the details in a file for support."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from app.commands.common import stderr
from core.host.paths import data_folder
from core.model.plain import plain
from core.support.redact import redact

#: sysexits.h EX_SOFTWARE: an internal fault.
STATUS = 70
NAME = "agent-errors.log"
_LARGEST = 1_000_000
_LONGEST = 200


def end_by_fault(error: Exception, arguments: list[str] | None = None) -> NoReturn:
    """Say that ``error`` ended the program, and where its details are; ends the process."""
    given = sys.argv[1:] if arguments is None else arguments
    what = plain(redact(f"{type(error).__name__}: {error}"), _LONGEST)
    stderr.print(f"platen: This ended by a fault in Platen ({what}).", markup=False)
    place = _keep(error, _folder(given))
    if place is None:
        stderr.print("        Its details could not be written to the data folder.", markup=False)
    else:
        stderr.print(f"        Send {place} to support: it has the details.", markup=False)
    sys.exit(STATUS)


def _folder(arguments: list[str]) -> Path:
    """Find the data folder where no command did: the arguments may be what is wrong."""
    for at, one in enumerate(arguments):
        if one.startswith("--data="):
            return Path(one.partition("=")[2])
        if one == "--data" and at + 1 < len(arguments):
            return Path(arguments[at + 1])
    given = os.environ.get("PLATEN_DATA")
    return Path(given) if given else data_folder()


def _keep(error: Exception, folder: Path) -> Path | None:
    """Append the details to a file that only its owner reads; ``None`` where that fails."""
    path = folder / "logs" / NAME
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = redact(_bordered("".join(traceback.format_exception(error)), folder))
    text = f"{at}\n{told}\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".1.log"))
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write(text)
    except OSError:
        return None
    return path


def _bordered(text: str, folder: Path) -> str:
    """Give the text as it may leave the building: the file is made to be sent."""
    from core.border import Border, Pseudonyms  # noqa: PLC0415 - hardly ever
    from core.settings import Settings  # noqa: PLC0415
    from core.settings.privacy import CLOSED  # noqa: PLC0415

    try:
        privacy = Settings.load(folder).settings.privacy
        if Border(privacy, Pseudonyms.passing()).idle:
            return text
        return Border.of(privacy, folder)[0].text(text)
    except Exception:  # noqa: BLE001 - what is broken may be this
        return Border(CLOSED, Pseudonyms.passing()).text(text)
