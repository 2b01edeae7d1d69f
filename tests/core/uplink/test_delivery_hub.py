"""Delivery to a real hub in a process of its own."""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import grpc
import pytest

from core.model.problem import PlatenError, Problem, ProblemKind
from core.pki.certificates import make_authority
from core.pki.pem import certificate_pem
from core.uplink.connection import Enrolment
from core.uplink.delivery import Deliverer, Surroundings
from core.uplink.line import Line
from hub.authority import load
from hub.service import MOST_ITEMS
from proto.platen.v1 import hub_pb2, hub_pb2_grpc
from tests.support.hub import Hub, now
from tests.support.odd_hub import NOW, agent_pair, server_pair
from tests.support.outbox import MemoryOutbox, item
from tests.support.stored import opened, reading


@asynccontextmanager
async def delivering(enrolment: Enrolment, outbox: Any) -> AsyncIterator[Deliverer]:
    around = Surroundings(now, Random(1))
    deliverer = Deliverer(outbox, enrolment, around, lambda _: None)
    try:
        yield deliverer
    finally:
        await deliverer.close()


async def deliver(enrolment: Enrolment, outbox: Any) -> int:
    async with delivering(enrolment, outbox) as deliverer:
        return (await deliverer.deliver_all()).delivered


async def call(enrolment: Enrolment, *items: Any, method: str = "Deliver") -> Any:
    """Say to the hub what no agent of ours would."""
    line = Line(enrolment, 10)
    wire = [hub_pb2.OutboxItem(key=i.key, kind=i.kind, device=i.device, body=i.body) for i in items]
    try:
        return await line.call(method, hub_pb2.DeliverRequest(items=wire))
    finally:
        await line.close()


async def failure(enrolment: Enrolment, *items: Any) -> Problem:
    with pytest.raises(PlatenError) as caught:
        await call(enrolment, *items)
    assert caught.value.problem.remedy
    return caught.value.problem


async def test_what_the_store_has_queued_arrives_once(hub: Hub, tmp_path: Path) -> None:
    enrolment = await hub.enrolled(tmp_path)
    async with opened(tmp_path) as store:
        keys = [
            (await store.save_reading(reading(f"10.0.0.{n}", serial=f"S{n}"))).key
            for n in range(30)
        ]
        assert await deliver(enrolment, store) == 30
        assert await store.waiting() == 0
        assert await deliver(enrolment, store) == 0
    assert hub.keys_of(enrolment) == keys


async def test_a_batch_that_comes_twice_is_stored_once(hub: Hub, tmp_path: Path) -> None:
    enrolment = await hub.enrolled(tmp_path)
    items = [item(number) for number in range(20)]
    first = await call(enrolment, *items)
    again = await call(enrolment, *items, item(20), item(20))
    assert list(first.stored) == [i.key for i in items]
    assert list(again.stored) == [*first.stored, "k20", "k20"]
    assert hub.keys_of(enrolment) == [f"k{number}" for number in range(21)]


