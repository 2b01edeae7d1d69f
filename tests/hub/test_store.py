"""The hub's store by itself: codes, agents, batches, pages."""

from __future__ import annotations

import datetime as dt
import json
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from core.model.problem import BadInputError, PlatenError
from hub import schema
from hub.codes import Applicant
from hub.database import open_database
from hub.items import Item
from hub.store import HubStore
from tests.support.outbox import item

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HubStore]:
    made = HubStore(open_database(tmp_path))
    yield made
    made.close()


def applicant(installation: str = "i", serial: str = "s", new_id: str = "") -> Applicant:
    return Applicant(installation, "pc\x1b[2J", "0.1.0", serial, new_id or f"{installation}-id")


def enrolled(store: HubStore, customer: str = "C", who: Applicant | None = None) -> str:
    who = who or applicant()
    store.add_code(f"hash of {who}", customer, NOW, HOUR)
    assert store.enrol(f"hash of {who}", who, NOW) == customer
    return store.agent_of(who.installation, who.certificate_serial)


def wire(*numbers: int, device: str = "d1", **changes: str) -> list[Item]:
    made = (item(number, device) for number in numbers)
    return [Item(**({"key": i.key, "kind": i.kind, "device": device, "body": i.body} | changes))
            for i in made]  # fmt: skip


def refusal(store: HubStore, secret: str, at: dt.datetime = NOW) -> str:
    with pytest.raises(PlatenError) as caught:
        store.enrol(secret, applicant("x", "x"), at)
    return caught.value.problem.code


def test_a_code_has_an_end_to_the_second(store: HubStore) -> None:
    store.add_code("h", "C", NOW, HOUR)
    assert refusal(store, "h", NOW + HOUR) == "code_expired"
    assert store.enrol("h", applicant(), NOW + HOUR - dt.timedelta(seconds=1)) == "C"
    assert refusal(store, "h") == "code_used"
    assert refusal(store, "h", NOW + 2 * HOUR) == "code_used"
    assert refusal(store, "other") == "code_unknown"


def test_one_code_and_many_threads(store: HubStore) -> None:
    store.add_code("h", "C", NOW, HOUR)
    ends: list[str] = []

    def try_it(number: int) -> None:
        try:
            ends.append(store.enrol("h", applicant(f"i{number}", f"s{number}"), NOW))
        except PlatenError as error:
            ends.append(error.problem.code)

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["C"] + ["code_used"] * 7
    assert len(store.agents()) == 1


def test_what_agents_call_themselves_is_made_plain(store: HubStore) -> None:
    enrolled(store)
    (row,) = store.agents()
    assert row["hostname"] == "pc?[2J"


def test_an_agent_is_who_its_certificate_says(store: HubStore) -> None:
    agent = enrolled(store)
    assert agent == "i-id"
    for installation, serial, code in (
        ("i", "other", "agent_replaced"),
        ("other", "s", "agent_unknown"),
        ("", "", "agent_unknown"),
    ):
        with pytest.raises(PlatenError) as caught:
            store.agent_of(installation, serial)
        assert caught.value.problem.code == code
    store.revoke(agent, NOW)
    store.revoke(agent, NOW + HOUR)
    assert store.agents()[0]["revoked_at"].startswith("2026-03-01T12:00")
    with pytest.raises(PlatenError) as caught:
        store.agent_of("i", "s")
    assert caught.value.problem.code == "agent_revoked"
    with pytest.raises(BadInputError):
        store.revoke("nobody", NOW)


def test_a_revoked_agent_may_enrol_again_and_is_the_same(store: HubStore) -> None:
    agent = enrolled(store)
    store.revoke(agent, NOW)
    assert enrolled(store, "C", applicant("i", "s2", "another id")) == agent


def test_a_batch_is_stored_once(store: HubStore) -> None:
    agent = enrolled(store)
    for _ in range(3):
        taken = store.take(agent, wire(1, 2, 2, 3), NOW)
        assert taken.stored == ("k1", "k2", "k2", "k3")
    assert [row.key for row in store.readings(agent, None)] == ["k1", "k2", "k3"]
    assert store.agents()[0]["last_seen"].startswith("2026-03-01T12")


def total(store: HubStore) -> int:
    (row,) = store.devices()
    return int(json.loads(row.body)["reading"]["meters"]["total"])


def test_a_device_shows_its_latest_reading(store: HubStore) -> None:
    agent = enrolled(store)
    store.take(agent, wire(5), NOW)
    store.take(agent, wire(3), NOW)
    assert total(store) == 105
    store.take(agent, wire(6), NOW)
    assert total(store) == 106


def test_a_clock_that_ran_ahead_does_not_hold_a_device_for_ever(store: HubStore) -> None:
    agent = enrolled(store)
    ahead = wire(1, key="ahead")[0]
    ahead = Item("ahead", ahead.kind, ahead.device, ahead.body.replace("2026-01", "2099-01"))
    store.take(agent, [ahead], NOW)
    store.take(agent, wire(5), NOW)
    assert total(store) == 105


def test_a_batch_that_cannot_be_stored_leaves_nothing_behind(store: HubStore) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.take("no such agent", wire(1), NOW)
    assert list(store.readings(None, None)) == []
    assert list(store.devices()) == []


def test_lists_are_whole_and_in_order_across_pages(store: HubStore) -> None:
    agents = [enrolled(store, f"C{n}", applicant(f"i{n}", f"s{n}")) for n in range(3)]
    for agent in agents:
        names = ("a", "b", *(f"d{n:03}" for n in range(148)))
        batch = [row for name in names for row in wire(1, device=name, key=f"{name}-key")]
        store.take(agent, batch, NOW)
    devices = [(row.agent_id, row.key) for row in store.devices()]
    assert devices == sorted(devices)
    assert len(devices) == len(set(devices)) == 450
    ids = [row.id for row in store.readings(None, None)]
    assert ids == sorted(ids)
    assert len(ids) == 450
    assert {row.agent_id for row in store.readings(None, "b")} == set(agents)
    assert len(list(store.readings(agents[0], "b"))) == 1
    assert list(store.readings("nobody", None)) == []


def test_a_long_list_is_never_in_memory_as_a_whole(store: HubStore) -> None:
    agent, count = enrolled(store), 30_000
    store.take(agent, wire(0), NOW)
    body = item(1).body
    rows = [
        {"agent_id": agent, "key": f"n{n}", "device_key": "d1", "taken_at": "t", "received_at": "r",
         "body": body}
        for n in range(count)
    ]  # fmt: skip
    with store._engine.begin() as db:
        db.execute(insert(schema.reading), rows)
    del rows
    listed = store.readings(None, None)
    for _ in range(1000):  # whatever is cached is cached now
        next(listed)
    tracemalloc.start()
    try:
        left = sum(1 for _ in listed)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left == count + 1 - 1000
    assert peak < 4_000_000, "a page is 200 rows"
