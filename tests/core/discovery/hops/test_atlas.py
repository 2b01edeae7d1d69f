from __future__ import annotations

from ipaddress import IPv4Network
from random import Random
from typing import Any

from core.discovery.hops.atlas import Atlas, distance
from core.discovery.hops.distance import How
from core.discovery.hops.prober import Prober
from core.discovery.hops.question import Question
from core.discovery.hops.word import Kind, Word
from core.discovery.interfaces import Interface
from core.discovery.pace import Pacer, Rate, SystemClock
from core.host.routes import Route
from core.model.identity import Endpoint

OWN = [Interface("eth0", "192.0.2.9", 24)]
ROUTES = (Route(IPv4Network("0.0.0.0/0"), "192.0.2.1", "eth0"),)


def atlas(monkeypatch: Any, hops: dict[str, int], *, heard: bool = True) -> tuple[Atlas, list[str]]:
    """Make one whose questions are answered by hosts so many routers away; others are dead."""
    asked: list[str] = []

    async def ask(
        self: Prober, endpoint: Endpoint, question: Question, ttl: int, wait: float
    ) -> Word:
        asked.append(endpoint.address)
        far = hops.get(endpoint.address)
        if ttl <= (far or 2):
            return Word(Kind.EXPIRED, f"r{ttl}") if heard else Word(Kind.SILENCE)
        return Word(Kind.SILENCE) if far is None else Word(Kind.ANSWER, ttl=64 - far)

    monkeypatch.setattr(Prober, "ask", ask)
    clock = SystemClock()
    made = Atlas(OWN, Pacer(Rate(None, 0), clock), clock, Random(1), routes=lambda: ROUTES)
    return made, asked


async def test_nothing_is_sent_to_know_our_own_networks(monkeypatch: Any) -> None:
    made, asked = atlas(monkeypatch, {})
    async with made:
        for address in ("127.0.0.1", "192.0.2.77", "::1"):
            assert (await made.distance(Endpoint(address), Question())).hops == 0
    assert asked == []
    assert made.datagrams == 0


async def test_a_network_is_measured_once(monkeypatch: Any) -> None:
    made, asked = atlas(monkeypatch, {"10.0.1.5": 2, "10.0.1.9": 2, "10.0.2.5": 3})
    async with made:
        assert (await made.distance(Endpoint("10.0.1.5"), Question())).hops == 2
        assert (await made.distance(Endpoint("10.0.1.9"), Question())).hops == 2
        assert (await made.distance(Endpoint("10.0.2.5"), Question())).hops == 3
    assert set(asked) == {"10.0.1.5", "10.0.2.5"}


async def test_other_addresses_are_tried_where_one_does_not_tell(monkeypatch: Any) -> None:
    made, asked = atlas(monkeypatch, {"10.0.1.7": 2})
    sample = [Endpoint(f"10.0.1.{last}") for last in (5, 6, 7, 8)]
    async with made:
        found = await distance(sample, Question(), made)
    assert (found.hops, found.exact) == (2, True)
    assert set(asked) == {"10.0.1.5", "10.0.1.6", "10.0.1.7"}


async def test_three_addresses_that_do_not_tell_are_enough(monkeypatch: Any) -> None:
    made, asked = atlas(monkeypatch, {})
    async with made:
        sample = [Endpoint(f"10.0.1.{last}") for last in range(1, 9)]
        found = await distance(sample, Question(), made)
    assert (found.hops, found.at_least, found.how) == (2, True, How.PROBE)
    assert len(set(asked)) == 3


async def test_where_nobody_speaks_the_routes_do(monkeypatch: Any) -> None:
    made, _ = atlas(monkeypatch, {}, heard=False)
    async with made:
        found = await distance([Endpoint("10.0.1.5")], Question(), made)
        assert (found.hops, found.how, found.at_least) == (1, How.ROUTE, True)
        six = await distance([Endpoint("fd00::1")], Question(), made)
        assert (six.hops, six.how) == (None, How.UNKNOWN)
        none = await distance([], Question(), made)
        assert none.hops is None
