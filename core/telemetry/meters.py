"""The meters of a printer: prtMarkerLifeCount (RFC 3805 section 2.2.6.1) and the maker's own.

The life count is the engine's, in the engine's unit. In impressions (or where no unit is told) it
is the total, unless a profile knows the maker's billing total; in sheets it is ``sheets``; in feet,
hours or characters it is engine life alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from core.model.provenance import Confidence, Observation, Provenance
from core.model.reading import EngineLife, Note
from core.snmp.types import Oid
from core.telemetry import oids
from core.telemetry.meter_checks import implausible
from core.telemetry.observe import origin
from core.telemetry.profile import Profile
from core.telemetry.profile_meters import ProfileMeters, check_sums, profile_life, profile_meters
from core.telemetry.pwg import pwg_meters
from core.telemetry.snapshot import Snapshot

# PrtMarkerCounterUnitTC
_UNITS: Final[dict[int, str]] = {
    3: "ten_thousandths_of_inches",
    4: "micrometers",
    5: "characters",
    6: "lines",
    7: "impressions",
    8: "sheets",
    9: "dot_rows",
    11: "hours",
    16: "feet",
    17: "meters",
}
_METERS: Final = {"impressions": "total", "sheets": "sheets"}
_ABSENT: Final = "unknown"
LIFE_DIFFERS: Final = "life_differs"
Life = Observation[EngineLife] | None


@dataclass(frozen=True, slots=True)
class MeterFacts:
    """Engine life and meters, each with its provenance.

    ``refused`` is the provenance of counters that were read and cannot be what they should be: they
    are no meters, and a note says why.
    """

    engine_life: Observation[EngineLife] | None = None
    meters: dict[str, Observation[int]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    refused: dict[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Marker:
    index: Oid
    count: int
    unit: str
    has_unit: bool


def meters_of(
    snapshot: Snapshot, device: int, profiles: tuple[Profile, ...] = (), *, alone: bool = True
) -> MeterFacts:
    """Read the meters of one printer; ``profiles`` are those whose scalars are about it, ``alone``
    says that the agent speaks for no other.

    The maker's counters go first, then those of the Imaging System Counter MIB, then the life
    count; a doubtful one gives way to a standard one. Where the total and the life count differ,
    a note says so: an engine also counts what nobody is billed for.
    """
    facts = life_of(snapshot, device)
    life = facts.engine_life or profile_life(snapshot, profiles)
    told = life is not None and life.provenance.confidence is not Confidence.DOUBTFUL
    found = profile_meters(snapshot, profiles, life.value if life is not None and told else None)
    if alone:
        _with_services(found, snapshot, life)
    notes = [*facts.notes, *_with_standard(found, facts.meters)]
    check_sums(found, profiles)
    return MeterFacts(
        engine_life=life,
        meters={name: o for name, o in found.meters.items() if not name.startswith("_")},
        notes=(*notes, *found.notes),
        refused={name: o for name, o in found.refused.items() if not name.startswith("_")},
    )


def _with_services(found: ProfileMeters, snapshot: Snapshot, life: Life) -> None:
    """Add what the services count (PWG 5106.3)."""
    engine = None if life is None else life.value.value
    for name, counted in pwg_meters(snapshot).items():
        own = found.meters.get(name)
        wanted = own is None or own.provenance.confidence is Confidence.DOUBTFUL
        if wanted and implausible(name, counted.value, engine) is None:
            found.meters[name] = counted


def _with_standard(found: ProfileMeters, standard: dict[str, Observation[int]]) -> list[Note]:
    """Add what the standard tells, and say where the maker tells something else."""
    notes = []
    for name, counted in standard.items():
        own = found.meters.get(name)
        if own is not None and name == "total" and own.value != counted.value:
            notes.append(_differs(own, counted.value))
        if own is None or own.provenance.confidence is Confidence.DOUBTFUL:
            found.meters[name] = counted
    return notes


def _differs(own: Observation[int], counted: int) -> Note:
    by_maker = own.provenance.rule.startswith("profile ")
    whose = "The maker's total" if by_maker else f"The total ({own.provenance.rule})"
    text = f"{whose} is {own.value}; the engine has counted {counted} (prtMarkerLifeCount)."
    return Note(LIFE_DIFFERS, text)


def life_of(snapshot: Snapshot, device: int) -> MeterFacts:
    """Read the life counts of one printer, and the meters that they are.

    A marker is an engine, not a colour. Several are never added up: the standard does not say
    whether they count the same pages. Where they agree, that is the count; else the one that
    prtGeneral names as default, else the highest is taken, is doubtful, and a note says so.
    """
    markers = _markers(snapshot, device)
    if not markers:
        return MeterFacts()
    told = [marker for marker in markers if marker.count] or markers
    agree = len({(marker.count, marker.unit) for marker in told}) == 1
    chosen = told[0] if agree else _choose(snapshot, device, told)
    ordered = [chosen, *(marker for marker in markers if marker is not chosen)]
    columns = (oids.PRT_MARKER_LIFE_COUNT, oids.PRT_MARKER_UNIT)
    places = tuple((*column, *marker.index) for marker in ordered for column in columns)
    rule = "prtMarkerLifeCount" if chosen.has_unit else "prtMarkerLifeCount, no unit told"
    confidence = Confidence.STANDARD if agree else Confidence.DOUBTFUL
    source = origin(snapshot, places, rule, confidence)
    notes = [] if agree else [_several(told)]
    name = _METERS.get(chosen.unit) if chosen.has_unit else "total"
    meters = {} if name is None else {name: Observation(chosen.count, source)}
    why = implausible("life", chosen.count, None)
    if why is not None:
        source = replace(source, confidence=Confidence.DOUBTFUL)
        notes.append(Note("meter_implausible", f"The life counter says {chosen.count}: {why}."))
        meters = {}
    life = Observation(EngineLife(chosen.count, chosen.unit), source)
    return MeterFacts(life, meters, tuple(notes))


def _markers(snapshot: Snapshot, device: int) -> list[_Marker]:
    found = []
    for index in snapshot.indexes((oids.PRT_MARKER_LIFE_COUNT,), device):
        count = snapshot.number((*oids.PRT_MARKER_LIFE_COUNT, *index))
        unit = snapshot.number((*oids.PRT_MARKER_UNIT, *index))
        if count is not None and count >= 0:
            name = _UNITS.get(unit or 0, _ABSENT)
            found.append(_Marker(index, count, name, has_unit=(unit or 0) > 0))
    return found


def _choose(snapshot: Snapshot, device: int, markers: list[_Marker]) -> _Marker:
    default = snapshot.number((*oids.PRT_MARKER_DEFAULT, device))
    for marker in markers:
        if default is not None and marker.index == (device, default):
            return marker
    return max(markers, key=lambda marker: marker.count)


def _several(markers: list[_Marker]) -> Note:
    counts = ", ".join(f"{marker.count} {marker.unit}" for marker in markers)
    text = f"{len(markers)} print engines count differently ({counts}); they are not added up."
    return Note("several_markers", text)
