"""printer-input-tray (PWG 5100.13 section 5.2.6) as trays: the rows of prtInputTable as text."""

from __future__ import annotations

from typing import Final

from core.ipp.attributes import Attributes
from core.model.reading import Tray
from core.telemetry.identity_text import said
from core.telemetry.ipp.observe import MOST_ROWS, key, number, row_origin
from core.telemetry.levels import tray_level
from core.telemetry.trays import TrayFacts, status_conditions

TRAY: Final = "printer-input-tray"


def trays_of(attributes: Attributes) -> tuple[TrayFacts, ...]:
    """Read the input trays; a value without a field is none."""
    records = attributes.records(TRAY)[:MOST_ROWS]
    return tuple(_tray(attributes, at, fields) for at, fields in enumerate(records) if fields)


def _tray(attributes: Attributes, at: int, fields: dict[str, str]) -> TrayFacts:
    level, most = number(fields.get("level")), number(fields.get("maxcapacity"))
    read = tray_level(level, most)
    tray = Tray(
        index=key(at),
        name=said(fields.get("name")),
        description=said(fields.get("description")),
        media=said(fields.get("medianame")),
        level=level if level is not None and level >= 0 else None,
        capacity=most if most is not None and most >= 0 else None,
        level_percent=read.percent,
        state=read.state,
        conditions=status_conditions(number(fields.get("status"))),
    )
    names = ("name", "description", "media", "level", "capacity", "level_percent", "conditions")
    plain = row_origin(attributes, (TRAY,), at, TRAY)
    found = {name: plain for name in names if getattr(tray, name) not in (None, ())}
    from_level = row_origin(attributes, (TRAY,), at, read.rule, read.confidence)
    found["state"] = from_level
    if tray.level_percent is not None:
        found["level_percent"] = from_level
    return TrayFacts(tray, found)
