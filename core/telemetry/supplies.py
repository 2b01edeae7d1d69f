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
from core.telemetry.levels import receptacle_level, supply_level
from core.telemetry.observe import origin
from core.telemetry.snapshot import Snapshot
from core.telemetry.supply_kind import kind_of
from core.telemetry.text import text_of
from core.telemetry.words import color_in, split_tail

_COLUMNS: Final = (
    oids.PRT_SUPPLY_TYPE,
    oids.PRT_SUPPLY_DESCRIPTION,
    oids.PRT_SUPPLY_MAX,
    oids.PRT_SUPPLY_LEVEL,
)
_CLASS_RECEPTACLE: Final = 4  # prtMarkerSuppliesClass receptacleThatIsFilled
# How bad a state is: the worse of the level's and the alert's is the supply's.
_WORSE: Final = {LevelState.LOW: 1, LevelState.EMPTY: 2}


@dataclass(frozen=True, slots=True)
class SupplyFacts:
    """A supply and the provenance of its values, by the name of the field."""

    supply: Supply
    provenance: dict[str, Provenance]


def supplies_of(
    snapshot: Snapshot,
    device: int,
    alerts: AlertFacts,
    machine: str | None = None,
    charset: int | None = None,
) -> tuple[SupplyFacts, ...]:
    """Read the supplies of one printer, by row.

    ``machine`` is the model's name: it tells what a "Black Cartridge" holds where nothing else
    does. ``alerts`` make a level worse than its number, never better.
    """
    technology = _technology(snapshot, device)
    return tuple(
        _supply(snapshot, index, alerts, technology, machine, charset)
        for index in snapshot.indexes(_COLUMNS, device)
    )


def _supply(
    snapshot: Snapshot,
    index: Oid,
    alerts: AlertFacts,
    technology: tuple[int, Oid] | None,
    machine: str | None,
    charset: int | None,
) -> SupplyFacts:
    described = (*oids.PRT_SUPPLY_DESCRIPTION, *index)
    whole = text_of(snapshot.value(described), charset)
    text, part, serial = (None, None, None) if whole is None else split_tail(whole)
    color = _color(snapshot, index, text, charset)
    kind = kind_of(snapshot, index, text, technology, machine)
    level, state = _levels(snapshot, index, kind.value, alerts)
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
        **said,
    )
    return SupplyFacts(supply, found)


def _levels(
    snapshot: Snapshot, index: Oid, kind: SupplyKind, alerts: AlertFacts
) -> tuple[Observation[float | None], Observation[LevelState]]:
    places = tuple(
        (*column, *index)
        for column in (oids.PRT_SUPPLY_LEVEL, oids.PRT_SUPPLY_MAX, oids.PRT_SUPPLY_UNIT)
    )
    level, most, unit = (snapshot.number(place) for place in places)
    filled = snapshot.number((*oids.PRT_SUPPLY_CLASS, *index))
    is_receptacle = filled == _CLASS_RECEPTACLE or kind is SupplyKind.WASTE
    read = receptacle_level(level) if is_receptacle else supply_level(level, most, unit)
    told = alerts.supply(index[-1])
    from_number = origin(snapshot, places, read.rule, read.confidence)
    state = Observation(read.state, from_number)
    if told is not None and _WORSE[told.value] > _WORSE.get(read.state, 0):
        state = told
    return Observation(read.percent, from_number), state


def _color(
    snapshot: Snapshot, index: Oid, text: str | None, charset: int | None
) -> Observation[str] | None:
    joined = (*oids.PRT_SUPPLY_COLORANT, *index)
    number = snapshot.number(joined)
    if number is not None and number > 0:
        place = (*oids.PRT_COLORANT_VALUE, index[0], number)
        name = color_in(text_of(snapshot.value(place), charset) or "")
        if name is not None:
            return Observation(name, origin(snapshot, (joined, place), "colorant table"))
    name = color_in(text or "")
    if name is None:
        return None
    described = (*oids.PRT_SUPPLY_DESCRIPTION, *index)
    return Observation(name, origin(snapshot, (described,), "words of the description"))


def _technology(snapshot: Snapshot, device: int) -> tuple[int, Oid] | None:
    for index in snapshot.indexes((oids.PRT_MARKER_TECH,), device):
        place = (*oids.PRT_MARKER_TECH, *index)
        number = snapshot.number(place)
        if number is not None:
            return number, place
    return None
