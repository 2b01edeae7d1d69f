"""Data files of the package ``resources``, read and checked against a schema."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TypeVar

import msgspec

from core.model.problem import PlatenError

T = TypeVar("T")


class BadResourceError(PlatenError):
    """A data file that is part of the program cannot be used (code ``bad_resource``)."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            "bad_resource", f"The data file {name} cannot be used: {why}.", "Correct this file."
        )


def read_resource(name: str) -> str:
    """Read the text of ``resources/NAME``; raises ``BadResourceError``."""
    try:
        return files("resources").joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadResourceError(name, f"it cannot be read ({error})") from None


def parse_toml(text: str, kind: type[T], name: str) -> T:
    """Read TOML into ``kind``; raises ``BadResourceError`` that names the line or the path."""
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except tomllib.TOMLDecodeError as error:
        raise BadResourceError(name, f"it is no TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise BadResourceError(name, str(error)) from None


def load_toml(name: str, kind: type[T]) -> T:
    """Read ``resources/NAME`` into ``kind``; raises ``BadResourceError``."""
    return parse_toml(read_resource(name), kind, name)


def compiled(pattern: str, name: str, path: str = "") -> re.Pattern[str]:
    """Compile a pattern of a data file, case-insensitively; raises ``BadResourceError``.

    ``path`` is the key in the file, where it is known.
    """
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        where = f"{path}: " if path else ""
        why = f"{where}the pattern {pattern!r} is wrong: {error}"
        raise BadResourceError(name, why) from None
