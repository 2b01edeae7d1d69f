"""What was asked a second way: the word of the source that was not taken, beside the one that was.

Sources are merged by rank (``core.telemetry.merge``); here nothing of the lower one is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.model.provenance import Confidence, Provenance, Source
from core.model.reading import Reading
from core.telemetry.merge_supplies import rekeyed


@dataclass(frozen=True, slots=True)
class SecondWord:
    """A value that another source gave for the same path, with its own provenance."""

    value: Any
    source: Source
    refs: tuple[str, ...]
    raw: tuple[str, ...]
    rule: str
    confidence: Confidence


def second_words(merged: Reading, other: Reading) -> dict[str, SecondWord]:
    """Give, by path, what ``other`` says of all that ``merged`` took from somewhere else.

    Nothing where ``other`` was not merged at all: it is another printer's.
    """
    if not set(other.sources) <= set(merged.sources):
        return {}
    same = rekeyed(other, merged.supplies)
    found = {}
    for path, origin in same.provenance.items():
        taken = merged.provenance.get(path)
        seen = same.observation(path)
        if taken is None or taken == origin or seen is None or seen.value is None:
            continue
        found[path] = _word(seen.value, origin)
    return found


def _word(value: Any, origin: Provenance) -> SecondWord:
    return SecondWord(value, origin.source, origin.refs, origin.raw, origin.rule, origin.confidence)
