"""A printer of which everything is known, to try a condition on before there is any printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from typing import Any, Final

from core.model.identity import Identity
from core.telemetry.profile import METER_KEYS

_LEVEL: Final[dict[str, Any]] = {
    "index": "1.1", "kind": "toner", "color": "black", "level_percent": 50.0,
}  # fmt: skip
_SUPPLY: Final = _LEVEL | {
    "description": "text", "state": "ok", "part": "text", "serial": "text", "remaining_pages": 900,
}  # fmt: skip
_TRAY: Final[dict[str, Any]] = {
    "index": "1.1", "name": "text", "description": "text", "media": "text", "level": 250,
    "capacity": 500, "level_percent": 50.0, "state": "ok", "conditions": [],
}  # fmt: skip
_ALERT: Final[dict[str, Any]] = {
    "index": "1.1", "severity": "warning", "code": 8, "description": "text", "group": 8,
    "location": 1,
}  # fmt: skip

#: What a condition sees, with a value of its type for everything (``core.telemetry.rules.fields``).
SAMPLE: Final[Mapping[str, Any]] = {
    "device": {
        "key": "text", "address": "192.0.2.1", "port": 161, "segment": "text", "hops": 1,
        "managed": True, "first_seen": "2026-01-01T00:00:00Z", "last_seen": "2026-01-01T00:00:00Z",
    },
    "identity": {field.name: "text" for field in fields_of(Identity)},
    "meters": dict.fromkeys(METER_KEYS, 1000),
    "engine_life": {"value": 1000, "unit": "impressions"},
    "supplies": [_SUPPLY],
    "levels": [_SUPPLY],
    "trays": [_TRAY],
    "status": {"state": "idle", "conditions": [], "display": []},
    "alerts": [_ALERT],
    "notes": [{"code": "text", "text": "text"}],
    "taken_at": "2026-01-01T00:00:00Z",
    "previous": {
        "taken_at": "2026-01-01T00:00:00Z", "state": "idle",
        "meters": dict.fromkeys(METER_KEYS, 900), "levels": [_LEVEL],
    },
}  # fmt: skip


def names_within(root: str) -> frozenset[str]:
    """Give the fields of a name at the beginning of a path; none where it has none."""
    held = SAMPLE.get(root, [_LEVEL] if root == "previous.levels" else None)
    row = held[0] if isinstance(held, list) else held
    return frozenset(row) if isinstance(row, dict) else frozenset()
