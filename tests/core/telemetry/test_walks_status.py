"""Status, alerts, trays, parts and firmware of every recording, against what was worked out by
hand from its rows.
"""

from __future__ import annotations

from typing import Any

import pytest

from core.telemetry.reader import read_printers
from tests.support.expected import ENDPOINT, TAKEN_AT, by_name
from tests.support.recorded import walk

pytestmark = pytest.mark.walks


@by_name
async def test_what_stands_beside_meters_and_supplies(expected: dict[str, Any]) -> None:
    (reading,) = await read_printers(walk(expected["name"]), ENDPOINT, TAKEN_AT)
    status = reading.status
    assert [status.state, list(status.conditions), list(status.display)] == expected.get(
        "status", ["unknown", [], []]
    )
    assert reading.identity.firmware == expected.get("firmware")
    assert [
        [a.index, a.severity, a.code or "", a.description or ""] for a in reading.alerts
    ] == expected.get("alerts", [])
    assert {
        s.index: [s.part or "", s.serial or ""] for s in reading.supplies if s.part or s.serial
    } == expected.get("parts", {})


@by_name
async def test_trays(expected: dict[str, Any]) -> None:
    (reading,) = await read_printers(walk(expected["name"]), ENDPOINT, TAKEN_AT)
    found = [
        [
            tray.index,
            tray.name or tray.description or "",
            tray.media or "",
            *("" if n is None else n for n in (tray.level, tray.capacity, tray.level_percent)),
            tray.state,
            list(tray.conditions),
        ]
        for tray in reading.trays
    ]
    assert found == expected.get("trays", [])
