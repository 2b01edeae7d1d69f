from __future__ import annotations

import pytest

from core.model.identity import Endpoint
from core.model.jsonio import to_json
from core.model.outbox import LARGEST_BODY
from core.model.reading import Reading
from core.snmp.types import Tag, Value
from core.telemetry import oids
from core.telemetry.bounds import LONGEST, MOST_ALERTS, MOST_SUPPLIES, MOST_TRAYS
from core.telemetry.reader import interpret
from core.telemetry.snapshot import Snapshot

HERE = Endpoint("192.0.2.7")


def reading_of(rows: int, text: bytes) -> Reading:
    values = {(*oids.HR_DEVICE_TYPE, 1): Value(Tag.OBJECT_IDENTIFIER, oids.HR_TYPE_PRINTER)}
    texts = (
        oids.PRT_SUPPLY_DESCRIPTION,
        oids.PRT_INPUT_NAME,
        oids.PRT_INPUT_DESCRIPTION,
        oids.PRT_INPUT_MEDIA,
        oids.PRT_ALERT_DESCRIPTION,
        oids.PRT_CONSOLE_TEXT,
    )
    for row in range(1, rows + 1):
        for column in texts:
            values[(*column, 1, row)] = Value(Tag.OCTET_STRING, text)
        for column in (oids.PRT_SUPPLY_LEVEL, oids.PRT_SUPPLY_MAX, oids.PRT_INPUT_LEVEL):
            values[(*column, 1, row)] = Value(Tag.INTEGER, row)
        values[(*oids.PRT_ALERT_SEVERITY, 1, row)] = Value(Tag.INTEGER, 3)
    values[oids.SYS_LOCATION] = Value(Tag.OCTET_STRING, text)
    (reading,) = interpret(Snapshot(values), (), HERE, "2026-01-01T00:00:00Z")
    return reading


def test_a_few_rows_stay_as_they_are() -> None:
    reading = reading_of(8, "Toner ③".encode())
    assert (len(reading.supplies), len(reading.trays), len(reading.alerts)) == (8, 8, 8)
    assert not [note for note in reading.notes if note.code == "too_many_rows"]


def test_too_many_rows_are_counted_and_left_out() -> None:
    reading = reading_of(2_999, b"Toner")
    assert len(reading.supplies) == MOST_SUPPLIES
    assert len(reading.trays) == MOST_TRAYS
    assert len(reading.alerts) == MOST_ALERTS
    (note,) = [note for note in reading.notes if note.code == "too_many_rows"]
    assert "2799 supplies, 2899 trays, 2499 alerts were left out" in note.text
    kept = {supply.index for supply in reading.supplies}
    said = {p[9 : p.index("]")] for p in reading.provenance if p.startswith("supplies[")}
    assert said == kept


@pytest.mark.parametrize("text", [b"A" * 60_000, "請".encode() * 4_000, b"\x1b" * 60_000])
def test_the_largest_reading_can_be_delivered(text: bytes) -> None:
    reading = reading_of(2_999, text)
    assert len(to_json(reading).encode()) < LARGEST_BODY * 0.8
    assert all(len(supply.description or "") <= LONGEST for supply in reading.supplies)
    assert len(reading.identity.location or "") <= LONGEST
    assert len(reading.status.display) <= 50
