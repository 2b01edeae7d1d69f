"""Model names, serial numbers and names, cleaned by ``resources/identity_text.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec

from core.telemetry.resource import compiled, load_toml

_FILE: Final = "identity_text.toml"
_LONGEST: Final = 120
# RFC 952 and 1123, with the underscore that real networks have; dots part labels.
_HOST_NAME: Final = re.compile(
    r"(?=.{1,253}\Z)(?!\d+\Z)[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\Z"
)
# Some agents pad the serial number on the label with two zeros.
_PADDED: Final = re.compile(r"\A00(?=[A-Za-z][A-Za-z0-9]{4,}\Z)")


class _TextFile(msgspec.Struct, forbid_unknown_fields=True):
    not_a_model: list[str]
    model_ends: list[str]
    attached_to: list[str]
    not_set: list[str]
    no_serial: list[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    not_a_model: tuple[re.Pattern[str], ...]
    model_ends: tuple[re.Pattern[str], ...]
    attached_to: tuple[re.Pattern[str], ...]
    not_set: tuple[re.Pattern[str], ...]
    no_serial: tuple[re.Pattern[str], ...]


@cache
def _rules() -> _Rules:
    raw = load_toml(_FILE, _TextFile)

    def every(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled(pattern, _FILE) for pattern in patterns)

    return _Rules(
        every(raw.not_a_model),
        every(raw.model_ends),
        every(raw.attached_to),
        every(raw.not_set),
        every(raw.no_serial),
    )


def attached_machine(text: str) -> str | None:
    """Give the machine that a print server's description names as attached to it."""
    for pattern in _rules().attached_to:
        found = pattern.search(text)
        if found is not None:
            return found.group(1).strip()
    return None


def model_name(text: str | None) -> str | None:
    """Give the machine's name from a description, or ``None`` where it names no machine."""
    if text is None:
        return None
    rules = _rules()
    text = attached_machine(text) or text
    ends = [found.start() for pattern in rules.model_ends if (found := pattern.search(text))]
    name = text[: min(ends, default=len(text))].strip()[:_LONGEST]
    return None if any(pattern.search(name) for pattern in rules.not_a_model) else said(name)


def serial_number(text: str | None) -> str | None:
    """Give a serial number without padding, or ``None`` for empty texts and placeholders."""
    if text is None:
        return None
    text = text.strip()
    if not text or len(text) > _LONGEST or any(p.search(text) for p in _rules().no_serial):
        return None
    return _PADDED.sub("", text)


def said(text: str | None) -> str | None:
    """Give ``text``, or ``None`` where it is blank or stands for "not set"."""
    text = (text or "").strip()
    if not text or any(pattern.search(text) for pattern in _rules().not_set):
        return None
    return text


def is_host_name(text: str) -> bool:
    """Whether ``text`` can be a host name."""
    return _HOST_NAME.match(text) is not None
