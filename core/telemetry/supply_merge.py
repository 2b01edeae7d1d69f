"""Supplies of the Printer MIB, and what a maker's own places add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.model.provenance import Confidence, Observation, Provenance
from core.model.reading import LevelState, Supply
from core.telemetry.alerts import AlertFacts
from core.telemetry.profile_supplies import OwnSupply

# How bad a state is: the worse of the level's and the alert's is the supply's.
_WORSE: Final = {LevelState.LOW: 1, LevelState.EMPTY: 2}


@dataclass(frozen=True, slots=True)
class SupplyFacts:
    """A supply and the provenance of its values, by the name of the field."""

    supply: Supply
    provenance: dict[str, Provenance]


def worse(
    state: Observation[LevelState], told: Observation[LevelState] | None
) -> Observation[LevelState]:
    """Give the worse of what a level and what an alert say."""
    if told is not None and _WORSE.get(told.value, 0) > _WORSE.get(state.value, 0):
        return told
    return state


def merge(
    rows: Sequence[SupplyFacts], own: Sequence[OwnSupply], alerts: AlertFacts
) -> tuple[SupplyFacts, ...]:
    """Put each of ``own`` on its row; what has no row of its kind stands by itself at the end.

    Its row is the only one of its kind and colour, or the only one of its kind where one of the
    two tells no colour. Where several rows could be meant, none of them is touched.
    """
    merged = list(rows)
    for each in own:
        at = _row_of(each, rows, own)
        if at is None:
            if not _meant(each, rows):
                merged.append(_alone(each))
        else:
            merged[at] = _onto(merged[at], each, alerts)
    return tuple(merged)


def _meant(own: OwnSupply, rows: Sequence[SupplyFacts]) -> list[int]:
    """Which rows are of this kind and colour."""
    return [
        at
        for at, row in enumerate(rows)
        if row.supply.kind is own.kind and row.supply.color == own.color
    ]


def _row_of(
    own: OwnSupply, rows: Sequence[SupplyFacts], all_own: Sequence[OwnSupply]
) -> int | None:
    meant = _meant(own, rows)
    if meant:
        return meant[0] if len(meant) == 1 else None
    alike = [at for at, row in enumerate(rows) if row.supply.kind is own.kind]
    rivals = [other for other in all_own if other.kind is own.kind]
    if len(alike) == 1 and len(rivals) == 1 and None in (rows[alike[0]].supply.color, own.color):
        return alike[0]
    return None


def _onto(row: SupplyFacts, own: OwnSupply, alerts: AlertFacts) -> SupplyFacts:
    supply, found = row.supply, dict(row.provenance)
    known = supply.level_percent is not None
    if own.level is not None and not (
        known and own.level.provenance.confidence is Confidence.DOUBTFUL
    ):
        number = int(supply.index.rpartition(".")[2])
        state = worse(
            Observation(own.level.value.state, own.level.provenance), alerts.supply(number)
        )
        supply = replace(supply, level_percent=own.level.value.percent, state=state.value)
        found |= {"level_percent": own.level.provenance, "state": state.provenance}
    if own.remaining is not None:
        supply = replace(supply, remaining_pages=own.remaining.value)
        found["remaining_pages"] = own.remaining.provenance
    return SupplyFacts(supply, found)


def _alone(own: OwnSupply) -> SupplyFacts:
    level, remaining = own.level, own.remaining
    found = {"kind": own.kind_from, "color": own.kind_from, "state": own.kind_from}
    if level is not None:
        found |= {"level_percent": level.provenance, "state": level.provenance}
    if remaining is not None:
        found["remaining_pages"] = remaining.provenance
    if own.description is not None:
        found["description"] = own.kind_from
    if own.color is None:
        del found["color"]
    supply = Supply(
        index=own.index,
        kind=own.kind,
        color=own.color,
        description=own.description,
        level_percent=None if level is None else level.value.percent,
        state=LevelState.UNKNOWN if level is None else level.value.state,
        remaining_pages=None if remaining is None else remaining.value,
    )
    return SupplyFacts(supply, found)
