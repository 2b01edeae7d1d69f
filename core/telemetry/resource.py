"""Data files of the package ``resources``, read and checked against a schema."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TypeVar

import msgspec

from core.model.problem import PlatenError

T = TypeVar("T")
_LINE = re.compile(r"\(at line (\d+),")


class BadResourceError(PlatenError):
    """A data file cannot be used (code ``bad_resource``); ``line`` is where, if it is known."""

    def __init__(self, name: str, why: str, line: int | None = None) -> None:
        place = name if line is None else f"{name}, line {line},"
        text = f"The data file {place} cannot be used: {why}."
        super().__init__("bad_resource", text, "Correct this file.")
        self.line = line
        self.why = why


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
        found = _LINE.search(str(error))
        line = len(text.splitlines()) or None if found is None else int(found.group(1))
        raise BadResourceError(name, f"it is no TOML: {error}", line) from None
    except msgspec.ValidationError as error:
        raise BadResourceError(name, str(error)) from None


def load_toml(name: str, kind: type[T]) -> T:
    """Read ``resources/NAME`` into ``kind``; raises ``BadResourceError``."""
    return parse_toml(read_resource(name), kind, name)


def compiled(pattern: str, name: str) -> re.Pattern[str]:
    """Compile a pattern of a data file, case-insensitively; raises ``BadResourceError``."""
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise BadResourceError(name, f"the pattern {pattern!r} is wrong: {error}") from None
