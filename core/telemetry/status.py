"""One state and the conditions of a printer.

hrPrinterStatus, hrDeviceStatus and hrPrinterDetectedErrorState (RFC 2790, with the table of their
combinations in RFC 3805 section 2.2.13.2.1), the panel, and what alerts add.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.model.provenance import Confidence, Observation, Provenance
from core.model.reading import DeviceState, Status
from core.snmp.types import Oid
from core.telemetry import oids
from core.telemetry.alerts import AlertFacts
from core.telemetry.observe import origin
from core.telemetry.printers import PrinterRows
from core.telemetry.profile import Profile
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import decode, text_of
from core.telemetry.words import state_in

# hrPrinterDetectedErrorState: bit 0 is the most significant one of the first octet.
ERROR_BITS: Final = (
    "low_paper",
    "no_paper",
    "low_toner",
    "no_toner",
    "door_open",
    "jammed",
    "offline",
    "service_requested",
    "input_tray_missing",
    "output_tray_missing",
    "marker_supply_missing",
    "output_near_full",
    "output_full",
    "input_tray_empty",
    "overdue_prevent_maint",
)
_HINT: Final = "panel or alert"
_LINES: Final = re.compile(rb"[\r\n]+")
_OTHER, _IDLE, _PRINTING, _WARMUP = 1, 3, 4, 5  # hrPrinterStatus
_RUNNING, _DOWN = 2, 5  # hrDeviceStatus
# A machine with one of these does not print, whatever else it says of itself.
_STOPPING: Final = frozenset({"door_open", "jammed"})


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """The status and the provenance of its values, by the name of the field."""

    status: Status
    provenance: dict[str, Provenance]


def status_of(
    snapshot: Snapshot,
    rows: PrinterRows,
    alerts: AlertFacts,
    charset: int | None = None,
    profiles: tuple[Profile, ...] = (),
) -> StatusFacts:
    """Read the status of one printer; ``charset`` is that of its panel, ``profiles`` are those
    whose scalars are about it.
    """
    places = {
        "printer": (*oids.HR_PRINTER_STATUS, rows.host),
        "device": (*oids.HR_DEVICE_STATUS, rows.host),
        "errors": (*oids.HR_PRINTER_ERROR_STATE, rows.host),
    }
    bits = error_conditions(snapshot.octets(places["errors"]) or b"")
    lines = panel_lines(snapshot, rows.index, charset) or profile_panel(snapshot, profiles, charset)
    told = next((o for o in lines if state_in(o.value) is not None), None)
    hint = alerts.state if told is None else Observation(state_in(told.value), told.provenance)
    numbers = (snapshot.number(places["printer"]), snapshot.number(places["device"]))
    state, rule = _state(*numbers, bits, None if hint is None else hint.value)
    conditions = tuple(dict.fromkeys((*bits, *(o.value for o in alerts.conditions))))
    found: dict[str, Provenance] = {}
    if rule == _HINT and hint is not None:
        found["state"] = hint.provenance
    else:
        every = tuple(places.values())
        found["state"] = origin(snapshot, every, rule)
    if conditions:
        found["conditions"] = _conditions_origin(snapshot, places["errors"], alerts)
    if lines:
        found["display"] = _joined(tuple(o.provenance for o in lines), lines[0].provenance.rule)
    display = tuple(o.value for o in lines)
    return StatusFacts(Status(state, conditions, display), found)


def error_conditions(octets: bytes) -> tuple[str, ...]:
    """Read hrPrinterDetectedErrorState, which has no, one or two octets; further ones say nothing.

    Some agents write the bits as text ("2000" hex as such): that is not guessed at.
    """
    return tuple(
        name
        for at, name in enumerate(ERROR_BITS)
        if at // 8 < len(octets) and octets[at // 8] & (0x80 >> at % 8)
    )


def panel_lines(
    snapshot: Snapshot, device: int, charset: int | None
) -> tuple[Observation[str], ...]:
    """Give the lines of the panel that are not blank, from the top."""
    found = []
    for index in snapshot.indexes((oids.PRT_CONSOLE_TEXT,), device):
        place = (*oids.PRT_CONSOLE_TEXT, *index)
        text = text_of(snapshot.value(place), charset)
        if text is not None:
            source = origin(snapshot, (place,), "prtConsoleDisplayBufferText")
            found.append(Observation(text, source))
    return tuple(found)


def profile_panel(
    snapshot: Snapshot, profiles: tuple[Profile, ...], charset: int | None
) -> tuple[Observation[str], ...]:
    """Give the lines of a panel that its maker tells in a place of its own."""
    found = []
    for profile in profiles:
        for place in profile.panel:
            source = origin(snapshot, (place,), f"profile {profile.name}", Confidence.PROFILE)
            for line in _LINES.split(snapshot.octets(place) or b""):
                text = decode(line, charset)
                if text:
                    found.append(Observation(text, source))
        if found:
            break
    return tuple(found)


def _state(
    printer: int | None, device: int | None, bits: tuple[str, ...], hint: DeviceState | None
) -> tuple[DeviceState, str]:
    """Decide on the one state, and name what decided: the first row that holds."""
    stopped, down = bool(_STOPPING & set(bits)), device == _DOWN
    both = "hrDeviceStatus and hrPrinterDetectedErrorState"
    rows = (
        (printer == _PRINTING, DeviceState.PRINTING, "hrPrinterStatus"),
        (stopped, DeviceState.ERROR, both),
        ("offline" in bits, DeviceState.OFFLINE, both),
        (down, DeviceState.ERROR, both),
        (printer == _WARMUP, DeviceState.WARMUP, "hrPrinterStatus"),
        # Printers say "idle" while they sleep; the panel tells.
        (hint is DeviceState.SLEEP, DeviceState.SLEEP, _HINT),
        (printer == _IDLE, DeviceState.IDLE, "hrPrinterStatus"),
        # RFC 3805's table of combinations: "running" and "other" is standby.
        (
            printer == _OTHER and device == _RUNNING,
            DeviceState.SLEEP,
            "hrPrinterStatus other while hrDeviceStatus running",
        ),
        (hint is not None, hint or DeviceState.UNKNOWN, _HINT),
        # Not idle: the same table has "running" for printing, warming up and standby, too.
        (
            printer is None and device == _RUNNING,
            DeviceState.UNKNOWN,
            "hrDeviceStatus running alone: ready, printing, warming up or asleep",
        ),
    )
    decided = ((state, rule) for holds, state, rule in rows if holds)
    return next(decided, (DeviceState.UNKNOWN, "no status told"))


def _conditions_origin(snapshot: Snapshot, errors: Oid, alerts: AlertFacts) -> Provenance:
    from_bits = origin(snapshot, (errors,), "hrPrinterDetectedErrorState")
    from_alerts = tuple(o.provenance for o in alerts.conditions)
    if not from_alerts:
        return from_bits
    return _joined((from_bits, *from_alerts), "hrPrinterDetectedErrorState and prtAlertTable")


def _joined(parts: tuple[Provenance, ...], rule: str) -> Provenance:
    return Provenance(
        source=parts[0].source,
        refs=tuple(ref for part in parts for ref in part.refs),
        raw=tuple(raw for part in parts for raw in part.raw),
        rule=rule,
        confidence=parts[0].confidence,
    )
