"""The rows of supplies as IPP writes them, in one form whichever list they are from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, TypeVar

from core.ipp.attributes import Attributes
from core.telemetry.identity_text import said
from core.telemetry.ipp.keywords import SUPPLY_CLASSES, SUPPLY_TYPES, SUPPLY_UNITS, code_of
from core.telemetry.ipp.observe import MOST_ROWS, number
from core.telemetry.words import color_in

SUPPLY: Final = "printer-supply"
SUPPLY_TEXT: Final = "printer-supply-description"
NAMES: Final = "marker-names"
LEVELS: Final = "marker-levels"
COLORS: Final = "marker-colors"
KINDS: Final = "marker-types"
LOW: Final = "marker-low-levels"
_PERCENT: Final = 19  # PrtMarkerSuppliesSupplyUnitTC percent
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """One row, ``at`` from 0; ``number`` is what alerts call it. Numbers are those of the
    Printer-MIB; what ends in ``_at`` names the attributes where the value stood.
    """

    at: int
    number: int
    is_marker: bool
    type: int | None
    type_at: tuple[str, ...]
    level: int | None
    level_at: tuple[str, ...]
    text: str | None
    text_at: tuple[str, ...]
    most: int | None = None
    unit: int | None = None
    filled: int | None = None
    colorant: str | None = None
    colorant_at: tuple[str, ...] = ()
    rgb: str | None = None
    rgb_at: tuple[str, ...] = (COLORS,)
    low: int | None = None


def supply_rows(attributes: Attributes) -> tuple[SupplyRow, ...]:
    """Give the rows of printer-supply, with what marker-* add, or else those of marker-*."""
    own, markers = _of_supply(attributes), _of_markers(attributes)
    if not own:
        return markers
    if len(own) != len(markers) or not all(map(_alike, own, markers)):
        return own
    return tuple(_with(row, marker) for row, marker in zip(own, markers, strict=True))


def _of_supply(attributes: Attributes) -> tuple[SupplyRow, ...]:
    records = attributes.records(SUPPLY)
    texts = attributes.texts(SUPPLY_TEXT)
    paired = len(texts) == len(records)
    found = []
    for at, fields in enumerate(records[:MOST_ROWS]):
        if not fields:
            continue
        index = number(fields.get("index"))
        row = SupplyRow(
            at=at,
            number=at + 1 if index is None else index,
            is_marker=False,
            type=code_of(fields.get("type"), SUPPLY_TYPES),
            type_at=(SUPPLY,),
            level=number(fields.get("level")),
            level_at=(SUPPLY,),
            text=said(texts[at]) if paired else None,
            text_at=(SUPPLY_TEXT,),
            most=number(fields.get("maxcapacity")),
            unit=code_of(fields.get("unit"), SUPPLY_UNITS),
            filled=code_of(fields.get("class"), SUPPLY_CLASSES),
            colorant=fields.get("colorantname") or fields.get("colorantvalue"),
            colorant_at=(SUPPLY,),
        )
        found.append(row)
    return tuple(found)


def _of_markers(attributes: Attributes) -> tuple[SupplyRow, ...]:
    levels = attributes.numbers(LEVELS)
    count = len(attributes.texts(NAMES)) or len(levels)
    names = _aligned(attributes.texts(NAMES), count)
    kinds = _aligned(attributes.texts(KINDS), count)
    colors = _aligned(attributes.texts(COLORS), count)
    lows = _aligned(attributes.numbers(LOW), count)
    told = _aligned(levels, count)
    return tuple(
        SupplyRow(
            at=at,
            number=at + 1,
            is_marker=True,
            type=code_of(kinds[at], SUPPLY_TYPES),
            type_at=(KINDS,),
            level=told[at],
            level_at=(LEVELS, LOW),
            text=said(names[at]),
            text_at=(NAMES,),
            # By definition a percentage.
            unit=_PERCENT,
            rgb=colors[at],
            low=lows[at],
        )
        for at in range(min(count, MOST_ROWS))
    )


def _aligned(values: tuple[T | None, ...], count: int) -> tuple[T | None, ...]:
    return values if len(values) == count else (None,) * count


def _alike(row: SupplyRow, marker: SupplyRow) -> bool:
    """Whether nothing speaks against these being one supply."""
    one, other = (color_in(text or "") for text in (row.colorant or row.text, marker.text))
    if row.at != marker.at or (one and other and one != other):
        return False
    return row.type is None or marker.type is None or row.type == marker.type


def _with(row: SupplyRow, marker: SupplyRow) -> SupplyRow:
    row = replace(row, rgb=marker.rgb, low=marker.low if row.unit == _PERCENT else None)
    if row.text is None:
        row = replace(row, text=marker.text, text_at=marker.text_at)
    if row.low is not None:
        row = replace(row, level_at=(*row.level_at, LOW))
    return row
