"""Secrets as options: from a file, typed, or as text, which everybody here can see: that is said.

The list of processes shows a command line to every user of the computer, and a shell keeps it.
"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import stderr

#: Every printer is delivered with it, and every manual names it.
_KNOWN_TO_ALL = "public"
_TYPED = "-"


def communities(
    context: typer.Context, parameter: typer.CallbackParam, given: list[str] | None
) -> list[str] | None:
    """Give communities: "@FILE" stands for the lines of a file, "-" for what is typed."""
    found: list[str] = []
    for one in given or ():
        found += [one] if _is_text(one) else _not_shown(one, "Community", 1_000)
    if any(one != _KNOWN_TO_ALL for one in given or () if _is_text(one)):
        _warn(context, parameter)
    return found or None


def code(context: typer.Context, parameter: typer.CallbackParam, given: str) -> str:
    """Give a code: "@FILE" stands for the first line of a file, "-" for a line that is typed."""
    if _is_text(given):
        if given:
            _warn(context, parameter)
        return given
    return _not_shown(given, "Code", 1)[0]


def typed(what: str = "Community", most: int = 1_000) -> list[str]:
    """Ask until an empty line, without showing it; lines of a pipe are taken as they come."""
    found: list[str] = []
    if not sys.stdin.isatty():
        return [line.strip() for line in sys.stdin if line.strip()][:most]
    while len(found) < most:
        again = f" {len(found) + 1} (empty: no more)" if most > 1 else ""
        if not (word := getpass.getpass(f"{what}{again}: ").strip()):
            break
        found.append(word)
    return found


def _is_text(given: str) -> bool:
    return given != _TYPED and not given.startswith("@")


def _not_shown(given: str, what: str, most: int) -> list[str]:
    """Give what is typed, or the lines of the file that is meant; at least one."""
    if given == _TYPED:
        if not (found := typed(what, most)):
            raise typer.BadParameter("nothing was typed")
        return found
    try:
        text = Path(given[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise typer.BadParameter(f"{given[1:]}: {reason}") from None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise typer.BadParameter(f"{given[1:]}: it is empty")
    return lines


def _warn(context: typer.Context, parameter: typer.CallbackParam) -> None:
    source = context.get_parameter_source(parameter.name or "")
    if source is None or source.name != "COMMANDLINE":  # typed at the prompt, or of the environment
        return
    name = f"--{parameter.name}"
    stderr.print(
        f"platen: {name} as text is visible to other users of this computer, and a shell keeps it; "
        f"use {name} @FILE, or {name} - to type it.",
        markup=False,
    )


CommunityOption = Annotated[
    list[str] | None,
    typer.Option(
        "--community",
        help="SNMP community; several are tried in order. @FILE: the lines of a file; -: typed. "
        "As text, other users of this computer can read it.",
        show_default="public",
        callback=communities,
    ),
]
CodeOption = Annotated[
    str,
    typer.Option(
        "--code",
        help="The one-time code. @FILE: the first line of a file; -: typed. As text, other users "
        "of this computer can read it.",
        prompt=True,
        envvar="PLATEN_CODE",
        callback=code,
    ),
]
