"""The fields that an own condition is about: what docs/alerts.md lists, and nothing else.

What is not known is absent, so that a condition on it can tell neither yes nor no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.model.device import Device
from core.model.jsonio import to_builtins
from core.model.reading import Reading
from core.telemetry.rules.memory import DeviceMemory

_MOST_ROWS = 64
_LONGEST = 200

#: The names that stand at the beginning of a path.
NAMES = frozenset(
    {
        "device", "identity", "meters", "supplies", "levels", "trays", "status", "alerts",
        "engine_life", "notes", "taken_at", "previous",
    }
)  # fmt: skip


def fields(device: Device, reading: Reading, before: DeviceMemory) -> dict[str, Any]:
    """Give the fields of a device's reading, and of the one before it."""
    supplies = _rows(reading.supplies)
    return {
        "device": _known(
            {
                "key": device.key,
                "address": device.endpoint.address,
                "port": device.endpoint.port,
                "segment": device.segment,
                "hops": device.hops,
                "managed": device.managed,
                "first_seen": device.first_seen,
                "last_seen": device.last_seen,
            }
        ),
        "identity": _known(to_builtins(reading.identity)),
        "meters": dict(reading.meters),
        "supplies": supplies,
        "levels": [row for row in supplies if "level_percent" in row],
        "trays": _rows(reading.trays),
        "status": _known(to_builtins(reading.status)),
        "alerts": _rows(reading.alerts),
        "engine_life": _known(to_builtins(reading.engine_life) or {}),
        "notes": _rows(reading.notes),
        "taken_at": reading.taken_at,
        "previous": _previous(before),
    }


def _previous(before: DeviceMemory) -> dict[str, Any]:
    rows = list(before.supplies.items())[:_MOST_ROWS]
    return _known(
        {
            "taken_at": before.read_at,
            "state": before.state,
            "meters": {key: meter.value for key, meter in before.meters.items()},
            "levels": [
                _known({"index": i, "kind": s.kind, "color": s.color, "level_percent": s.level})
                for i, s in rows
                if s.level is not None
            ],
        }
    )


def _rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [_known(to_builtins(row)) for row in list(rows)[:_MOST_ROWS]]


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _short(value) for key, value in values.items() if value is not None}


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, list | tuple):
        return [_short(item) for item in value[:_MOST_ROWS]]
    return value
