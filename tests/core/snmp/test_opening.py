"""Finding the version and community, and how long it takes when nobody answers."""

from __future__ import annotations

import time

import pytest

from core.model.problem import BadInputError
from core.snmp.access import BY_COMMUNITY, Access, Opened, Version
from core.snmp.errors import SnmpTimeoutError
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from tests.support.odd_agent import number, serve

NAME = (1, 3, 6, 1, 4, 1, 9999, 1, 0)
VALUES = {NAME: number(5)}
POLICY = Policy(timeout=0.1, retries=1)


@pytest.fixture
async def network():
    async with SnmpNetwork() as network:
        yield network


def only(*accepted):
    """Answer only these versions and communities."""

    def manners(agent, request):
        spoken = (request.version, request.community)
        return [agent.good(request)] if spoken in accepted else []

    return manners


async def test_the_first_that_answers_is_the_only_one_asked(network):
    async with serve(VALUES) as agent:
        client = network.client(agent.endpoint, Access(communities=("a", "b")), POLICY)
        assert await client.open() == Opened(Version.V2C, 0)
        assert [request.community for request in agent.requests] == [b"a"]
        assert await client.open() == Opened(Version.V2C, 0)
        assert len(agent.requests) == 1


@pytest.mark.parametrize("version", BY_COMMUNITY)
async def test_each_version_and_community_is_found(network, version):
    access = Access(communities=("a", "b", "c"))
    async with serve(VALUES, only((version, b"c"))) as agent:
        client = network.client(agent.endpoint, access, POLICY)
        assert await client.get([NAME]) == VALUES
        assert client.opened == Opened(version, 2)


async def test_only_the_versions_allowed_are_used(network):
    access = Access(versions=(Version.V1,))
    async with serve(VALUES) as agent:
        client = network.client(agent.endpoint, access, POLICY)
        assert await client.open() == Opened(Version.V1, 0)
        assert {request.version for request in agent.requests} == {Version.V1}


async def test_the_order_of_versions_is_the_order_of_preference(network):
    access = Access(versions=(Version.V1, Version.V2C))
    async with serve(VALUES) as agent:
        client = network.client(agent.endpoint, access, POLICY)
        assert await client.open() == Opened(Version.V1, 0)


@pytest.mark.parametrize("access", [Access(communities=()), Access(versions=())])
async def test_nothing_to_ask_with_is_named(network, access):
    async with serve(VALUES) as agent:
        with pytest.raises(BadInputError, match="no community to ask with"):
            await network.client(agent.endpoint, access, POLICY).open()
        assert agent.requests == []


@pytest.mark.parametrize("stale", [Opened(Version.V1, 0), Opened(Version.V2C, 7)])
async def test_what_was_known_and_is_no_longer_allowed_is_not_used(network, stale):
    access = Access(versions=(Version.V2C,))
    async with serve(VALUES) as agent:
        client = network.client(agent.endpoint, access, POLICY, known=stale)
        assert await client.get([NAME]) == VALUES
        assert client.opened == Opened(Version.V2C, 0)
        assert {request.version for request in agent.requests} == {Version.V2C}


async def test_many_communities_cost_a_silent_device_little_more_time(network):
    access = Access(communities=tuple("abcdefgh"))
    async with serve(VALUES, only()) as agent:
        started = time.monotonic()
        with pytest.raises(SnmpTimeoutError, match="2 tries, by SNMP v2c and v1"):
            await network.client(agent.endpoint, access, POLICY).open()
        # One after the other it would take 16 times 0.26 s.
        assert time.monotonic() - started < 3
        assert len(agent.requests) == 32


async def test_two_operations_at_once_open_once(network):
    import asyncio

    async with serve(VALUES) as agent:
        client = network.client(agent.endpoint, Access(), POLICY)
        results = await asyncio.gather(client.get([NAME]), client.get([NAME]))
        assert results == [VALUES, VALUES]
        assert len(agent.requests) == 3
