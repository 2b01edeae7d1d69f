"""The settings as a whole, and their file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import Field, ValidationError

from core.host.permissions import atomic_write, private_folder
from core.model.problem import PlatenError, Problem
from core.model.segment import Segment
from core.settings.keys import Topic
from core.settings.locate import line_of
from core.settings.privacy import CLOSED, Privacy
from core.settings.schedule import Schedule
from core.settings.topics import Collection, Discovery, Secrets
from core.settings.upgrade import VERSION, upgrade

NAME = "settings.toml"
LAST_GOOD = "settings.last-good.toml"
#: The last line of a file that was written here: without it the file was cut off.
END = "# The end of the settings."
_TOLD = 5
_WORDS = {
    "extra_forbidden": "there is no such setting",
    "missing": "it is missing",
    "string_pattern_mismatch": "it must be a time of day such as 09:30",
}
_PLAIN = (
    ("input should be greater than or equal to", "it must be at least"),
    ("input should be less than or equal to", "it must be at most"),
    ("input should be a valid integer", "it must be a whole number"),
    ("input should be a valid boolean", "it must be true or false"),
    ("input should be a valid list", "it must be a list"),
    ("input should be a valid tuple", "it must be a list"),
    ("input should be a valid", "it must be a"),
    ("input should be", "it must be"),
)
_LINE = re.compile(r"\bline (\d+)")
_SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")

# What tomllib says of a text that the end of its line, or of the file, cuts off.
_OPEN_QUOTE = ("Illegal character '\\n'", "Unterminated string")


class SettingsError(PlatenError):
    """The settings cannot be used (``bad_settings``) or kept (``settings_unwritable``)."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and what is wrong with the file where it is not they."""

    settings: Settings
    problem: Problem | None


class Settings(Topic):
    """All settings."""

    version: int = Field(default=VERSION, description="The version of this file's layout.")
    discovery: Discovery = Discovery()
    collection: Collection = Collection()
    privacy: Privacy = Privacy()
    secrets: Secrets = Secrets()
    schedule: Schedule = Schedule()

    def with_segments(self, segments: Iterable[Segment]) -> Settings:
        """Give the same settings with these segments; raises ``SettingsError``."""
        try:
            found = Discovery.of(segments)
        except ValidationError as error:
            raise _bad(told(error, "")) from None
        discovery = self.discovery.model_copy(update={"segments": found.segments})
        return self.model_copy(update={"discovery": discovery})

    @classmethod
    def load(cls, folder: Path) -> LoadedSettings:
        """Read the settings of a data folder; never raises for what a file says.

        No file, and never one: the defaults. One that is gone: the last good ones, said so. A wrong
        one: the last good ones stay in force (where there are none, the defaults with all masked
        that can be), with the problem, which names key and line.
        """
        try:
            found = read(folder)
        except SettingsError as error:
            return _in_their_place(folder, error.problem)
        if found is None:
            good = _last_good(folder)
            return (
                LoadedSettings(cls(), None) if good is None else LoadedSettings(good, _gone(folder))
            )
        return LoadedSettings(found[0], _keep(folder, found[1]))

    def save(self, folder: Path) -> None:
        """Write the settings to a data folder, whole or not at all.

        Raises ``SettingsError``, also where the file that is there is wrong: what a person wrote
        into it would be lost.
        """
        mended(folder)
        # TOML has no word for nothing: a setting without a value is left out.
        text = f"{tomli_w.dumps(self.model_dump(mode='json', exclude_none=True))}\n{END}\n"
        try:
            private_folder(folder)
            atomic_write(folder / NAME, text.encode())
            atomic_write(folder / LAST_GOOD, text.encode())
        except OSError as error:
            raise SettingsError(
                "settings_unwritable",
                f"The settings cannot be written to {folder}: {error.strerror}.",
                "See that this user may write there and that the disk has room.",
            ) from None


def read(folder: Path) -> tuple[Settings, str] | None:
    """Read the file of a data folder, with its text; ``None`` where there is none.

    Raises ``SettingsError`` that names key and line.
    """
    try:
        # With "-sig": editors on Windows like to put a mark in front.
        text = (folder / NAME).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise _bad(f"{NAME}: {reason}") from None
    settings = parse(text)
    if _is_cut_off(folder, text):
        raise _bad(f"{NAME}: it is cut off after line {len(text.splitlines())}")
    return settings, text


