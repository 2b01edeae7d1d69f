"""What a supply is: prtMarkerSuppliesType (PrtMarkerSuppliesTypeTC), else its words."""

from __future__ import annotations

from typing import Final

from core.model.provenance import Confidence, Observation
from core.model.reading import SupplyKind
from core.snmp.types import Oid
from core.telemetry import oids
from core.telemetry.observe import observed
from core.telemetry.snapshot import Snapshot
from core.telemetry.words import color_in, content_of_cartridge, is_cartridge, kind_in

# other(1) and unknown(2) are left to the words.
TYPES: Final[dict[int, SupplyKind]] = {
    3: SupplyKind.TONER,
    4: SupplyKind.WASTE,  # wasteToner
    5: SupplyKind.INK,
    6: SupplyKind.INK,  # inkCartridge
    7: SupplyKind.RIBBON,
    8: SupplyKind.WASTE,  # wasteInk
    9: SupplyKind.DRUM,  # opc
    10: SupplyKind.DEVELOPER,
    11: SupplyKind.FUSER,  # fuserOil
    12: SupplyKind.INK,  # solidWax
    13: SupplyKind.RIBBON,  # ribbonWax
    14: SupplyKind.WASTE,  # wasteWax
    15: SupplyKind.FUSER,
    16: SupplyKind.MAINTENANCE,  # coronaWire
    17: SupplyKind.FUSER,  # fuserOilWick
    18: SupplyKind.MAINTENANCE,  # cleanerUnit
    19: SupplyKind.FUSER,  # fuserCleaningPad
    20: SupplyKind.TRANSFER,
    21: SupplyKind.TONER,  # tonerCartridge
    22: SupplyKind.FUSER,  # fuserOiler
    23: SupplyKind.OTHER,  # water
    24: SupplyKind.WASTE,  # wasteWater
    25: SupplyKind.OTHER,  # glueWaterAdditive
    26: SupplyKind.WASTE,  # wastePaper
    27: SupplyKind.OTHER,  # bindingSupply
    28: SupplyKind.OTHER,  # bandingSupply
    29: SupplyKind.STAPLES,  # stitchingWire
    30: SupplyKind.OTHER,  # shrinkWrap
    31: SupplyKind.OTHER,  # paperWrap
    32: SupplyKind.STAPLES,
    33: SupplyKind.OTHER,  # inserts
    34: SupplyKind.OTHER,  # covers
}


def kind_of(
    snapshot: Snapshot,
    index: Oid,
    text: str | None,
    technology: tuple[int, Oid] | None,
    machine: str | None,
) -> Observation[SupplyKind]:
    """Say what the supply in this row is.

    By its type; else by the words of ``text``; else, for what only calls itself a cartridge of a
    colour, by how the machine marks paper: ``technology`` is prtMarkerMarkTech and where it is,
    ``machine`` the model's name. That last guess is marked doubtful.
    """
    typed = (*oids.PRT_SUPPLY_TYPE, *index)
    described = (*oids.PRT_SUPPLY_DESCRIPTION, *index)
    kind = TYPES.get(snapshot.number(typed) or 0)
    if kind is not None:
        return observed(kind, snapshot, (typed,), "prtMarkerSuppliesType")
    words = text or ""
    kind = kind_in(words)
    if kind is not None:
        return observed(kind, snapshot, (typed, described), "words of the description")
    if is_cartridge(words) and color_in(words) is not None:
        number, place = technology or (None, ())
        kind = content_of_cartridge(number, machine)
        if kind is not None:
            rule, places = "cartridge of this marking technology", (described, place)
            return observed(kind, snapshot, places, rule, Confidence.DOUBTFUL)
    return observed(SupplyKind.OTHER, snapshot, (typed, described), "type not told")
