"""Meters of the Imaging System Counter MIB (PWG 5106.3-2008, PWG-IMAGING-COUNTER-MIB).

Every imaging system that has the MIB has icGeneralTotalServiceRecords: asked once, it tells whether
the rest is worth asking. icServiceKey leads from a service (its icServiceType and index) to the key
of its counters; those are by key, kind of work (IcWorkTypeTC) and persistence (IcPersistenceTC), of
which only workTotals over the lifetime are meters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.model.provenance import Observation
from core.snmp.types import Oid
from core.telemetry.observe import observed
from core.telemetry.oids import ENTERPRISES
from core.telemetry.snapshot import Snapshot

_OBJECTS: Oid = (*ENTERPRISES, 2699, 1, 3, 1)
#: icGeneralTotalServiceRecords
SERVICE_RECORDS: Oid = (*_OBJECTS, 1, 2, 0)
SERVICE_KEY: Oid = (*_OBJECTS, 3, 1, 1, 3)
_IMAGES_TOTAL: Oid = (*_OBJECTS, 7, 1, 1, 4)
_IMPRESSION: Oid = (*_OBJECTS, 8, 1, 1)
_TOTAL, _MONOCHROME, _FULL_COLOR, _HIGHLIGHT = (
    (*_IMPRESSION, 4),
    (*_IMPRESSION, 5),
    (*_IMPRESSION, 7),
    (*_IMPRESSION, 8),
)
_TWO_SIDED_TOTAL: Oid = (*_OBJECTS, 9, 1, 1, 4)
_SHEETS_TOTAL: Oid = (*_OBJECTS, 10, 1, 1, 4)

COUNTERS: Final = (
    _TOTAL,
    _MONOCHROME,
    _FULL_COLOR,
    _HIGHLIGHT,
    _IMAGES_TOTAL,
    _TWO_SIDED_TOTAL,
    _SHEETS_TOTAL,
)
COLUMNS: Final = (SERVICE_KEY, *COUNTERS)

_WORK_TOTALS, _LIFETIME = 3, 3
# IcServiceTypeTC
_SYSTEM, _COPY, _FAX_IN, _NETWORK_FAX_IN, _PRINT, _SCAN = 3, 4, 7, 9, 11, 12
_NAMES: Final[dict[Oid, str]] = {
    _TOTAL: "icImpressionTotalImps",
    _MONOCHROME: "icImpressionMonochromeImps",
    _FULL_COLOR: "icImpressionFullColorImps",
    _HIGHLIGHT: "icImpressionHighlightColorImps",
    _IMAGES_TOTAL: "icImageTotalImages",
    _TWO_SIDED_TOTAL: "icTwoSidedTotalImps",
    _SHEETS_TOTAL: "icSheetTotalSheets",
}
_COLOR: Final = (_FULL_COLOR, _HIGHLIGHT)
# A received fax is printed, a sent one is scanned: only the former are impressions.
_FAX: Final = (_FAX_IN, _NETWORK_FAX_IN)
_METERS: Final[tuple[tuple[str, tuple[int, ...], tuple[Oid, ...]], ...]] = (
    ("total", (_SYSTEM,), (_TOTAL,)),
    ("mono", (_SYSTEM,), (_MONOCHROME,)),
    ("color", (_SYSTEM,), _COLOR),
    ("duplex", (_SYSTEM,), (_TWO_SIDED_TOTAL,)),
    ("sheets", (_SYSTEM,), (_SHEETS_TOTAL,)),
    ("print", (_PRINT,), (_TOTAL,)),
    ("print_mono", (_PRINT,), (_MONOCHROME,)),
    ("print_color", (_PRINT,), _COLOR),
    ("copy", (_COPY,), (_TOTAL,)),
    ("copy_mono", (_COPY,), (_MONOCHROME,)),
    ("copy_color", (_COPY,), _COLOR),
    ("fax", _FAX, (_TOTAL,)),
    ("fax_mono", _FAX, (_MONOCHROME,)),
    ("fax_color", _FAX, _COLOR),
    ("scan", (_SCAN,), (_IMAGES_TOTAL,)),
)


def pwg_meters(snapshot: Snapshot) -> dict[str, Observation[int]]:
    """Read the meters that the services count; empty where there is no such MIB.

    Several services of one type are added up; where one of them does not count, the meter is not
    known. A counter below zero is none (IcCounter32 has 31 bits).
    """
    services = [(index, value.number()) for index, value in snapshot.column(SERVICE_KEY).items()]
    if not services:
        return {}
    found = {}
    for name, types, columns in _METERS:
        keys = [(i, key) for i, key in services if len(i) == 2 and i[0] in types]
        meter = _sum(snapshot, keys, columns) if keys else None
        if meter is not None:
            found[name] = meter
    return found


def _sum(
    snapshot: Snapshot, keys: Sequence[tuple[Oid, int | None]], columns: tuple[Oid, ...]
) -> Observation[int] | None:
    total, places, names = 0, [], []
    for index, key in keys:
        counted = [
            ((*column, key, _WORK_TOTALS, _LIFETIME), _NAMES[column])
            for column in columns
            if key is not None
        ]
        numbers = [(place, name, snapshot.number(place)) for place, name in counted]
        told = [(p, name, n) for p, name, n in numbers if n is not None and n >= 0]
        if not told:
            return None
        total += sum(number for _, _, number in told)
        places += [*(place for place, _, _ in told), (*SERVICE_KEY, *index)]
        names += [name for _, name, _ in told]
    return observed(total, snapshot, tuple(places), " + ".join(dict.fromkeys(names)))
