"""Alerts at the hub: one row an alert, however often and in whatever order it is delivered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.model.jsonio import to_json
from core.model.occurrence import DeliveredOccurrence, Occurrence
from core.model.rule import Weight
from hub import tables
from hub.database import open_database
from hub.items import Item
from hub.store import HubStore
from tests.support.hub_data import NOW, filled, wire
from tests.support.judged import DEVICE

AGENT = "agent-1"


def alert(item_key: str, **changes: Any) -> Item:
    values = {"key": "o1", "device": "d1", "raised_at": "2026-01-01T00:00:00Z"} | changes
    made = Occurrence(
        rule="toner-low",
        kind="supply_low",
        name="Toner is low",
        weight=Weight.WARNING,
        subject="supplies[1.1]",
        text="Black toner is at 8 %.",
        lasting=True,
        **values,
    )
    return Item(item_key, "occurrence", "d1", to_json(DeliveredOccurrence(DEVICE, made)))


@pytest.fixture
def store(tmp_path: Path):
    assert filled(tmp_path) == AGENT
    made = HubStore(open_database(tmp_path))
    yield made
    made.close()


def test_an_alert_is_one_row_and_over_when_it_is_over(store: HubStore) -> None:
    over = alert("k2", cleared_at="2026-01-02T00:00:00Z")
    for batch in ([alert("k1")], [alert("k1"), wire(5, "d1")], [over], [over], [alert("k1")]):
        assert not store.take(AGENT, batch, NOW).refused
        assert len(list(store.alerts(only_open=False))) == 1
    assert list(store.alerts(only_open=True)) == []
    (line,) = tables.alert_lines(store.alerts(only_open=False))
    said = json.loads(line)
    assert said["alert"]["cleared_at"] == "2026-01-02T00:00:00Z"
    assert said["device"]["key"] == "d1"
    assert tables.alerts(store.alerts(only_open=False)).row_count == 1


def test_an_alert_needs_no_reading_and_blocks_none(store: HubStore) -> None:
    bad = Item("k0", "occurrence", "d1", "{}")
    unknown = Item("k9", "nonsense", "d1", "{}")
    taken = store.take(AGENT, [bad, unknown, alert("k1", key="o2"), wire(5, "d1")], NOW)
    assert taken.stored == ("k1", "k5")
    assert [refused.key for refused in taken.refused] == ["k0", "k9"]
    assert len(list(store.alerts(only_open=True))) == 1
