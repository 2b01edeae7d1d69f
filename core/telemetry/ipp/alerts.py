"""printer-alert and printer-alert-description (PWG 5100.9) as alerts, states and hints.

They are the rows of prtAlertTable as text. Some printers keep a history of events in them: a row
that its printer ranks "other" and that has no code of the standard is no alert.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.ipp.attributes import Attributes
from core.model.reading import Alert, Severity
from core.telemetry.alerts import AlertFacts, AlertRow, facts_of
from core.telemetry.identity_text import said
from core.telemetry.ipp.keywords import ALERT_CODES, ALERT_GROUPS, ALERT_SEVERITIES, code_of
from core.telemetry.ipp.observe import MOST_ROWS, key, number, row_origin
from core.telemetry.words import state_in

ALERT: Final = "printer-alert"
TEXT: Final = "printer-alert-description"
_SEVERITIES: Final = {3: Severity.CRITICAL, 4: Severity.WARNING, 5: Severity.WARNING}
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def alerts_of(attributes: Attributes) -> AlertFacts:
    """Read the alerts, equal ones once. A state is taken from them only where they tell one."""
    rows: dict[Alert, AlertRow] = {}
    for row in _rows(attributes):
        rows.setdefault(replace(row.alert, index=""), row)
    facts = facts_of(list(rows.values()))
    states = {row.state for row in rows.values() if row.state is not None}
    return facts if len(states) <= 1 else replace(facts, state=None)


def _rows(attributes: Attributes) -> Iterator[AlertRow]:
    records, texts = attributes.records(ALERT), attributes.texts(TEXT)
    # Descriptions stand beside their alerts (PWG 5100.9); where their number differs, nobody
    # knows which belongs to which.
    paired = not records or not texts or len(records) == len(texts)
    for at in range(min(max(len(records), len(texts)), MOST_ROWS)):
        fields = records[at] if at < len(records) else {}
        text = said(texts[at]) if paired and at < len(texts) else None
        row = _row(attributes, at, fields, text)
        if row.state is not None or not _is_a_note(fields, row.alert):
            yield row


def _row(attributes: Attributes, at: int, fields: dict[str, str], text: str | None) -> AlertRow:
    code = code_of(fields.get("code"), ALERT_CODES)
    group = code_of(fields.get("group"), ALERT_GROUPS)
    location = number(fields.get("location"))
    severity = code_of(fields.get("severity"), ALERT_SEVERITIES)
    alert = Alert(
        index=key(at),
        severity=_SEVERITIES.get(severity or 0, Severity.OTHER),
        # other(1) and unknown(2) are no codes.
        code=code if code is not None and code > 2 else None,
        description=text,
        group=group if group is not None and group > 2 else None,
        location=location if location is not None and location >= 0 else None,
    )
    return AlertRow(
        alert=alert,
        group_index=number(fields.get("groupindex")),
        state=state_in(_HUMP.sub(" ", text)) if text else None,
        origin=row_origin(attributes, (ALERT, TEXT), at, ALERT),
    )


def _is_a_note(fields: dict[str, str], alert: Alert) -> bool:
    ranked = "severity" in fields and alert.severity is Severity.OTHER
    return ranked and alert.code is None
