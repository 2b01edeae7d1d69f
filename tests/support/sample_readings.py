"""Whole readings for the made-up devices, with the provenance of every value."""

from __future__ import annotations

from core.model.device import DeviceSummary
from core.model.provenance import Confidence, Provenance, Source
from core.model.reading import (
    Alert,
    Cost,
    LevelState,
    Note,
    Reading,
    Severity,
    Status,
    Supply,
    Tray,
)
from core.model.reading import DeviceState as State

_LIFE = "1.3.6.1.2.1.43.10.2.1.4.1.1"
_LEVEL = "1.3.6.1.2.1.43.11.1.1.9"
_MOST = "1.3.6.1.2.1.43.11.1.1.8"
_PRIVATE = "1.3.6.1.4.1.1347.43.10.1.1.12.1.1"


def reading(summary: DeviceSummary) -> Reading:
    """Make the whole reading that the row of the list is the short form of."""
    latest = summary.latest
    supplies = latest.supplies if latest else ()
    meters = latest.meters if latest else {}
    status = latest.status if latest else Status(State.UNKNOWN)
    return Reading(
        address=summary.device.endpoint.address,
        port=summary.device.endpoint.port,
        taken_at=latest.taken_at if latest else "2026-01-14T14:02:00Z",
        sources=(Source.SNMP,),
        identity=summary.device.identity,
        meters=meters,
        engine_life=latest.engine_life if latest else None,
        supplies=supplies,
        trays=_trays(),
        status=status,
        alerts=_alerts(status),
        provenance=_provenance(meters, supplies),
        notes=_notes(summary),
        cost=Cost(3, 700, 1900, 12.5),
    )


def _notes(summary: DeviceSummary) -> tuple[Note, ...]:
    if summary.device.identity.vendor != "Kyocera":
        return ()
    text = "The engine's life count is higher than the total: it also counts test pages."
    return (Note("life_differs", text),)


def _provenance(meters: dict[str, int], supplies: tuple[Supply, ...]) -> dict[str, Provenance]:
    found = {
        f"meters.{key}": Provenance(
            Source.SNMP, (_PRIVATE,), (str(value),), "kyocera", Confidence.PROFILE
        )
        for key, value in meters.items()
    }
    found["engine_life"] = Provenance(Source.SNMP, (_LIFE,), ("76498",), "prtMarkerLifeCount")
    for supply in supplies:
        if supply.level_percent is None:
            refs, raw = (f"{_LEVEL}.{supply.index}",), ("-3",)
        else:
            refs = (f"{_LEVEL}.{supply.index}", f"{_MOST}.{supply.index}")
            raw = (str(int(supply.level_percent * 200)), "20000")
        found[f"supplies[{supply.index}].level_percent"] = Provenance(
            Source.SNMP, refs, raw, "level / maximum"
        )
    serial = ("1.3.6.1.2.1.43.5.1.1.17.1",)
    found["identity.serial"] = Provenance(Source.SNMP, serial, ("RH28Y00024",), "prtGeneral")
    return found


def _trays() -> tuple[Tray, ...]:
    some, unknown = LevelState.SOME_REMAINING, LevelState.UNKNOWN
    return (
        Tray("1.1", "Cassette 1", None, "A4 plain", 350, 500, 70.0, LevelState.OK),
        Tray("1.2", "Cassette 2", None, "A3 plain", None, 500, None, some),
        Tray("1.3", "MP tray", None, None, None, None, None, unknown),
    )


def _alerts(status: Status) -> tuple[Alert, ...]:
    if "jammed" in status.conditions:
        return (Alert("1.1", Severity.CRITICAL, 8, "Paper jam in cassette 1"),)
    if status.conditions:
        return (Alert("1.1", Severity.WARNING, 807, "Add paper in cassette 2"),)
    return ()
