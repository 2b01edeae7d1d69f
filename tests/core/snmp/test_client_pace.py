"""How many requests at a time: agents that drop the second, and networks that lose some."""

from __future__ import annotations

import asyncio
import random
import time

import pytest

from core.snmp.access import Access, Opened, Version
from core.snmp.errors import SnmpTimeoutError
from core.snmp.exchange import Quirk
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from tests.support.odd_agent import number, serve

ROOT = (1, 3, 6, 1, 4, 1, 9999)
NAMES = [(*ROOT, n, 0) for n in range(1, 41)]
VALUES = {name: number(name[-2]) for name in NAMES}
POLICY = Policy(timeout=0.15, retries=2, max_varbinds=8)


class OneAtATime:
    """Manners of an agent that drops what arrives while it works on something."""

    def __init__(self, seconds=0.02):
        self.seconds = seconds
        self.busy_until = 0.0
        self.dropped = 0

    def __call__(self, agent, request):
        loop = asyncio.get_running_loop()
        if loop.time() < self.busy_until:
            self.dropped += 1
            return []
        self.busy_until = loop.time() + self.seconds
        transport, address = agent.answering
        loop.call_later(self.seconds, transport.sendto, agent.good(request), address)
        return []


@pytest.fixture
async def network():
    async with SnmpNetwork() as network:
        yield network


def client_of(network, agent, **more):
    known = Opened(Version.V2C, 0)
    return network.client(agent.endpoint, Access(), POLICY, known=known, **more)


@pytest.mark.parametrize("parts", [2, 5])
async def test_an_agent_that_drops_the_second_request_is_asked_one_by_one(network, parts):
    manners = OneAtATime()
    names = NAMES[: 8 * parts]
    async with serve(VALUES, manners) as agent:
        client = client_of(network, agent)
        assert await client.get(names) == {name: VALUES[name] for name in names}
        assert client.quirks == {Quirk.ONE_AT_A_TIME}
        dropped = manners.dropped
        assert dropped > 0
        assert await client.get(names) == {name: VALUES[name] for name in names}
        assert manners.dropped == dropped


async def test_a_learned_quirk_is_kept_to_from_the_start(network):
    manners = OneAtATime()
    async with serve(VALUES, manners) as agent:
        client = client_of(network, agent, quirks=[Quirk.ONE_AT_A_TIME])
        assert await client.get(NAMES) == VALUES
        assert manners.dropped == 0
        assert client.cost.requests == 5


@pytest.mark.parametrize("lost", [{2}, {1, 4}, {1, 2, 3}])
async def test_lost_datagrams_are_no_quirk(network, lost):
    def manners(agent, request):
        return [] if agent.answered + 1 in lost else [agent.good(request)]

    async with serve(VALUES, manners) as agent:
        agent.delay = 0.01
        client = client_of(network, agent)
        assert await client.get(NAMES) == VALUES
        assert client.quirks == frozenset()
        # Others were answered side by side, so that nothing has to be tried out.
        assert client.cost.requests == 5 + len(lost)


async def test_one_of_two_lost_is_no_quirk(network):
    def manners(agent, request):
        return [] if agent.answered + 1 == 2 else [agent.good(request)]

    async with serve(VALUES, manners) as agent:
        agent.delay = 0.01
        client = client_of(network, agent)
        assert len(await client.get(NAMES[:16])) == 16
        assert client.quirks == frozenset()


async def test_a_network_that_loses_one_in_ten_teaches_nothing_wrong(network):
    lucky = random.Random(5)

    def manners(agent, request):
        return [] if lucky.random() < 0.1 else [agent.good(request)]

    rows = {(*ROOT, column, row): number(row) for column in range(1, 13) for row in range(1, 6)}
    columns = [(*ROOT, column) for column in range(1, 13)]
    async with serve(rows, manners) as agent:
        policy = Policy(timeout=0.05, backoff=1, max_varbinds=12)
        for _ in range(12):
            known = Opened(Version.V2C, 0)
            client = network.client(agent.endpoint, Access(), policy, known=known)
            assert await client.columns(columns, rows=5) == rows
            assert await client.get(list(rows)) == rows
            assert client.quirks == frozenset()
        assert len(agent.requests) > 100


async def test_no_more_than_allowed_are_under_way(network):
    most = 0

    def manners(agent, request):
        nonlocal most
        most = max(most, len(agent.requests) - agent.answered)
        return [agent.good(request)]

    async with serve(VALUES, manners) as agent:
        agent.delay = 0.02
        client = network.client(
            agent.endpoint,
            Access(),
            Policy(max_varbinds=2, side_by_side=6),
            known=Opened(Version.V2C, 0),
        )
        assert await client.get(NAMES) == VALUES
        assert len(agent.requests) == 20
        assert 3 <= most <= 6


async def test_a_device_that_is_off_is_waited_for_only_once(network):
    """Six requests side by side end together, not one after the other."""
    async with serve(VALUES, lambda agent, request: []) as agent:
        access = Access(versions=(Version.V2C,))
        policy = Policy(timeout=0.1, retries=2, max_varbinds=7)
        client = network.client(agent.endpoint, access, policy, known=Opened(Version.V2C, 0))
        started = time.monotonic()
        with pytest.raises(SnmpTimeoutError):
            await client.get(NAMES)
        # 0.52 s for the requests, 0.1 s for a last look with the other access.
        assert time.monotonic() - started < 1.2
