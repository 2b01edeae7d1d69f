"""Provenance by path, as a reading keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from core.model.provenance import Provenance
from core.telemetry.meters import MeterFacts


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