BAD = [
    (item(1, body=""), "not a valid DeliveredReading"),
    (item(1, body="{"), "not a valid DeliveredReading"),
    (item(1, body="[" * 100_000), "not a valid DeliveredReading"),
    (item(1, body='{"device": {}, "reading": {}}'), "not a valid DeliveredReading"),
    (item(1, body=item(1).body.replace("2026-01-01T00:00:01Z", "soon")), "time of its reading"),
    (item(1, body=item(1).body.replace("2026", "0000")), "time of its reading"),
    (item(1, kind="tea"), 'items of kind "tea"'),
    (item(1, kind="\x1b[2J"), 'items of kind "?[2J"'),
    (item(1, key=""), "key of the item"),
    (item(1, key="x" * 81), "key of the item"),
    (item(1, key="a\0b"), "key of the item"),
    (item(1, device=""), "key of the item"),
    (item(1, device="é"), "key of the item"),
    (item(1, body=item(1).body + " " * 2_000_000), "larger than 2,000,000"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD)
async def test_a_bad_item_is_refused_and_the_others_are_stored(
    hub: Hub, tmp_path: Path, bad: Any, reason: str
) -> None:
    enrolment = await hub.enrolled(tmp_path)
    answer = await call(enrolment, item(7), bad, item(8))
    assert list(answer.stored) == ["k7", "k8"]
    (refusal,) = answer.refused
    assert refusal.key == bad.key
    assert reason in refusal.reason
    assert refusal.reason.isprintable()
    assert hub.keys_of(enrolment) == ["k7", "k8"]


async def test_a_batch_that_is_too_large_is_named(hub: Hub, tmp_path: Path) -> None:
    enrolment = await hub.enrolled(tmp_path)
    few = await failure(enrolment, *(item(n) for n in range(MOST_ITEMS + 1)))
    assert few.code == "batch_too_large"
    much = dataclasses.replace(item(1), body="x" * 1_900_000)
    problem = await failure(enrolment, much, much, much)
    assert problem.code == "hub_message_limit"
    assert (await call(enrolment, item(1), much)).stored == ["k1"]


async def test_what_a_newer_agent_says_is_kept_word_for_word(hub: Hub, tmp_path: Path) -> None:
    enrolment = await hub.enrolled(tmp_path)
    body = item(1).body[:-1] + ',"future":{"a":1.10,"b":"\\u00e9"}}'
    body = body.replace('"reading":{', '"reading":{"scent":"lemon",')
    await call(enrolment, item(1, body=body))
    with hub.store() as store:
        (row,) = store.readings(hub.agents()[enrolment.installation], None)
    assert row.body == body


async def test_the_same_keys_of_two_customers_stay_apart(hub: Hub, tmp_path: Path) -> None:
    one = await hub.enrolled(tmp_path / "1", "Left")
    other = await hub.enrolled(tmp_path / "2", "Right")
    await call(one, item(1), item(2))
    mine = item(1, body=item(1).body.replace('"total":101', '"total":999'))
    await call(other, mine, item(3))
    assert hub.keys_of(one) == ["k1", "k2"]
    assert hub.keys_of(other) == ["k1", "k3"]
    ids = hub.agents()
    with hub.store() as store:
        rows = {
            (row.agent_id, row.key): json.loads(row.body)["reading"]["meters"]["total"]
            for row in store.devices()
        }
        newest = {row.agent_id: row.key for row in store.readings(None, "d1")}
    assert rows[ids[one.installation], "d1"] == 102
    assert rows[ids[other.installation], "d1"] == 103
    assert newest[ids[one.installation]] == "k2"


async def test_an_installation_that_enrols_again_leaves_its_old_certificate_behind(
    hub: Hub, tmp_path: Path
) -> None:
    installation = str(uuid.uuid4())
    old = await hub.enrolled(tmp_path / "1", installation=installation)
    await call(old, item(1))
    new = await hub.enrolled(tmp_path / "2", installation=installation)
    problem = await failure(old, item(2))
    assert (problem.code, problem.kind) == ("agent_replaced", ProblemKind.REFUSED)
    assert "another machine" in problem.text
    await call(new, item(1), item(3))
    assert hub.keys_of(new) == ["k1", "k3"]
    assert len([i for i in hub.agents() if i == installation]) == 1


async def test_another_customers_code_takes_nothing_over(hub: Hub, tmp_path: Path) -> None:
    """Whoever knows an installation's id and has a code of their own gets an agent of their own."""
    installation = str(uuid.uuid4())
    victim = await hub.enrolled(tmp_path / "1", "Victim", installation)
    await call(victim, item(1))
    first = hub.agents()[installation]
    thief = await hub.enrolled(tmp_path / "2", "Thief", installation)
    await call(thief, item(1), item(2))
    await call(victim, item(3))
    with hub.store() as store:
        customers = {
            row["id"]: row["customer"]
            for row in store.agents()
            if row["installation"] == installation
        }
        second = next(agent for agent in customers if agent != first)
        keys = {agent: [row.key for row in store.readings(agent, None)] for agent in customers}
    assert customers == {first: "Victim", second: "Thief"}
    assert keys == {first: ["k1", "k3"], second: ["k1", "k2"]}


async def test_a_revoked_agent_hears_so(hub: Hub, tmp_path: Path) -> None:
    enrolment = await hub.enrolled(tmp_path)
    with hub.store() as store:
        store.revoke(hub.agents()[enrolment.installation], now())
    problem = await failure(enrolment, item(1))
    assert (problem.code, problem.kind) == ("agent_revoked", ProblemKind.REFUSED)
    assert "new code" in problem.remedy


async def test_a_certificate_of_this_authority_for_nobody_here(hub: Hub, tmp_path: Path) -> None:
    enrolment = await hub.enrolled(tmp_path)
    key, certificate = agent_pair(load(hub.folder).authority, str(uuid.uuid4()))
    stranger = dataclasses.replace(enrolment, key=key.decode(), certificate=certificate.decode())
    assert (await failure(stranger, item(1))).code == "agent_unknown"


@pytest.mark.parametrize("which", ["none", "another authority's", "a server's"])
async def test_without_an_agents_certificate_nobody_gets_in(hub: Hub, which: str) -> None:
    authority = load(hub.folder).authority
    pairs = {
        "none": (None, None),
        "another authority's": agent_pair(make_authority("Dealer", NOW), "i"),
        "a server's": server_pair(authority),
    }
    key, certificate = pairs[which]
    root = certificate_pem(authority.certificate)
    credentials = grpc.ssl_channel_credentials(root, key, certificate)
    async with grpc.aio.secure_channel(hub.uplink, credentials) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await hub_pb2_grpc.UplinkStub(channel).Deliver(hub_pb2.DeliverRequest(), timeout=5)
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_checking_in_tells_how_we_are_and_gives_the_time(hub: Hub, tmp_path: Path) -> None:
    enrolment = await hub.enrolled(tmp_path)
    outbox = MemoryOutbox(item(1), item(2))
    async with delivering(enrolment, outbox) as deliverer:
        at = await deliverer.check_in("9.9\x1b[2J", "the computer was asleep for 9 h")
    assert abs(at - now()) < timedelta(seconds=5)
    with hub.store() as store:
        (row,) = (r for r in store.agents() if r["installation"] == enrolment.installation)
    assert (row["version"], row["waiting"]) == ("9.9?[2J", 2)
    assert row["last_seen"] is not None
    assert row["away"] == "the computer was asleep for 9 h"
