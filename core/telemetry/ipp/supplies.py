"""Supplies by IPP: printer-supply (PWG 5100.13 section 5.2.8), else the marker-* of CUPS.

A supply is its row, never its name or its colour. The marker-* lists run side by side: one that
has another length than the others is left out, since nobody knows which value belongs to which row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from core.ipp.attributes import Attributes
from core.model.provenance import Confidence, Observation
from core.model.reading import LevelState, Supply, SupplyKind
from core.telemetry.alerts import AlertFacts
from core.telemetry.ipp.observe import key, row_origin
from core.telemetry.ipp.supply_rows import SupplyRow, supply_rows
from core.telemetry.levels import LevelReading, receptacle_level, supply_level
from core.telemetry.supply_kind import TYPES
from core.telemetry.supply_merge import SupplyFacts, worse
from core.telemetry.words import (
    color_in,
    content_of_cartridge,
    is_cartridge,
    kind_in,
    split_tail,
)

_RECEPTACLE: Final = 4
_PURE: Final = {
    "#000000": "black",
    "#00FFFF": "cyan",
    "#FF00FF": "magenta",
    "#FFFF00": "yellow",
    "#00FFFF#FF00FF#FFFF00": "tricolor",
}


def supplies_of(
    attributes: Attributes, alerts: AlertFacts, machine: str | None = None
) -> tuple[SupplyFacts, ...]:
    """Read the supplies in the order of their rows; ``machine`` is the model's name."""
    return tuple(_supply(attributes, row, alerts, machine) for row in supply_rows(attributes))


def _supply(
    attributes: Attributes, row: SupplyRow, alerts: AlertFacts, machine: str | None
) -> SupplyFacts:
    text, part, serial = (None, None, None) if row.text is None else split_tail(row.text)
    kind = _kind(attributes, row, text, machine)
    color = _color(attributes, row, text)
    read = _level(row, kind.value)
    level = row_origin(attributes, row.level_at, row.at, read.rule, read.confidence)
    state = worse(Observation(read.state, level), alerts.supply(row.number))
    found = {"kind": kind.provenance, "state": state.provenance}
    if row.level is not None:
        found["level_percent"] = level
    if color is not None:
        found["color"] = color.provenance
    said = {"description": text or None, "part": part, "serial": serial}
    words = row_origin(attributes, row.text_at, row.at, row.text_at[0])
    found |= dict.fromkeys((name for name, value in said.items() if value), words)
    supply = Supply(
        index=key(row.at),
        kind=kind.value,
        color=None if color is None else color.value,
        description=said["description"],
        level_percent=read.percent,
        state=state.value,
        part=part,
        serial=serial,
    )
    return SupplyFacts(supply, found)


def _kind(
    attributes: Attributes, row: SupplyRow, text: str | None, machine: str | None
) -> Observation[SupplyKind]:
    def told(kind: SupplyKind, names: tuple[str, ...], rule: str) -> Observation[SupplyKind]:
        return Observation(kind, row_origin(attributes, names, row.at, rule))

    kind = TYPES.get(row.type or 0)
    if kind is not None:
        return told(kind, row.type_at, "type of the supply")
    kind = kind_in(text or "")
    if kind is not None:
        return told(kind, row.text_at, "words of the description")
    if is_cartridge(text or "") and color_in(text or "") is not None:
        kind = content_of_cartridge(None, machine)
        if kind is not None:
            guess = told(kind, row.text_at, "cartridge of this marking technology")
            return replace(
                guess, provenance=replace(guess.provenance, confidence=Confidence.DOUBTFUL)
            )
    return told(SupplyKind.OTHER, (*row.type_at, *row.text_at), "type not told")


def _color(attributes: Attributes, row: SupplyRow, text: str | None) -> Observation[str] | None:
    """Take the colorant's name, else the words, else the pure colour that its code is."""
    for color, names, rule in (
        (color_in(row.colorant or ""), row.colorant_at, "colorantname"),
        (color_in(text or ""), row.text_at, "words of the description"),
        (_PURE.get((row.rgb or "").upper()), row.rgb_at, "marker-colors"),
    ):
        if color is not None:
            return Observation(color, row_origin(attributes, names, row.at, rule))
    return None


def _level(row: SupplyRow, kind: SupplyKind) -> LevelReading:
    if row.is_marker and row.level == -1:
        # CUPS' list has no word for "no restriction": there it is a level that is not to be had.
        return LevelReading(None, LevelState.UNKNOWN, "level not available (-1)")
    if row.filled == _RECEPTACLE or kind is SupplyKind.WASTE:
        return receptacle_level(row.level, row.most, row.unit)
    read = supply_level(row.level, row.most, row.unit)
    low = row.low or 0
    # What the printer itself counts as low: it may say it earlier than our ten percent.
    if read.state is LevelState.OK and 0 < low <= 100 and (read.percent or 100) <= low:
        return replace(read, state=LevelState.LOW, rule=f"{read.rule}, at most {low} is low")
    return read
