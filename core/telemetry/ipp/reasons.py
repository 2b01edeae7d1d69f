"""printer-state-reasons (RFC 8011 section 5.4.12, PWG 5100.9) as conditions and states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.model.reading import DeviceState

_SUFFIX: Final = re.compile(r"-(report|warning|error)\Z")
# A keyword (RFC 8011 section 5.1.4): what is none is no condition.
_KEYWORD: Final = re.compile(r"[a-z][a-z0-9._-]{1,79}\Z")
# Said where nothing is to be said, where something ended, or of a computer's queue.
_NOTHING: Final = frozenset(
    {
        "none",
        "other",
        "unknown",
        "configuration-change",
        "printer-ready-to-print",
        "printer-nms-reset",
        "printer-manual-reset",
        "power-up",
        "power-down",
        "alert-removal-of-binary-change-entry",
    }
)
_ENDED: Final = re.compile(r"(^cups-|-(closed|added|turned-on|memory-increase|memory-decrease)\Z)")
_STATES: Final = (
    (re.compile(r"(power-?sav|hibernate|standby|suspend|sleep)"), DeviceState.SLEEP),
    (re.compile(r"warming-up"), DeviceState.WARMUP),
    (re.compile(r"(offline\Z|^shutdown\Z|^timed-out\Z|^deactivated\Z)"), DeviceState.OFFLINE),
)
# The same words as hrPrinterDetectedErrorState and prtAlertCode have, where they have one.
CONDITIONS: Final[dict[str, str]] = {
    "cover-open": "door_open",
    "developer-empty": "no_developer",
    "developer-low": "low_developer",
    "door-open": "door_open",
    "fuser-over-temp": "fuser_temperature",
    "fuser-under-temp": "fuser_temperature",
    "input-manual-input-request": "manual_feed_requested",
    "input-media-change-request": "media_change_requested",
    "input-media-tray-missing": "input_tray_missing",
    "input-tray-missing": "input_tray_missing",
    "interlock-open": "door_open",
    "marker-developer-almost-empty": "low_developer",
    "marker-developer-empty": "no_developer",
    "marker-fuser-over-temperature": "fuser_temperature",
    "marker-fuser-under-temperature": "fuser_temperature",
    "marker-ink-almost-empty": "low_ink",
    "marker-ink-empty": "no_ink",
    "marker-opc-life-almost-over": "drum_near_end",
    "marker-opc-life-over": "drum_at_end",
    "marker-print-ribbon-almost-empty": "low_ribbon",
    "marker-print-ribbon-empty": "no_ribbon",
    "marker-supply-empty": "no_supply",
    "marker-supply-low": "low_supply",
    "marker-supply-missing": "marker_supply_missing",
    "marker-toner-almost-empty": "low_toner",
    "marker-toner-cartridge-missing": "marker_supply_missing",
    "marker-toner-empty": "no_toner",
    "marker-waste-almost-full": "waste_almost_full",
    "marker-waste-full": "waste_full",
    "marker-waste-ink-receptacle-almost-full": "waste_ink_almost_full",
    "marker-waste-ink-receptacle-full": "waste_ink_full",
    "marker-waste-toner-receptacle-almost-full": "waste_toner_almost_full",
    "marker-waste-toner-receptacle-full": "waste_toner_full",
    "media-empty": "input_tray_empty",
    "media-jam": "jammed",
    "media-low": "low_paper",
    "media-needed": "no_paper",
    "opc-life-over": "drum_at_end",
    "opc-near-eol": "drum_near_end",
    "output-area-almost-full": "output_near_full",
    "output-area-full": "output_full",
    "output-media-tray-almost-full": "output_near_full",
    "output-media-tray-full": "output_full",
    "output-tray-missing": "output_tray_missing",
    "toner-empty": "no_toner",
    "toner-low": "low_toner",
}


@dataclass(frozen=True, slots=True)
class Reasons:
    """``conditions`` are snake_case words; ``state`` is one that a reason tells; ``faults`` says
    whether a reason tells an error (no suffix means one, RFC 8011), beside being paused.
    """

    conditions: tuple[str, ...] = ()
    state: DeviceState | None = None
    faults: bool = False


def reasons_of(keywords: Iterable[str | None]) -> Reasons:
    """Sort the reasons into conditions and states; a keyword not known here is kept as it is."""
    conditions: dict[str, None] = {}
    states: list[DeviceState] = []
    faults = False
    for keyword in keywords:
        text = (keyword or "").casefold()
        suffix = _SUFFIX.search(text)
        base = text[: suffix.start()] if suffix else text
        if base in _NOTHING or _ENDED.search(base) or not _KEYWORD.match(base):
            continue
        state = next((state for words, state in _STATES if words.search(base)), None)
        if state is not None:
            states.append(state)
        if state is None or state is DeviceState.OFFLINE:
            conditions[CONDITIONS.get(base, re.sub(r"[^a-z0-9]+", "_", base).strip("_"))] = None
        if state is None and "paus" not in base:
            faults |= suffix is None or suffix.group(1) == "error"
    # Offline beside sleeping: a machine that is away is away.
    told = DeviceState.OFFLINE if DeviceState.OFFLINE in states else next(iter(states), None)
    return Reasons(tuple(conditions), told, faults)
