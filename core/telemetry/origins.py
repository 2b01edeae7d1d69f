"""Provenance by path, as a reading keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.model.provenance import Provenance
from core.telemetry.alerts import AlertFacts
from core.telemetry.meters import MeterFacts
from core.telemetry.status import StatusFacts
from core.telemetry.supply_merge import SupplyFacts
from core.telemetry.trays import TrayFacts


def of_parts(
    identity: Mapping[str, Provenance],
    meters: MeterFacts,
    supplies: Sequence[SupplyFacts],
    trays: Sequence[TrayFacts],
    status: StatusFacts,
    alerts: AlertFacts,
) -> dict[str, Provenance]:
    """Give the provenance of a whole reading, from that of its parts."""
    return (
        under("identity", identity)
        | of_meters(meters)
        | rows_of("supplies", {f.supply.index: f.provenance for f in supplies})
        | rows_of("trays", {f.tray.index: f.provenance for f in trays})
        | under("status", status.provenance)
        | {f"alerts[{o.value.index}]": o.provenance for o in alerts.alerts}
    )


def of_meters(facts: MeterFacts) -> dict[str, Provenance]:
    """Give the provenance of meters, of those refused, and of engine life."""
    found = under("meters", facts.refused)
    found |= {f"meters.{name}": o.provenance for name, o in facts.meters.items()}
    if facts.engine_life is not None:
        found["engine_life"] = facts.engine_life.provenance
    return found


def under(head: str, parts: Mapping[str, Provenance]) -> dict[str, Provenance]:
    """Give it for the parts of ``head``: "status.state"."""
    return {f"{head}.{name}": origin for name, origin in parts.items()}


def rows_of(head: str, rows: Mapping[str, Mapping[str, Provenance]]) -> dict[str, Provenance]:
    """Give it for the rows of ``head``, by their index: "supplies[1.1].state"."""
    return {
        f"{head}[{index}].{name}": origin
        for index, parts in rows.items()
        for name, origin in parts.items()
    }
