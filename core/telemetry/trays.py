"""prtInputTable (RFC 3805 section 2.2.3) as trays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.model.provenance import Provenance
from core.model.reading import Tray
from core.snmp.types import Oid
from core.telemetry import oids
from core.telemetry.bounds import MOST_TRAYS
from core.telemetry.levels import tray_level
from core.telemetry.observe import origin
from core.telemetry.snapshot import Listed, Snapshot
from core.telemetry.text import text_of

_COLUMNS: Final = (
    oids.PRT_INPUT_CAPACITY,
    oids.PRT_INPUT_LEVEL,
    oids.PRT_INPUT_STATUS,
    oids.PRT_INPUT_NAME,
    oids.PRT_INPUT_DESCRIPTION,
)
#: The rows that are read.
TRAYS: Final = Listed(_COLUMNS, MOST_TRAYS)
# PrtSubUnitStatusTC is a sum: availability in the low three bits, then one bit each.
# unavailableAndOnRequest and unavailableBecauseBroken: makers say the latter of an empty tray, so
# that it is no more than "unavailable".
_AVAILABILITY: Final = frozenset({1, 3})
_BITS: Final = ((8, "warning"), (16, "critical"), (32, "offline"), (64, "in_transition"))


@dataclass(frozen=True, slots=True)
class TrayFacts:
    """A tray and the provenance of its values, by the name of the field."""

    tray: Tray
    provenance: dict[str, Provenance]


def trays_of(snapshot: Snapshot, device: int, charset: int | None = None) -> tuple[TrayFacts, ...]:
    """Read the input trays of one printer, by row."""
    return tuple(_tray(snapshot, i, charset) for i in TRAYS.rows(snapshot, device))


def status_conditions(status: int | None) -> tuple[str, ...]:
    """Read a PrtSubUnitStatusTC: what is wrong, in snake_case; nothing where all is well."""
    if status is None or status < 0:
        return ()
    found = ["unavailable"] if status & 7 in _AVAILABILITY else []
    return (*found, *(name for bit, name in _BITS if status & bit))


def _tray(snapshot: Snapshot, index: Oid, charset: int | None) -> TrayFacts:
    def at(column: Oid) -> Oid:
        return (*column, *index)

    def text(column: Oid) -> str | None:
        return text_of(snapshot.value(at(column)), charset)

    level, most = (snapshot.number(at(c)) for c in (oids.PRT_INPUT_LEVEL, oids.PRT_INPUT_CAPACITY))
    read = tray_level(level, most)
    tray = Tray(
        index=".".join(map(str, index)),
        name=text(oids.PRT_INPUT_NAME),
        description=text(oids.PRT_INPUT_DESCRIPTION),
        media=text(oids.PRT_INPUT_MEDIA),
        level=level if level is not None and level >= 0 else None,
        capacity=most if most is not None and most >= 0 else None,
        level_percent=read.percent,
        state=read.state,
        conditions=status_conditions(snapshot.number(at(oids.PRT_INPUT_STATUS))),
    )
    return TrayFacts(tray, _origins(snapshot, index, tray, read.rule))


def _origins(snapshot: Snapshot, index: Oid, tray: Tray, rule: str) -> dict[str, Provenance]:
    """Give the provenance of what is known of a tray."""
    both = (oids.PRT_INPUT_LEVEL, oids.PRT_INPUT_CAPACITY)
    sources: tuple[tuple[str, object, tuple[Oid, ...], str], ...] = (
        ("state", tray.state, both, rule),
        ("level", tray.level, both[:1], "prtInputCurrentLevel"),
        ("capacity", tray.capacity, both[1:], "prtInputMaxCapacity"),
        ("level_percent", tray.level_percent, both, rule),
        ("name", tray.name, (oids.PRT_INPUT_NAME,), "prtInputName"),
        ("description", tray.description, (oids.PRT_INPUT_DESCRIPTION,), "prtInputDescription"),
        ("media", tray.media, (oids.PRT_INPUT_MEDIA,), "prtInputMediaName"),
        ("conditions", tray.conditions or None, (oids.PRT_INPUT_STATUS,), "prtInputStatus"),
    )
    return {
        name: origin(snapshot, tuple((*column, *index) for column in columns), how)
        for name, value, columns, how in sources
        if value is not None
    }
