"""Tables of alerts and rules for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from app.commands.tables import add_row, new_table
from core.model.jsonio import to_json
from core.model.occurrence import Occurrence
from core.model.rule import Rule


def alerts(rows: Sequence[Occurrence]) -> Table:
    """Make the table of ``platen alerts``."""
    table = new_table("Alert", "Raised", "Severity", "Device", "What", "Rule", "State")
    for row in rows:
        add_row(
            table,
            row.key,
            row.raised_at,
            row.weight.value,
            row.device,
            row.text,
            row.rule,
            _state_of(row),
        )
    return table


def _state_of(row: Occurrence) -> str:
    if row.skipped:
        return "skipped"
    if row.cleared_at is not None:
        return f"resolved {row.cleared_at}"
    return "acknowledged" if row.acknowledged_at is not None else "open"


def rules(rows: Sequence[Rule]) -> Table:
    """Make the table of ``platen rules list``."""
    table = new_table("Rule", "Name", "Severity", "When", "State")
    for row in rows:
        whose = ("changed" if row.changed else "built in") if row.builtin else "own"
        state = whose if row.enabled else f"{whose}, off"
        add_row(table, row.id, row.name, row.weight.value, to_json(row.when), state)
    return table
