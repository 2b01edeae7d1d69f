"""prtMarkerSuppliesTable joined with prtMarkerColorantTable (RFC 3805 sections 2.2.6.2, 2.2.7).

A supply is its row, never its name or its colour: two rows may carry one name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.model.provenance import Observation, Provenance
from core.model.reading import LevelState, Supply, SupplyKind
from core.snmp.types import Oid
from core.telemetry import oids
from core.telemetry.alerts import AlertFacts
from core.telemetry.bounds import MOST_SUPPLIES
from core.telemetry.levels import receptacle_level, supply_level
from core.telemetry.observe import origin
from core.telemetry.profile import NO_SUPPLY_RULES, Profile, SupplyRules
from core.telemetry.profile_supplies import own_supplies
from core.telemetry.snapshot import Listed, Snapshot
from core.telemetry.supply_kind import kind_of
from core.telemetry.supply_merge import SupplyFacts, merge, worse
from core.telemetry.text import text_of
from core.telemetry.words import color_by_code, color_in, split_tail

_COLUMNS: Final = (
    oids.PRT_SUPPLY_TYPE,
    oids.PRT_SUPPLY_DESCRIPTION,
    oids.PRT_SUPPLY_MAX,
    oids.PRT_SUPPLY_LEVEL,
)
#: The rows that are read.
SUPPLIES: Final = Listed(_COLUMNS, MOST_SUPPLIES)
_COLORED: Final = frozenset(
    {SupplyKind.TONER, SupplyKind.INK, SupplyKind.DRUM, SupplyKind.DEVELOPER}
)
_CLASS_RECEPTACLE: Final = 4  # prtMarkerSuppliesClass receptacleThatIsFilled


def supplies_of(
    snapshot: Snapshot,
    device: int,
    alerts: AlertFacts,
    machine: str | None = None,
    charset: int | None = None,
    profiles: tuple[Profile, ...] = (),
) -> tuple[SupplyFacts, ...]:
    """Read the supplies of one printer, by row, then those that only its maker's places tell.

    ``machine`` is the model's name: it tells what a "Black Cartridge" holds where nothing else
    does. ``alerts`` make a level worse than its number, never better. ``profiles`` are those whose
    places are about this printer.
    """
    technology = _technology(snapshot, device)
    rules = next((p.supplies for p in profiles if p.supplies != NO_SUPPLY_RULES), NO_SUPPLY_RULES)
    rows = [
        _supply(snapshot, index, _Context(alerts, technology, machine, charset, rules))
        for index in SUPPLIES.rows(snapshot, device)
    ]
    own = own_supplies(snapshot, profiles, technology and technology[0], machine)
    return merge(rows, own, alerts)


@dataclass(frozen=True, slots=True)
class _Context:
    alerts: AlertFacts
    technology: tuple[int, Oid] | None
    machine: str | None
    charset: int | None
    rules: SupplyRules


def _supply(snapshot: Snapshot, index: Oid, context: _Context) -> SupplyFacts:
    charset = context.charset
    described = (*oids.PRT_SUPPLY_DESCRIPTION, *index)
    whole = text_of(snapshot.value(described), charset)
    text, part, serial = (None, None, None) if whole is None else split_tail(whole)
    kind = kind_of(snapshot, index, text, context.technology, context.machine)
    color = _color(snapshot, index, text, charset, kind.value)
    level, state = _levels(snapshot, index, kind.value, context)
    found: dict[str, Provenance] = {"kind": kind.provenance, "state": state.provenance}
    if snapshot.value((*oids.PRT_SUPPLY_LEVEL, *index)) is not None:
        found["level_percent"] = level.provenance
    if color is not None:
        found["color"] = color.provenance
    said = {"description": text or None, "part": part, "serial": serial}
    words = origin(snapshot, (described,), "prtMarkerSuppliesDescription")
    found |= dict.fromkeys((name for name, value in said.items() if value), words)
    supply = Supply(
        index=".".join(map(str, index)),
        kind=kind.value,
        color=None if color is None else color.value,
        level_percent=level.value,
        state=state.value,
        description=said["description"],
        part=part,
        serial=serial,
    )
    return SupplyFacts(supply, found)


def _levels(
    snapshot: Snapshot, index: Oid, kind: SupplyKind, context: _Context
) -> tuple[Observation[float | None], Observation[LevelState]]:
    places = tuple(
        (*column, *index)
        for column in (oids.PRT_SUPPLY_LEVEL, oids.PRT_SUPPLY_MAX, oids.PRT_SUPPLY_UNIT)
    )
    level, most, unit = (snapshot.number(place) for place in places)
    rules = context.rules
    filled = snapshot.number((*oids.PRT_SUPPLY_CLASS, *index))
    if rules.by_capacity and (most is None or most <= 0):
        unit = None  # its percentages are of who knows what
    is_receptacle = filled == _CLASS_RECEPTACLE or kind is SupplyKind.WASTE
    read = (
        receptacle_level(level, most, unit, rules.waste)
        if is_receptacle
        else supply_level(level, most, unit, rules.low)
    )
    from_number = origin(snapshot, places, read.rule, read.confidence)
    state = worse(Observation(read.state, from_number), context.alerts.supply(index[-1]))
    return Observation(read.percent, from_number), state


def _color(
    snapshot: Snapshot, index: Oid, text: str | None, charset: int | None, kind: SupplyKind
) -> Observation[str] | None:
    joined = (*oids.PRT_SUPPLY_COLORANT, *index)
    number = snapshot.number(joined)
    if number is not None and number > 0:
        place = (*oids.PRT_COLORANT_VALUE, index[0], number)
        name = color_in(text_of(snapshot.value(place), charset) or "")
        if name is not None:
            return Observation(name, origin(snapshot, (joined, place), "colorant table"))
    described = (*oids.PRT_SUPPLY_DESCRIPTION, *index)
    name, rule = color_in(text or ""), "words of the description"
    if name is None and kind in _COLORED:
        name, rule = color_by_code(text or ""), "letters of the description"
    return None if name is None else Observation(name, origin(snapshot, (described,), rule))


def _technology(snapshot: Snapshot, device: int) -> tuple[int, Oid] | None:
    for index in snapshot.indexes((oids.PRT_MARKER_TECH,), device):
        place = (*oids.PRT_MARKER_TECH, *index)
        number = snapshot.number(place)
        if number is not None:
            return number, place
    return None
