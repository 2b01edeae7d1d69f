"""Observations made over SNMP."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from core.model.provenance import Confidence, Observation, Provenance, Source
from core.snmp.types import Oid, format_oid
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import raw_of

T = TypeVar("T")
# The same places are named visit after visit.
_dotted = lru_cache(maxsize=8192)(format_oid)


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
    refs, raw = [], []
    for oid in oids:
        value = snapshot.value(oid)
        if value is not None:
            refs.append(_dotted(oid))
            raw.append(raw_of(value))
    return Provenance(
        source=Source.SNMP,
        refs=tuple(refs),
        raw=tuple(raw),
        rule=rule,
        confidence=confidence,
    )
