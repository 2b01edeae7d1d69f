"""prtAlertTable (RFC 3805 section 2.2.13) as alerts, states and hints about supplies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.model.provenance import Observation, Provenance
from core.model.reading import Alert, DeviceState, LevelState, Severity
from core.snmp.types import Oid
from core.telemetry import oids
from core.telemetry.alert_codes import (
    GROUP_SUPPLIES,
    STATE_CODES,
    SUPPLY_STATES,
    condition_of,
    state_of,
)
from core.telemetry.bounds import MOST_ALERTS
from core.telemetry.observe import origin
from core.telemetry.snapshot import Listed, Snapshot
from core.telemetry.text import text_of
from core.telemetry.words import state_in

_COLUMNS: Final = (
    oids.PRT_ALERT_SEVERITY,
    oids.PRT_ALERT_GROUP,
    oids.PRT_ALERT_GROUP_INDEX,
    oids.PRT_ALERT_LOCATION,
    oids.PRT_ALERT_CODE,
    oids.PRT_ALERT_DESCRIPTION,
)
#: The rows that are read.
ALERTS: Final = Listed(_COLUMNS, MOST_ALERTS)
# prtAlertSeverityLevel: other(1), critical(3), warning(4), warningBinaryChangeEvent(5).
_SEVERITIES: Final = {3: Severity.CRITICAL, 4: Severity.WARNING, 5: Severity.WARNING}


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What the alert table says.

    ``conditions`` are snake_case names with where each is from; ``state`` is a state that a row
    tells ("Sleep"); ``supplies`` are levels that alerts tell of supplies, by the last part of their
    row index.
    """

    alerts: tuple[Observation[Alert], ...] = ()
    conditions: tuple[Observation[str], ...] = ()
    state: Observation[DeviceState] | None = None
    supplies: dict[int, Observation[LevelState]] | None = None

    def supply(self, row: int) -> Observation[LevelState] | None:
        """Give what an alert says of the supply in this row."""
        return (self.supplies or {}).get(row)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One row, whoever told it: ``group_index`` is the row of the part that it is about, ``state``
    the state that it tells instead of an alert.
    """

    alert: Alert
    group_index: int | None
    state: DeviceState | None
    origin: Provenance


def alerts_of(snapshot: Snapshot, device: int, charset: int | None = None) -> AlertFacts:
    """Read the alerts of one printer, in the order of their index.

    A row that tells a state ("Ready", powerUp) is no alert; neither is one that says nothing: no
    code, no text and no severity.
    """
    return facts_of([_row(snapshot, i, charset) for i in ALERTS.rows(snapshot, device)])


def facts_of(rows: Sequence[AlertRow]) -> AlertFacts:
    """Tell alerts from states, and take from the alerts what they say of the printer's parts."""
    told = [row for row in rows if not _is_state(row) and _says_something(row.alert)]
    conditions: dict[str, Observation[str]] = {}
    supplies: dict[int, Observation[LevelState]] = {}
    for row in told:
        name = condition_of(row.alert.code, row.alert.group)
        if name is not None:
            conditions.setdefault(name, Observation(name, row.origin))
        _hint(row, supplies)
    states = [Observation(row.state, row.origin) for row in rows if row.state is not None]
    return AlertFacts(
        alerts=tuple(Observation(row.alert, row.origin) for row in told),
        conditions=tuple(conditions.values()),
        state=states[0] if states else None,
        supplies=supplies,
    )


def _row(snapshot: Snapshot, index: Oid, charset: int | None) -> AlertRow:
    def number(column: Oid) -> int | None:
        return snapshot.number((*column, *index))

    code, group = number(oids.PRT_ALERT_CODE), number(oids.PRT_ALERT_GROUP)
    location = number(oids.PRT_ALERT_LOCATION)
    text = text_of(snapshot.value((*oids.PRT_ALERT_DESCRIPTION, *index)), charset)
    alert = Alert(
        index=".".join(map(str, index)),
        severity=_SEVERITIES.get(number(oids.PRT_ALERT_SEVERITY) or 0, Severity.OTHER),
        code=code if code is not None and code > 0 else None,
        description=text,
        group=group if group is not None and group > 0 else None,
        location=location if location is not None and location >= 0 else None,
    )
    places = tuple((*column, *index) for column in _COLUMNS)
    return AlertRow(
        alert=alert,
        group_index=number(oids.PRT_ALERT_GROUP_INDEX),
        state=state_in(text) or state_of(code, group),
        origin=origin(snapshot, places, "prtAlertTable"),
    )


def _is_state(row: AlertRow) -> bool:
    return row.state is not None or row.alert.code in STATE_CODES


def _says_something(alert: Alert) -> bool:
    return bool(alert.code or alert.description or alert.severity is not Severity.OTHER)


def _hint(row: AlertRow, supplies: dict[int, Observation[LevelState]]) -> None:
    code, index = row.alert.code, row.group_index
    if row.alert.group != GROUP_SUPPLIES or code is None or index is None:
        return
    state = SUPPLY_STATES.get(code)
    if state is None:
        return
    known = supplies.get(index)
    if known is None or known.value is LevelState.LOW:
        supplies[index] = Observation(state, row.origin)
