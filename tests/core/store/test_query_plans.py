"""Lists stay quick with many rows: no query of a face or a visit reads a whole table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from core.model.identity import Endpoint, Identity
from core.model.occurrence import Cleared, Judged, Occurrence, Seen
from core.model.rule import Weight
from core.store import bodies, devices, occurrences, outbox, readings
from core.store.history import doubtful
from core.store.history import read as history
from core.store.history.compact import Plan, step
from core.store.identify import Visit, identify
from core.store.migrate import migrations, upgrade
from core.store.occurrences import Keeping
from core.store.types import Page
from tests.support.stored import at

VISIT = Visit(
    Identity(vendor="HP", serial="S", mac="m", uuid="u"), Endpoint("10.0.0.1"), None, at()
)


def judged(_: Seen) -> Judged:
    raised = Occurrence("r", "k", "n", Weight.INFO, "s", "text", at(), lasting=True)
    return Judged("{}", raised=(raised,), cleared=(Cleared("r", "s", at()),))


KEEPING = Keeping(judged, lambda: str(uuid4()), at())


def alerts(
    db: sqlite3.Connection,
    *,
    device: str | None = None,
    since: str | None = None,
    only_open: bool = False,
) -> Page[Occurrence]:
    return occurrences.page(
        db, device=device, since=since, only_open=only_open, before="9", limit=10
    )


PLAN = Plan(99, 9, lambda at: at, lambda at: at)

QUERIES: dict[str, Callable[[sqlite3.Connection], Any]] = {
    "a page of devices": lambda db: devices.page(db, "a", 10),
    "a device": lambda db: devices.by_key(db, "key"),
    "a history": lambda db: readings.page(db, "key", at(5), 10),
    "the outbox": lambda db: outbox.waiting(db, 10, 10),
    "an acknowledgement": lambda db: outbox.acknowledge(db, ["a"]),
    "a refusal": lambda db: outbox.refuse(db, "a", "b"),
    "all alerts": alerts,
    "open alerts": lambda db: alerts(db, only_open=True),
    "a device's alerts": lambda db: alerts(db, device="key"),
    "a device's open alerts": lambda db: alerts(db, device="key", only_open=True),
    "alerts since a time": lambda db: alerts(db, since=at()),
    "alerts of long ago": lambda db: occurrences.forget_before(db, at(), 10),
    "a judgement": lambda db: occurrences.judge(db, 1, "seen", KEEPING),
    "a value's past": lambda db: history.read(db, "key", "meters.total", 0, 9),
    "the values with a past": lambda db: history.paths(db, "key"),
    "old bodies": lambda db: bodies.drop_old(db, 1),
    "old history": lambda db: step(db, PLAN, lambda: 0.0),
    "what the clock said": lambda db: doubtful.keep(db, 1, 0, 0, []),
    "a visit": lambda db: identify(db, VISIT, lambda: "another"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_only_what_is_asked_for_is_read(name: str) -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    upgrade(db, migrations())
    identify(db, VISIT, lambda: "key")
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    QUERIES[name](db)
    db.set_trace_callback(None)
    assert asked
    for statement in asked:
        for part in db.execute(f"EXPLAIN QUERY PLAN {statement}"):
            plan = part["detail"]
            whole = plan.startswith("SCAN") and "json_each" not in plan and "INDEX" not in plan
            assert not whole, f"{plan}: {statement}"
    db.close()
