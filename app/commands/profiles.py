"""``platen profiles``: which there are, and whether a file of one's own is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import (
    DataOption,
    JsonOption,
    data_folder,
    explain,
    fail,
    say_line,
    stdout,
)
from core.model.jsonio import to_json
from core.model.problem import PlatenError, Problem, ProblemKind
from core.telemetry.profile import Profile
from core.telemetry.profiles import FOLDER, all_profiles, profiles_with, read_profile

profiles = typer.Typer(
    name="profiles",
    help="What is known of makers' machines beyond the standards.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@profiles.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Profiles to check.")],
) -> None:
    """Say of each file whether it can be used, and where it is wrong."""
    for path in files:
        if not path.exists():
            fail(_missing(path))
        if not path.is_file():
            fail(_no_file(path))
    wrong = 0
    for path in files:
        try:
            stdout.print(f"{path}: {_summary(read_profile(path))}", markup=False, soft_wrap=True)
        except PlatenError as error:
            wrong += 1
            explain(error.problem)
    raise typer.Exit(1 if wrong else 0)


@profiles.command("list")
def list_all(data: DataOption = None, json: JsonOption = False) -> None:
    """Name the profiles that a reading uses, and what has confirmed them."""
    folder = data_folder(data) / FOLDER
    try:
        found = profiles_with(folder)
    except PlatenError as error:
        fail(error.problem)
    for profile in found.profiles:
        own = profile not in all_profiles()
        if json:
            row = {"name": profile.name, "own": own, "verified": list(profile.verified)}
            say_line(to_json(row | {"meters": sorted(_meters(profile))}))
        else:
            place = " (your own)" if own else ""
            stdout.print(
                f"{profile.name}{place}: {_summary(profile)}", markup=False, soft_wrap=True
            )
    for note in found.notes:
        typer.echo(f"platen: {note.text}", err=True)


def _missing(path: Path) -> Problem:
    text, remedy = f"There is no file {path}.", "Name the profiles to check."
    return Problem("no_such_file", text, remedy, ProblemKind.BAD_INPUT)


def _no_file(path: Path) -> Problem:
    text = f"{path} is {'a folder' if path.is_dir() else 'a device or the like'}, not a file."
    return Problem("no_such_file", text, "Name the profiles to check.", ProblemKind.BAD_INPUT)


def _meters(profile: Profile) -> list[str]:
    return [name for name in profile.meters if not name.startswith("_")]


def _summary(profile: Profile) -> str:
    rules = profile.supplies
    counts = (
        (len(profile.identity), "identity fields"),
        (len(_meters(profile)), "meters"),
        (len(profile.checks), "sums"),
        (len(rules.items) + len(rules.tables), "supplies"),
    )
    told = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing"
    confirmed = "; ".join(profile.verified) or "no machine"
    return f"right: {told}. Confirmed by {confirmed}."