def _is_cut_off(folder: Path, text: str) -> bool:
    """Whether a text is the beginning of the last good one, and no more."""
    try:
        good = (folder / LAST_GOOD).read_text(encoding="utf-8").rstrip()
    except (OSError, UnicodeDecodeError):
        return False
    text = text.rstrip()
    return good.endswith(END) and len(text) < len(good) and good.startswith(text)


def parse(text: str) -> Settings:
    """Read settings from TOML; raises ``SettingsError`` that names key and line.

    What has no version is no file of settings: one that was emptied or cut off has none either.
    """
    try:
        document = upgrade(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _bad(_syntax(error, text)) from None
    except RecursionError:
        raise _bad(f"{NAME}: it is nested too deeply") from None
    except ValueError as error:
        raise _bad(f"{_at(line_of(text, ['version']))}{error}") from None
    try:
        settings = Settings.model_validate(document)
    except ValidationError as error:
        raise _bad(told(error, text)) from None
    if "version" not in document:
        what = "it has no version" if document else "it is empty"
        raise _bad(f"{NAME}, line 1: {what}; a file of settings begins with version = {VERSION}")
    return settings


def mended(folder: Path) -> Settings | None:
    """Give what the file says, ``None`` where there is none.

    Raises ``SettingsError`` where it is wrong: nothing is changed before a person has mended it.
    """
    try:
        found = read(folder)
    except SettingsError as error:
        raise _to_mend(error.problem, folder) from None
    return None if found is None else found[0]


def _to_mend(problem: Problem, folder: Path) -> SettingsError:
    line = _LINE.search(problem.text)
    at = f" at line {line[1]}" if line else ""
    text = f"{NAME} has an error{at}: mend it first. Nothing has been changed. {problem.text}"
    return SettingsError(problem.code, text, f"Correct {folder / NAME}.")


def _in_their_place(folder: Path, problem: Problem) -> LoadedSettings:
    """Give what is in force while the file is wrong, and say so."""
    good = _last_good(folder)
    if good is None:
        force = "the defaults are in force, and all is masked that can be"
        good = Settings(privacy=CLOSED)  # what was to be hidden is not known
    else:
        force = "the last good settings are in force"
    remedy = f"Correct {folder / NAME}; until then {force}."
    return LoadedSettings(good, replace(problem, remedy=remedy))


def _gone(folder: Path) -> Problem:
    remedy = (
        "Any change of a setting writes it anew. To begin with the defaults, remove "
        f"{folder / LAST_GOOD} too."
    )
    text = f"The file {folder / NAME} is gone; the last good settings are in force."
    return Problem("bad_settings", text, remedy)


def _last_good(folder: Path) -> Settings | None:
    try:
        return parse((folder / LAST_GOOD).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, SettingsError):
        return None


def _keep(folder: Path, text: str) -> Problem | None:
    """Keep a good file's text for the day that somebody spoils it."""
    path = folder / LAST_GOOD
    try:
        if not path.exists() or path.read_bytes() != text.encode():
            atomic_write(path, text.encode())
    except OSError as error:
        return Problem(
            "settings_unwritable",
            f"The settings are in force, but no copy could be kept in {path}: {error.strerror}.",
            "See that this user may write there and that the disk has room.",
        )
    return None


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> str:
    found = _SYNTAX_LINE.search(str(error))
    line = int(found[1]) if found else len(text.splitlines())
    said = _SYNTAX_LINE.sub("", str(error)).strip()
    if said.startswith(_OPEN_QUOTE):
        said = "a quote is not closed"
    return f"{_at(line)}{said}"


def told(error: ValidationError, text: str) -> str:
    """Say what is wrong with settings, each with its key and, with their text, its line."""
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    said = [
        f"{_at(line_of(text, fault['loc'])) if text else ''}{_key(fault['loc'])}: "
        + _WORDS.get(fault["type"], _sentence(fault["msg"]))
        for fault in faults[:_TOLD]
    ]
    if len(faults) > _TOLD:
        said.append(f"and {len(faults) - _TOLD} more")
    return "; ".join(said)


def _sentence(message: str) -> str:
    message = message.removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    for theirs, ours in _PLAIN:
        if message.startswith(theirs):
            return ours + message.removeprefix(theirs)
    return message


def _key(location: tuple[Any, ...]) -> str:
    """Write ("discovery", "segments", 0, "port") as "discovery.segments[0].port"."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).removeprefix(".")


def _at(line: int | None) -> str:
    return NAME + (": " if line is None else f", line {line}: ")


def _bad(text: str) -> SettingsError:
    return SettingsError(
        "bad_settings",
        f"The settings are wrong. {text}.",
        "Correct the file; until then the last good settings are in force.",
    )
