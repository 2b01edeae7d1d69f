"""What a printer said at its USB port, in the parts that a reading is made of."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.identity import Identity
from core.model.provenance import Provenance
from core.model.reading import Cost, EngineLife, Note, Status, Supply


@dataclass(frozen=True, slots=True)
class PortReading:
    """One visit by PJL. ``provenance`` is keyed as in a reading; meters not known are absent.

    ``cost`` counts octets of PJL.
    """

    identity: Identity
    meters: dict[str, int]
    engine_life: EngineLife | None
    supplies: tuple[Supply, ...]
    status: Status
    provenance: dict[str, Provenance]
    notes: tuple[Note, ...]
    cost: Cost
