"""Numbers from the places that profiles name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.snmp.types import Oid, Value
from core.telemetry.profile import NumberSource, Profile, Term
from core.telemetry.remembered import remembered
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import text_of
from core.telemetry.tlv import parse_records

# A number as a person writes it, with marks between its thousands.
_NUMBER: Final = re.compile(r"[+-]?\d{1,19}(?:[ ,.'\u00a0]\d{3})*(?!\d)")
_MARKS: Final = re.compile(r"[ ,.'\u00a0]")
_LONGEST: Final = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A number, already scaled, the places that gave it, and its largest part before scaling."""

    number: float
    places: tuple[Oid, ...]
    largest: int

    @property
    def whole(self) -> int:
        """The number of pages: without a fraction."""
        return int(self.number)


def find(snapshot: Snapshot, source: NumberSource) -> Found | None:
    """Add up the terms of ``source``; ``None`` where one that is needed is missing, or all are.

    A number below zero is how makers say "not known": it is missing too.
    """
    numbers, places = [], []
    for term in source.terms:
        hit = find_term(snapshot, term)
        if hit is None or hit[0] < 0:
            if term.optional:
                continue
            return None
        numbers.append(hit[0])
        places += hit[1]
    if not numbers:
        return None
    return Found(sum(numbers) * source.scale, tuple(dict.fromkeys(places)), max(numbers))


def find_term(snapshot: Snapshot, term: Term) -> tuple[int, list[Oid]] | None:
    """Give the number of one term and where it is."""
    if term.blob is not None:
        return _in_blob(snapshot, term, term.blob)
    for place, proof in _places(snapshot, term):
        number = number_of(snapshot.value(place), term.pattern)
        if number is not None:
            return number, [place, *proof]
    return None


def number_of(value: Value | None, pattern: re.Pattern[str] | None = None) -> int | None:
    """Read a number, or a text that is one; ``pattern`` takes it out of a longer text."""
    if value is None:
        return None
    number = value.number()
    if number is not None and pattern is None:
        return number
    text = str(number) if number is not None else text_of(value)
    if text is None:
        return None
    if pattern is not None:
        match = pattern.search(text)
        text = None if match is None else match.group(1)
    return None if text is None else parse_number(text)


def parse_number(text: str) -> int | None:
    """Read a text that is a whole number and nothing else; never raises."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    digits = _MARKS.sub("", text)
    return int(digits) if digits.isascii() and len(digits) <= _LONGEST else None


def _places(snapshot: Snapshot, term: Term) -> Iterator[tuple[Oid, list[Oid]]]:
    if term.oid is not None:
        if other_label(snapshot, term) is None:
            yield term.oid, [] if term.label_oid is None else _label(snapshot, term.label_oid)
    elif term.column is not None and term.match_column is None:
        for index in snapshot.column(term.column):
            yield (*term.column, *index), []
    elif term.column is not None and term.match_column is not None:
        for index, value in snapshot.column(term.match_column).items():
            if _chosen(value, term):
                yield (*term.column, *index), [(*term.match_column, *index)]


def other_label(snapshot: Snapshot, term: Term) -> str | None:
    """Give what the machine itself calls the number, where that is something else than wanted."""
    if term.label_oid is None or term.unless is None:
        return None
    label = (text_of(snapshot.value(term.label_oid)) or "").strip()
    return label if term.unless.fullmatch(label) else None


def _label(snapshot: Snapshot, at: Oid) -> list[Oid]:
    """Give the place of the label as proof, where there is one."""
    return [at] if text_of(snapshot.value(at)) else []


def _chosen(value: Value, term: Term) -> bool:
    if term.label is not None:
        return term.label.fullmatch(text_of(value) or "") is not None
    return number_of(value) == term.code


def _in_blob(snapshot: Snapshot, term: Term, blob: Oid) -> tuple[int, list[Oid]] | None:
    record = parse_records(snapshot.octets(blob) or b"").get(term.record)
    if record is None or (term.length is not None and len(record.octets) != term.length):
        return None
    if term.ratio:
        pair = record.ratio()
        return None if pair is None else (round(10_000 * pair[0] / pair[1]), [blob])
    number = record.number()
    return None if number is None else (number, [blob])


@remembered
def number_places(profiles: tuple[Profile, ...]) -> tuple[list[Oid], list[Oid]]:
    """Give the scalars (blobs and panels too) and the columns that these profiles read numbers
    and what a machine shows from.
    """
    scalars: dict[Oid, None] = {}
    columns: dict[Oid, None] = {}
    for source in number_sources(profiles):
        for term in source.terms:
            places = (term.oid, term.blob, term.label_oid)
            scalars.update(dict.fromkeys(p for p in places if p is not None))
            each = (term.match_column, term.column)
            columns.update(dict.fromkeys(p for p in each if p is not None))
    for profile in profiles:
        scalars.update(dict.fromkeys(profile.panel))
        for table in profile.supplies.tables:
            columns.update(dict.fromkeys((table.name, table.level)))
    return list(scalars), list(columns)


def number_sources(profiles: tuple[Profile, ...]) -> Iterator[NumberSource]:
    """Give every source of a number that these profiles name."""
    for profile in profiles:
        yield from profile.life
        for sources in profile.meters.values():
            yield from sources
        for item in profile.supplies.items:
            yield from item.level
            yield from item.remaining
