"""The supplies that profiles know of a machine, beyond the Printer MIB."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.model.provenance import Confidence, Observation, Provenance
from core.model.reading import SupplyKind
from core.telemetry.levels import LevelReading, percent_level, receptacle_level
from core.telemetry.observe import observed
from core.telemetry.profile import NumberSource, Profile, SupplyItem, SupplyTable
from core.telemetry.snapshot import Snapshot
from core.telemetry.terms import Found, find, number_of
from core.telemetry.text import text_of
from core.telemetry.words import color_in, content_of_cartridge, kind_in

_MOST_PAGES: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class OwnSupply:
    """A supply as a maker's own places tell it. ``kind_from`` is where it was found at all."""

    index: str
    kind: SupplyKind
    color: str | None
    description: str | None
    kind_from: Provenance
    level: Observation[LevelReading] | None
    remaining: Observation[int] | None = None


def own_supplies(
    snapshot: Snapshot,
    profiles: tuple[Profile, ...],
    technology: int | None,
    machine: str | None,
) -> list[OwnSupply]:
    """Read what the first profile that knows any supply of this machine says.

    ``technology`` is prtMarkerMarkTech, ``machine`` the model's name: see ``by_technology``.
    """
    for profile in profiles:
        rule = f"profile {profile.name}"
        marks = content_of_cartridge(technology, machine)
        found = [
            own for item in profile.supplies.items if (own := _item(snapshot, item, marks, rule))
        ]
        for table in profile.supplies.tables:
            found += _table(snapshot, table, profile, rule)
        if found:
            return found
    return []


def _item(
    snapshot: Snapshot, item: SupplyItem, marks: SupplyKind | None, rule: str
) -> OwnSupply | None:
    level = _first(snapshot, item.level, 100)
    remaining = _first(snapshot, item.remaining, _MOST_PAGES)
    places = tuple(place for hit, _ in filter(None, (level, remaining)) for place in hit.places)
    if not places:
        return None
    kind = marks if item.by_technology and marks is not None else item.kind
    index = item.index.replace(item.kind.value, kind.value, 1)
    made: Observation[LevelReading] | None = None
    if level is not None:
        hit, source = level
        read = percent_level(hit.number)
        made = observed(read, snapshot, hit.places, rule, source.confidence)
    left: Observation[int] | None = None
    if remaining is not None:
        hit, source = remaining
        left = observed(hit.whole, snapshot, hit.places, rule, source.confidence)
    found = observed(kind, snapshot, places, rule, _surest(level, remaining)).provenance
    return OwnSupply(index, kind, item.color, item.name, found, made, left)


def _first(
    snapshot: Snapshot, sources: tuple[NumberSource, ...], most: int
) -> tuple[Found, NumberSource] | None:
    for source in sources:
        hit = find(snapshot, source)
        if hit is not None and hit.number <= (most if source.most is None else source.most):
            return hit, source
    return None


def _surest(*found: tuple[Found, NumberSource] | None) -> Confidence:
    told = {each[1].confidence for each in found if each is not None}
    return Confidence.PROFILE if Confidence.PROFILE in told else Confidence.DOUBTFUL


def _table(
    snapshot: Snapshot, table: SupplyTable, profile: Profile, rule: str
) -> Iterator[OwnSupply]:
    for index, value in snapshot.column(table.level).items():
        level, named = number_of(value), (*table.name, *index)
        text = text_of(snapshot.value(named))
        kind = kind_in(text or "")
        if level is None or text is None or kind is None:
            continue
        rules = profile.supplies
        read = (
            receptacle_level(level, 100, None, rules.waste)
            if kind is SupplyKind.WASTE
            else percent_level(level, rules.low)
        )
        places = ((*table.level, *index), named)
        told = observed(read, snapshot, places, f"{rule}: {read.rule}", table.confidence)
        row = ".".join(map(str, index))
        yield OwnSupply(f"{profile.name}.{row}", kind, color_in(text), text, told.provenance, told)
