"""One state and the conditions: printer-state, printer-state-reasons, what alerts add.

printer-state (RFC 8011 section 5.4.11): idle(3), processing(4), stopped(5).
"""

from __future__ import annotations

from typing import Final

from core.ipp.attributes import Attributes
from core.model.provenance import Confidence, Observation, Provenance, Source
from core.model.reading import DeviceState, Status
from core.telemetry.alerts import AlertFacts
from core.telemetry.ipp.observe import origin
from core.telemetry.ipp.reasons import Reasons, reasons_of
from core.telemetry.status import StatusFacts

STATE: Final = "printer-state"
REASONS: Final = "printer-state-reasons"
ACCEPTS: Final = "printer-is-accepting-jobs"
_BOTH: Final = f"{STATE} and {REASONS}"
_IDLE, _PROCESSING, _STOPPED = 3, 4, 5
# A machine with one of these does not print, whatever else it says of itself.
_STOPPING: Final = frozenset({"door_open", "jammed"})


def status_of(attributes: Attributes, alerts: AlertFacts) -> StatusFacts:
    """Read the status; there is no panel text: printer-state-message may name a job."""
    reasons = reasons_of(attributes.texts(REASONS))
    own = list(reasons.conditions)
    if attributes.flag(ACCEPTS) is False:
        own.append("not_accepting_jobs")
    told = alerts.conditions
    conditions = tuple(dict.fromkeys((*own, *(o.value for o in told))))
    state, rule = _state(attributes.number(STATE), reasons, conditions, alerts.state)
    found = {"state": origin(attributes, (STATE, REASONS), rule)}
    if alerts.state is not None and rule == _ALERT:
        found["state"] = alerts.state.provenance
    if conditions:
        first = origin(attributes, (REASONS, ACCEPTS), REASONS)
        found["conditions"] = _joined(first, tuple(o.provenance for o in told))
    return StatusFacts(Status(state, conditions), found)


_ALERT: Final = "printer-alert-description"


def _state(
    number: int | None,
    reasons: Reasons,
    conditions: tuple[str, ...],
    hint: Observation[DeviceState] | None,
) -> tuple[DeviceState, str]:
    """Decide on the one state, and name what decided: the first row that holds."""
    slept = hint is not None and hint.value is DeviceState.SLEEP
    away = reasons.state is DeviceState.OFFLINE
    rows = (
        (number == _PROCESSING, DeviceState.PRINTING, STATE),
        (bool(_STOPPING & set(conditions)), DeviceState.ERROR, _BOTH),
        (away, DeviceState.OFFLINE, _BOTH),
        # Stopped and nothing wrong: somebody has paused it.
        (number == _STOPPED and "paused" in conditions and not reasons.faults,
         DeviceState.OFFLINE, _BOTH),
        (number == _STOPPED, DeviceState.ERROR, _BOTH),
        (reasons.state is not None, reasons.state or DeviceState.UNKNOWN, _BOTH),
        # Printers say "idle" while they sleep; the alert tells.
        (slept, DeviceState.SLEEP, _ALERT),
        (number == _IDLE, DeviceState.IDLE, STATE),
        (hint is not None, hint.value if hint else DeviceState.UNKNOWN, _ALERT),
    )  # fmt: skip
    decided = ((state, rule) for holds, state, rule in rows if holds)
    return next(decided, (DeviceState.UNKNOWN, "no status told"))


def _joined(first: Provenance, others: tuple[Provenance, ...]) -> Provenance:
    if not others:
        return first
    refs = first.refs + tuple(ref for one in others for ref in one.refs)
    raw = first.raw + tuple(text for one in others for text in one.raw)
    return Provenance(Source.IPP, refs, raw, f"{REASONS} and printer-alert", Confidence.STANDARD)
