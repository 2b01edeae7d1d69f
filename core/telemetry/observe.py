"""Observations made over SNMP."""

from __future__ import annotations

from typing import TypeVar

from core.model.provenance import Confidence, Observation, Provenance, Source
from core.snmp.types import Oid, format_oid
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import raw_of

T = TypeVar("T")


def observed(
    value: T,
    snapshot: Snapshot,
    oids: tuple[Oid, ...],
    rule: str,
    confidence: Confidence = Confidence.STANDARD,
) -> Observation[T]:
    """Say that ``value`` was read from ``oids``: those of them that the snapshot holds."""
    return Observation(value, origin(snapshot, oids, rule, confidence))


def origin(
    snapshot: Snapshot,
    oids: tuple[Oid, ...],
    rule: str,
    confidence: Confidence = Confidence.STANDARD,
) -> Provenance:
    """Give the provenance of a value that was read from ``oids``."""
    present = [(oid, value) for oid in oids if (value := snapshot.value(oid)) is not None]
    return Provenance(
        source=Source.SNMP,
        refs=tuple(format_oid(oid) for oid, _ in present),
        raw=tuple(raw_of(value) for _, value in present),
        rule=rule,
        confidence=confidence,
    )
