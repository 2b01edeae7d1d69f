"""What a printer says, by attribute name, in the form that a reader wants it.

Every accessor gives ``None`` or nothing for an attribute that is absent, out-of-band (unknown,
no-value) or of another kind: a wrong guess is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Collection as Names
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from core.ipp.types import Collection, Localised, Range, Resolution, Tag, Value
from core.ipp.values import read_text
from core.model.marks import has_marks, without_marks

_BLANKS: Final = re.compile(r"\s+")
# Texts and octet strings have at most 1,023 octets (RFC 8011 sections 5.1.3 and 5.1.11); what is
# longer is no printer's honest answer.
_LONGEST: Final = 1_023
_LONGEST_RAW: Final = 4_096
# What may be text though it came as octets: the records of PWG 5100.13, and texts that should say
# their language and do not.
_TEXT_OCTETS: Final = (Tag.OCTET_STRING, Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE)
# Some firmware puts its own printout of the attribute into the value: "printer-alert[0] = '...'".
_PRINTOUT: Final = re.compile(r"[a-z0-9-]+\[\d+\] = ")


class Attributes(Mapping[str, tuple[Value, ...]]):
    """The attributes of one printer: a mapping of names to values, with typed access."""

    def __init__(self, values: Mapping[str, tuple[Value, ...]]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> tuple[Value, ...]:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Attributes({', '.join(self._values)})"

    def only(self, names: Names[str]) -> Attributes:
        """Keep these names and drop the rest."""
        return Attributes({name: self._values[name] for name in names if name in self._values})

    def texts(self, name: str) -> tuple[str | None, ...]:
        """All values as clean text, in their places; what is no text is ``None``."""
        return tuple(_text(value) for value in self._values.get(name, ()))

    def text(self, name: str) -> str | None:
        """Give the first value as clean text, or ``None`` where it is none or blank."""
        return next(iter(self.texts(name)), None)

    def numbers(self, name: str) -> tuple[int | None, ...]:
        """All values as integers (enums, too), in their places; what is none is ``None``."""
        return tuple(_number(value) for value in self._values.get(name, ()))

    def number(self, name: str) -> int | None:
        """Give the first value as an integer."""
        return next(iter(self.numbers(name)), None)

    def flag(self, name: str) -> bool | None:
        """Give the first value as a boolean."""
        data = self._first(name)
        return data if isinstance(data, bool) else None

    def moment(self, name: str) -> datetime | None:
        """Give the first value as an aware time."""
        data = self._first(name)
        return data if isinstance(data, datetime) else None

    def members(self, name: str) -> Attributes | None:
        """Give the members of the first value, a collection."""
        data = self._first(name)
        return Attributes(data) if isinstance(data, Mapping) else None

    def records(self, name: str) -> tuple[dict[str, str], ...]:
        """All values as fields of a text "key=value;key=value;" (PWG 5100.9, PWG 5100.13: alerts,
        supplies, trays); keys in lower case, the first of two equal ones. Values without a field
        give an empty record, so that places stay what they are.
        """
        return tuple(_record(text or "") for text in self.texts(name))

    def raw(self, name: str) -> str | None:
        """Write all values as provenance shows them, or ``None`` where there is no attribute."""
        values = self._values.get(name)
        if values is None:
            return None
        return ", ".join(map(raw_of, values))[:_LONGEST_RAW]

    def _first(self, name: str) -> object:
        values = self._values.get(name)
        return values[0].data if values else None


def raw_of(value: Value) -> str:
    """Write one value plainly; octets that are no text in hex, out-of-band values as nothing."""
    data = value.data
    match data:
        case None | bool():
            text = "" if data is None else str(data).lower()
        case Localised():
            text = data.text
        case Range() | Resolution():
            text = _raw_pair(data)
        case datetime():
            text = data.isoformat()
        case bytes():
            text = _raw_octets(data)
        case Mapping():
            text = _raw_members(data)
        case _:
            text = str(data)
    return without_marks(text)


def _raw_pair(data: Range | Resolution) -> str:
    if isinstance(data, Range):
        return f"{data.low}-{data.high}"
    return f"{data.cross_feed}x{data.feed}"


def _raw_octets(octets: bytes) -> str:
    text = read_text(octets)
    return f"0x{octets.hex()}" if has_marks(text) else text


def _raw_members(members: Collection) -> str:
    inside = (f"{name}={'+'.join(map(raw_of, values))}" for name, values in members.items())
    return f"{{{' '.join(inside)}}}"


def _text(value: Value) -> str | None:
    data = value.data
    if isinstance(data, Localised):
        data = data.text
    if isinstance(data, bytes) and value.tag in _TEXT_OCTETS:
        data = read_text(data)
    if not isinstance(data, str):
        return None
    text = _BLANKS.sub(" ", without_marks(data)).strip()
    printout = _PRINTOUT.match(text)
    if printout is not None:
        text = text[printout.end() :].strip().strip("'").strip()
    return text[:_LONGEST].rstrip() or None


def _number(value: Value) -> int | None:
    data = value.data
    return data if isinstance(data, int) and not isinstance(data, bool) else None


def _record(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for part in text.split(";"):
        key, equals, value = part.partition("=")
        key = key.strip().lower()
        if equals and key:
            fields.setdefault(key, value.strip())
    return fields
