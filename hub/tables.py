"""The hub's lists, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from rich import box
from rich.table import Table
from rich.text import Text

from core.model.jsonio import from_json
from core.model.occurrence import DeliveredOccurrence
from core.model.outbox import DeliveredReading
from core.model.plain import plain

AGENT_KEYS = (
    "id", "installation", "customer", "hostname", "version", "enrolled_at", "last_seen", "waiting",
    "revoked_at", "away",
)  # fmt: skip
_UNKNOWN = "not known"


class _Body(msgspec.Struct):
    """The two halves of a stored body, word for word: what this hub does not know stays in it."""

    device: msgspec.Raw
    reading: msgspec.Raw


def agent_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Give each agent as a JSON object."""
    for row in rows:
        yield msgspec.json.encode({key: row[key] for key in AGENT_KEYS})


def device_lines(rows: Iterable[Any]) -> Iterator[bytes]:
    """Give each device as a JSON object: its agent, what it is, its latest reading."""
    for row in rows:
        body = msgspec.json.decode(row.body, type=_Body)
        yield msgspec.json.encode(
            {"agent": row.agent_id, "device": body.device, "reading": body.reading}
        )


def reading_lines(rows: Iterable[Any]) -> Iterator[bytes]:
    """Give each stored reading as a JSON object."""
    for row in rows:
        yield msgspec.json.encode(
            {
                "agent": row.agent_id,
                "device": row.device_key,
                "key": row.key,
                "received_at": row.received_at,
                "reading": msgspec.json.decode(row.body, type=_Body).reading,
            }
        )


class _AlertBody(msgspec.Struct):
    device: msgspec.Raw
    occurrence: msgspec.Raw


def alert_lines(rows: Iterable[Any]) -> Iterator[bytes]:
    """Give each alert as a JSON object: its agent, its device, what it says."""
    for row in rows:
        body = msgspec.json.decode(row.body, type=_AlertBody)
        yield msgspec.json.encode(
            {"agent": row.agent_id, "device": body.device, "alert": body.occurrence}
        )


def bundle_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Give each bundle as a JSON object, with its manifest."""
    keys = ("reference", "customer", "hostname", "received_at", "size", "sha256")
    for row in rows:
        told = {"agent": row["agent_id"], **{key: row[key] for key in keys}}
        yield msgspec.json.encode({**told, "manifest": msgspec.Raw(row["manifest"].encode())})


def bundles(rows: Iterable[dict[str, Any]]) -> Table:
    """Make the table of bundles."""
    table = _table("Reference", "Customer", "Machine", "Received", "Bytes", "Agent")
    for row in rows:
        _add(
            table,
            row["reference"],
            row["customer"],
            row["hostname"],
            row["received_at"],
            row["size"],
            row["agent_id"],
        )
    return table


def agents(rows: Sequence[dict[str, Any]]) -> Table:
    """Make the table of agents."""
    table = _table("Customer", "Machine", "Agent", "Version", "Last seen", "State", "Last away")
    for row in rows:
        state = "revoked" if row["revoked_at"] else "enrolled"
        seen = row["last_seen"] or "never"
        _add(
            table,
            row["customer"],
            row["hostname"],
            row["id"],
            row["version"],
            seen,
            state,
            row["away"] or "",
        )
    return table


def devices(rows: Iterable[Any]) -> Table:
    """Make the table of devices."""
    table = _table("Agent", "Printer", "Serial", "Address", "Total", "State", "Read")
    for row in rows:
        reading = from_json(row.body, DeliveredReading).reading
        identity = reading.identity
        _add(
            table,
            row.agent_id[:8],
            " ".join(filter(None, (identity.vendor, identity.model))) or None,
            identity.serial,
            reading.address,
            reading.meters.get("total"),
            reading.status.state.value,
            reading.taken_at,
        )
    return table


def readings(rows: Iterable[Any]) -> Table:
    """Make the table of readings."""
    table = _table("Taken", "Agent", "Printer", "Serial", "Total", "Supplies", "State")
    for row in rows:
        reading = from_json(row.body, DeliveredReading).reading
        levels = (supply.level_percent for supply in reading.supplies)
        _add(
            table,
            reading.taken_at,
            row.agent_id[:8],
            reading.identity.model,
            reading.identity.serial,
            reading.meters.get("total"),
            " ".join("?" if level is None else f"{level:.0f}%" for level in levels),
            reading.status.state.value,
        )
    return table


def alerts(rows: Iterable[Any]) -> Table:
    """Make the table of alerts."""
    table = _table("Raised", "Agent", "Printer", "Serial", "Severity", "Alert", "Resolved")
    for row in rows:
        told = from_json(row.body, DeliveredOccurrence)
        identity, alert = told.device.identity, told.occurrence
        _add(
            table,
            alert.raised_at,
            row.agent_id[:8],
            identity.model,
            identity.serial,
            alert.weight.value,
            alert.text,
            alert.cleared_at or alert.acknowledged_at or "",
        )
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _add(table: Table, *values: str | int | None) -> None:
    # As text, never as markup: what printers and agents call themselves is theirs to choose.
    table.add_row(*(Text(_cell(value)) for value in values))


def _cell(value: str | int | None) -> str:
    if value is None:
        return _UNKNOWN
    return f"{value:,}" if isinstance(value, int) else plain(value)
