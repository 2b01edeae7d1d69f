"""Every source of every profile, on a machine made up to have just that."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from core.snmp.types import Oid, Tag, Value
from core.telemetry.fetch import fetch_reading
from core.telemetry.oids import SYS_OBJECT_ID
from core.telemetry.profile import NumberSource, Profile, Term
from core.telemetry.profiles import all_profiles
from core.telemetry.snapshot import Snapshot
from core.telemetry.terms import find, number_places
from tests.support.recorded import RecordedAgent

PROFILES = pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.name)
ROW = (4, 4)


def sources(profile: Profile) -> Iterator[NumberSource]:
    for each in profile.meters.values():
        yield from each
    yield from profile.life
    for item in profile.supplies.items:
        yield from (*item.level, *item.remaining)


def text(number: int) -> Value:
    return Value(Tag.OCTET_STRING, f"{number} INCHES, {number} CENTIMETERS".encode())


def made_up(term: Term, number: int) -> dict[Oid, Value]:
    """The rows of a machine on which ``term`` is ``number``."""
    if term.blob is not None:
        octets = bytes((term.record, 1, 2)) + bytes((number, 100)) if term.ratio else (
            bytes((term.record, 1, 4)) + number.to_bytes(4, "big")
        )  # fmt: skip
        return {term.blob: Value(Tag.OCTET_STRING, octets + b"\xff")}
    counted = text(number) if term.pattern is not None else Value(Tag.COUNTER32, number)
    if term.oid is not None:
        return {term.oid: counted}
    assert term.column is not None
    rows = {(*term.column, *ROW): counted}
    if term.match_column is not None:
        cell = (
            Value(Tag.INTEGER, term.code)
            if term.label is None
            else Value(Tag.OCTET_STRING, plain(term.label).encode())
        )
        rows[(*term.match_column, *ROW)] = cell
    return rows


def plain(label: re.Pattern[str]) -> str:
    """A text that a label of these profiles fits whole."""
    first = re.sub(r"\(\?:([^|)]*)\|[^)]*\)", r"\1", label.pattern)
    text = re.sub(r".\?", "", first).replace("\\", "")
    assert label.fullmatch(text), label.pattern
    return text


@PROFILES
def test_each_source_is_asked_for_and_found(profile: Profile) -> None:
    scalars, columns = number_places((profile,))
    for source in sources(profile):
        for term in source.terms:
            rows = made_up(term, 40)
            found = find(Snapshot(rows), NumberSource((term,), source.confidence))
            assert found is not None, term
            assert found.number == (4000 if term.ratio else 40)
            for place in rows:
                assert place in scalars or place[: -len(ROW)] in columns


@PROFILES
async def test_a_machine_of_this_maker_is_asked(profile: Profile) -> None:
    rows = {SYS_OBJECT_ID: Value(Tag.OBJECT_IDENTIFIER, (*profile.object_ids[0], 7))}
    for source in sources(profile):
        for number, term in enumerate(source.terms):
            rows = made_up(term, number) | rows
    snapshot, fitting = await fetch_reading(RecordedAgent(rows))
    assert profile in fitting
    assert all(snapshot.value(place) is not None for place in rows)


@PROFILES
def test_its_places_are_of_makers_and_its_sums_of_its_meters(profile: Profile) -> None:
    scalars, columns = number_places((profile,))
    for place in (*scalars, *columns):
        assert place[:6] == (1, 3, 6, 1, 4, 1), place
        assert place[:7] != (1, 3, 6, 1, 4, 1, 0)
    for check in profile.checks:
        assert {check.whole, *check.parts} <= set(profile.meters) | {"total"}
    hidden = {name for name in profile.meters if name.startswith("_")}
    assert hidden <= {part for check in profile.checks for part in check.parts}
