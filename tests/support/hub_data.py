"""A hub's database with something in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hub.codes import Applicant
from hub.database import open_database
from hub.items import Item
from hub.store import HubStore
from tests.support.outbox import item

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def wire(number: int, device: str, body: str = "") -> Item:
    """Make an item as the hub gets it."""
    made = item(number, device)
    return Item(made.key, made.kind, made.device, body or made.body)


def filled(folder: Path, *more: Item, hostname: str = "pc-7") -> str:
    """Enrol one agent, of "Customer", with three readings of two devices; gives its id."""
    store = HubStore(open_database(folder))
    store.add_code("h", "Customer", NOW, dt.timedelta(hours=1))
    who = Applicant("8c5f6b9e-0000-4000-8000-000000000001", hostname, "0.1.0", "s", "agent-1")
    store.enrol("h", who, NOW)
    store.take("agent-1", [wire(0, "d0"), wire(1, "d1"), wire(2, "d0"), *more], NOW)
    store.close()
    return "agent-1"
