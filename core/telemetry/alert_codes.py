"""prtAlertCode (PrtAlertCodeTC of the IANA-PRINTER-MIB) as conditions and supply states."""

from __future__ import annotations

from typing import Final

from core.model.reading import DeviceState, LevelState

# prtAlertGroup
GROUP_GENERAL: Final = 5
GROUP_INPUT: Final = 8
GROUP_OUTPUT: Final = 9
GROUP_SUPPLIES: Final = 11

# Rows that tell a state or the end of a condition, and are nothing to be alerted by:
# coverClosed, interlockClosed, configurationChange, subunitClosed, TurnedOn, PowerSaver, WarmingUp,
# Added, ResourceAdded; doorClosed, powerUp, powerDown, NMSReset, ManualReset, ReadyToPrint;
# alertRemovalOfBinaryChangeEntry.
STATE_CODES: Final = frozenset(
    {4, 6, 7, 19, 20, 23, 24, 25, 27, 502, 503, 504, 505, 506, 507, 1801}
)

# Of the whole printer (group generalPrinter) these are its state, whatever words stand beside them:
# subunitPowerSaver, subunitWarmingUp, printerReadyToPrint.
_STATES: Final = {23: DeviceState.SLEEP, 24: DeviceState.WARMUP, 507: DeviceState.IDLE}

# The same words as hrPrinterDetectedErrorState has, where it has one.
CONDITIONS: Final[dict[int, str]] = {
    3: "door_open",
    5: "door_open",
    8: "jammed",
    18: "door_open",
    22: "offline",
    30: "service_requested",
    32: "service_requested",
    33: "service_requested",
    501: "door_open",
    801: "input_tray_missing",
    807: "low_paper",
    808: "input_tray_empty",
    809: "media_change_requested",
    810: "manual_feed_requested",
    901: "output_tray_missing",
    902: "output_near_full",
    903: "output_full",
    1001: "fuser_temperature",
    1002: "fuser_temperature",
    1003: "service_requested",
    1004: "service_requested",
    1101: "no_toner",
    1102: "no_ink",
    1103: "no_ribbon",
    1104: "low_toner",
    1105: "low_ink",
    1106: "low_ribbon",
    1107: "waste_toner_almost_full",
    1108: "waste_ink_almost_full",
    1109: "waste_toner_full",
    1110: "waste_ink_full",
    1111: "drum_near_end",
    1112: "drum_at_end",
    1113: "low_developer",
    1114: "no_developer",
    1115: "marker_supply_missing",
    1301: "media_path_tray_missing",
    1302: "media_path_tray_almost_full",
    1303: "media_path_tray_full",
}

# Codes that any subunit can have mean something only together with their group.
GROUP_CONDITIONS: Final[dict[tuple[int, int], str]] = {
    (GROUP_INPUT, 9): "input_tray_missing",
    (GROUP_INPUT, 12): "low_paper",
    (GROUP_INPUT, 13): "input_tray_empty",
    (GROUP_OUTPUT, 9): "output_tray_missing",
    (GROUP_OUTPUT, 14): "output_near_full",
    (GROUP_OUTPUT, 15): "output_full",
    (GROUP_SUPPLIES, 9): "marker_supply_missing",
    (GROUP_SUPPLIES, 10): "supply_near_end",
    (GROUP_SUPPLIES, 11): "supply_at_end",
    (GROUP_SUPPLIES, 12): "low_supply",
    (GROUP_SUPPLIES, 13): "no_supply",
    (GROUP_SUPPLIES, 14): "waste_almost_full",
    (GROUP_SUPPLIES, 15): "waste_full",
}

# What an alert about one supply (group markerSupplies, groupIndex its row) says of its level. A
# full waste container has nothing left of what it is for, as an empty cartridge has not.
SUPPLY_STATES: Final[dict[int, LevelState]] = {
    **dict.fromkeys((10, 12, 14, 16), LevelState.LOW),
    **dict.fromkeys((1104, 1105, 1106, 1107, 1108, 1111, 1113), LevelState.LOW),
    **dict.fromkeys((11, 13, 15, 17), LevelState.EMPTY),
    **dict.fromkeys((1101, 1102, 1103, 1109, 1110, 1112, 1114), LevelState.EMPTY),
}


def state_of(code: int | None, group: int | None) -> DeviceState | None:
    """Give the state of the printer that a row about the whole of it tells by its code."""
    return _STATES.get(code or 0) if group == GROUP_GENERAL else None


def condition_of(code: int | None, group: int | None) -> str | None:
    """Name the condition of an alert in snake_case, or ``None`` where the code has none."""
    if code is None:
        return None
    if group is not None and (group, code) in GROUP_CONDITIONS:
        return GROUP_CONDITIONS[group, code]
    return CONDITIONS.get(code)
