"""Two visits to one agent, and their readings without what may differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.model.identity import Endpoint
from core.model.reading import Reading

ENDPOINT = Endpoint("192.0.2.9")
FIRST, AGAIN = "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"


def plain(readings: Iterable[Reading]) -> list[Reading]:
    """Readings without what may differ: the cost, the time, and when static values were asked."""
    return [
        replace(
            reading,
            cost=None,
            taken_at="",
            provenance={p: replace(o, learned_at=None) for p, o in reading.provenance.items()},
        )
        for reading in readings
    ]
