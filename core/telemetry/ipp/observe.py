"""Observations made over IPP: where from, and the text that stood there."""

from __future__ import annotations

import re
from typing import Final

from core.ipp.attributes import Attributes, raw_of
from core.model.provenance import Confidence, Provenance, Source

# Rows of one list: no printer has more parts than this.
MOST_ROWS: Final = 64
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,10}\Z")
_INT32: Final = range(-(2**31), 2**31)
_LONGEST_RAW: Final = 1_023


def origin(
    attributes: Attributes,
    names: tuple[str, ...],
    rule: str,
    confidence: Confidence = Confidence.STANDARD,
) -> Provenance:
    """Say that a value was made of these attributes: those of them that there are."""
    present = tuple(name for name in names if name in attributes)
    raw = tuple(attributes.raw(name) or "" for name in present)
    return Provenance(Source.IPP, present, raw, rule, confidence)


def row_origin(
    attributes: Attributes,
    names: tuple[str, ...],
    row: int,
    rule: str,
    confidence: Confidence = Confidence.STANDARD,
) -> Provenance:
    """Say that a value was made of one row (from 0) of these lists."""
    present = tuple(name for name in names if row < len(attributes.get(name, ())))
    raw = tuple(raw_of(attributes[name][row])[:_LONGEST_RAW] for name in present)
    return Provenance(Source.IPP, present, raw, rule, confidence)


def number(text: str | None) -> int | None:
    """Read a number of a record; ``None`` for what is none, or none of 32 bits."""
    if text is None or not _NUMBER.match(text):
        return None
    value = int(text)
    return value if value in _INT32 else None


def key(row: int) -> str:
    """Give the index of a row (from 0) as a reading names it: "ipp.1"."""
    return f"ipp.{row + 1}"
