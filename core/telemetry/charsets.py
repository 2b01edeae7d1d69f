"""The character sets that a printer declares for its panel and for the rest of its texts."""

from __future__ import annotations

from core.snmp.types import Oid
from core.telemetry import oids
from core.telemetry.snapshot import Snapshot


def panel_charset(snapshot: Snapshot, device: int) -> int | None:
    """Give the MIBenum of prtConsoleLocalization's character set, else that of the rest."""
    found = _charset(snapshot, device, oids.PRT_CONSOLE_LOCALIZATION)
    return text_charset(snapshot, device) if found is None else found


def text_charset(snapshot: Snapshot, device: int) -> int | None:
    """Give the MIBenum of prtGeneralCurrentLocalization's character set, else of the first row."""
    found = _charset(snapshot, device, oids.PRT_CURRENT_LOCALIZATION)
    return snapshot.number((*oids.PRT_CHARACTER_SET, device, 1)) if found is None else found


def _charset(snapshot: Snapshot, device: int, localization: Oid) -> int | None:
    row = snapshot.number((*localization, device))
    return None if row is None else snapshot.number((*oids.PRT_CHARACTER_SET, device, row))
