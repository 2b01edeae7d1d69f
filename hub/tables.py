"""The hub's lists, for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.table import Table

AGENT_KEYS = (
    "id", "customer", "hostname", "version", "enrolled_at", "last_seen", "waiting", "revoked_at",
)  # fmt: skip
_UNKNOWN = "not known"


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _text(value: Any) -> str:
    return _UNKNOWN if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def agents(rows: Sequence[dict[str, Any]]) -> Table:
    """Make the table of agents."""
    table = _table("Customer", "Machine", "Agent", "Version", "Last seen", "State")
    for row in rows:
        state = "revoked" if row["revoked_at"] else "enrolled"
        seen = row["last_seen"] or "never"
        table.add_row(row["customer"], row["hostname"], row["id"], row["version"], seen, state)
    return table


def device_row(agent: str, body: str) -> dict[str, Any]:
    """Give one device as JSON shows it: its agent, what it is, its latest reading."""
    data = json.loads(body)
    return {"agent": agent, "device": data["device"], "reading": data["reading"]}


def devices(rows: Iterable[dict[str, Any]]) -> Table:
    """Make the table of devices."""
    table = _table("Agent", "Printer", "Serial", "Address", "Total", "State", "Read")
    for row in rows:
        identity, reading = row["reading"]["identity"], row["reading"]
        table.add_row(
            row["agent"][:8],
            " ".join(filter(None, (identity["vendor"], identity["model"]))) or _UNKNOWN,
            _text(identity["serial"]),
            reading["address"],
            _text(reading["meters"].get("total")),
            reading["status"]["state"],
            reading["taken_at"],
        )
    return table


def reading_row(row: Any) -> dict[str, Any]:
    """Give one stored reading as JSON shows it."""
    return {
        "agent": row.agent_id,
        "device": row.device_key,
        "key": row.key,
        "received_at": row.received_at,
        "reading": json.loads(row.body)["reading"],
    }


def readings(rows: Iterable[dict[str, Any]]) -> Table:
    """Make the table of readings."""
    table = _table("Taken", "Agent", "Printer", "Serial", "Total", "Supplies", "State")
    for row in rows:
        reading = row["reading"]
        identity = reading["identity"]
        levels = [s["level_percent"] for s in reading["supplies"]]
        table.add_row(
            reading["taken_at"],
            row["agent"][:8],
            identity["model"] or _UNKNOWN,
            _text(identity["serial"]),
            _text(reading["meters"].get("total")),
            " ".join("?" if level is None else f"{level:.0f}%" for level in levels),
            reading["status"]["state"],
        )
    return table
