"""Alerts as rows of prtAlertTable (RFC 3805): what each condition says there and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

# prtAlertSeverityLevel
OTHER, CRITICAL, WARNING = 1, 3, 4
# prtAlertGroup
GENERAL, INPUT, SUPPLIES, MEDIA_PATH = 5, 8, 11, 13
# Bits of hrPrinterDetectedErrorState (RFC 2790), most significant of the first octet first
LOW_PAPER, NO_PAPER, LOW_TONER, NO_TONER, DOOR_OPEN, JAMMED, OFFLINE, SERVICE = range(8)
TRAY_EMPTY = 13

TONER, WASTE_TONER, INK, INK_CARTRIDGE, RIBBON, WASTE_INK = 3, 4, 5, 6, 7, 8
_INKS = (INK, INK_CARTRIDGE)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something about the printer that a person should know. ``bit`` is its bit in
    hrPrinterDetectedErrorState, ``stops`` whether nothing prints meanwhile.
    """

    severity: int
    group: int
    group_index: int
    code: int
    text: str
    bit: int | None = None
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """A condition in force: its row index and since when (seconds of the printer's time)."""

    index: int
    condition: Condition
    since: float


JAM = Condition(CRITICAL, MEDIA_PATH, 1, 8, "Paper jam: open the rear cover", JAMMED, stops=True)
SLEEP = Condition(OTHER, GENERAL, 1, 23, "Sleep")


def supply_low(kind: int, index: int, name: str) -> Condition:
    """Give the condition of a supply that runs low (a receptacle: that is nearly full)."""
    if kind in (WASTE_TONER, WASTE_INK):
        code = 1107 if kind == WASTE_TONER else 1108
        return Condition(WARNING, SUPPLIES, index, code, f"{name} is nearly full")
    if kind in (TONER, *_INKS):
        code = 1104 if kind == TONER else 1105
        return Condition(WARNING, SUPPLIES, index, code, f"{name} is low", LOW_TONER)
    return Condition(WARNING, SUPPLIES, index, 10, f"{name} is near the end of its life")


def supply_empty(kind: int, index: int, name: str) -> Condition:
    """Give the condition of a supply that is used up (a receptacle: that is full)."""
    if kind in (WASTE_TONER, WASTE_INK):
        code = 1109 if kind == WASTE_TONER else 1110
        return Condition(CRITICAL, SUPPLIES, index, code, f"{name} is full", SERVICE, stops=True)
    if kind in (TONER, RIBBON, *_INKS):
        code = {TONER: 1101, RIBBON: 1103}.get(kind, 1102)
        return Condition(CRITICAL, SUPPLIES, index, code, f"Replace {name}", NO_TONER, stops=True)
    return Condition(CRITICAL, SUPPLIES, index, 11, f"Replace {name}", SERVICE, stops=True)


def tray_empty(index: int, name: str, *, last: bool) -> Condition:
    """Give the condition of an empty tray; ``last`` means that no other has paper."""
    severity = CRITICAL if last else WARNING
    bit = NO_PAPER if last else TRAY_EMPTY
    return Condition(severity, INPUT, index, 808, f"{name} is empty", bit, stops=last)


def error_state(conditions: list[Condition], octets: int) -> bytes:
    """Give hrPrinterDetectedErrorState in at least ``octets`` octets."""
    bits = 0
    for condition in conditions:
        if condition.bit is not None:
            bits |= 1 << (15 - condition.bit)
    text = bits.to_bytes(2, "big")
    return text if octets > 1 or text[1] else text[:1]
