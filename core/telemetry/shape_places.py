"""Which places of a printer change from visit to visit, and which say that others did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.snmp.types import Oid, Value
from core.telemetry import oids, pwg
from core.telemetry.profile import Profile
from core.telemetry.remembered import remembered
from core.telemetry.snapshot import Snapshot
from core.telemetry.terms import number_places, number_sources

ALERTS: Final = (
    oids.PRT_ALERT_SEVERITY,
    oids.PRT_ALERT_GROUP,
    oids.PRT_ALERT_GROUP_INDEX,
    oids.PRT_ALERT_LOCATION,
    oids.PRT_ALERT_CODE,
    oids.PRT_ALERT_DESCRIPTION,
)
SUPPLIES: Final = (oids.PRT_SUPPLY_LEVEL, oids.PRT_SUPPLY_MAX)
TRAYS: Final = (
    oids.PRT_INPUT_LEVEL,
    oids.PRT_INPUT_STATUS,
    oids.PRT_INPUT_MEDIA,
)
#: Tables of which each visit has to see that no row came and none went.
WATCHED: Final = (SUPPLIES, TRAYS, ALERTS)

#: Counters that move when something is changed that a repeat visit does not ask for (RFC 3805:
#: prtGeneralConfigChanges, prtAlertCriticalEvents, prtAlertAllEvents).
CONFIGURATION: Final = (oids.PRT_CONFIG_CHANGES,)
EVENTS: Final = (oids.PRT_CRITICAL_EVENTS, oids.PRT_ALL_EVENTS)
HINTS: Final = (*CONFIGURATION, *EVENTS)

_STANDARD: Final = (
    *SUPPLIES,
    *TRAYS,
    *ALERTS,
    *HINTS,
    *pwg.COUNTERS,
    oids.HR_DEVICE_STATUS,
    oids.HR_PRINTER_STATUS,
    oids.HR_PRINTER_ERROR_STATE,
    oids.PRT_MARKER_LIFE_COUNT,
    oids.PRT_CONSOLE_TEXT,
)


@dataclass(frozen=True, slots=True)
class Changing:
    """The places that change: whole columns, of these lengths, and scalars."""

    columns: frozenset[Oid]
    scalars: frozenset[Oid]
    depths: tuple[int, ...]

    def column_of(self, oid: Oid) -> Oid | None:
        """Give the changing column that ``oid`` is a row of, or ``None``."""
        for depth in self.depths:
            if len(oid) > depth and oid[:depth] in self.columns:
                return oid[:depth]
        return None

    def holds(self, oid: Oid) -> bool:
        """Say whether ``oid`` is a place that changes."""
        return oid in self.scalars or self.column_of(oid) is not None


@remembered
def changing(profiles: tuple[Profile, ...]) -> Changing:
    """Give the places that change, of the standards and of these profiles."""
    columns = set(_STANDARD)
    for source in number_sources(profiles):
        columns.update(term.column for term in source.terms if term.column is not None)
    for profile in profiles:
        columns.update(table.level for table in profile.supplies.tables)
    scalars, _ = number_places(profiles)
    # What a number is called does not change; it is remembered, as the labels of tables are.
    labels = {t.label_oid for source in number_sources(profiles) for t in source.terms}
    scalars = [place for place in scalars if place not in labels]
    depths = tuple(sorted({len(column) for column in columns}))
    return Changing(frozenset(columns), frozenset((oids.SYS_UP_TIME, *scalars)), depths)


class Witness(Snapshot):
    """A snapshot that remembers which of its values were looked at."""

    __slots__ = ("seen",)

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(dict(snapshot.items()))
        self.seen: set[Oid] = set()

    def value(self, oid: Oid) -> Value | None:
        """Give the value at exactly ``oid``."""
        self.seen.add(oid)
        return self._values.get(oid)

    def number(self, oid: Oid) -> int | None:
        """Give the number at ``oid``, or ``None``."""
        self.seen.add(oid)
        return super().number(oid)

    def octets(self, oid: Oid) -> bytes | None:
        """Give the octets at ``oid``, or ``None``."""
        self.seen.add(oid)
        return super().octets(oid)

    def looked_at(self) -> list[Oid]:
        """Give the places that hold something and were looked at, in order."""
        return sorted(self.seen & self._values.keys())
