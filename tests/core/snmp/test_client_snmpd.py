"""The client against net-snmp's agent."""

from __future__ import annotations

import subprocess

import pytest

from core.model.identity import Endpoint
from core.snmp.access import Access, Opened, Version
from core.snmp.deny import denied_prefix
from core.snmp.errors import SnmpPortClosedError, SnmpTimeoutError
from core.snmp.message import PduKind
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.types import Tag, parse_oid
from tests.support.ask_plainly import free_udp_port
from tests.support.need import need

SYSTEM = parse_oid("1.3.6.1.2.1.1")
LOCATION = (*SYSTEM, 6, 0)
INTERFACES = parse_oid("1.3.6.1.2.1.2.2.1")
QUICK = Policy(timeout=0.1, retries=1)


@pytest.fixture
async def network():
    async with SnmpNetwork() as network:
        yield network


def with_net_snmp(program, endpoint, root):
    """What net-snmp's own client finds: names and nothing else."""
    command = [need(program), "-v2c", "-cpublic", "-Onq", "-m", "", str(endpoint), root]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [parse_oid(line.split()[0]) for line in text.splitlines() if line.startswith(".")]


async def test_get_gives_what_is_there(network, snmpd):
    client = network.client(snmpd.endpoint, Access())
    absent = (*SYSTEM, 99, 0)
    values = await client.get([LOCATION, absent])
    assert values[LOCATION].octets() == b"The shelf by the window"
    assert absent not in values
    assert client.opened == Opened(Version.V2C, 0)
    assert client.cost.requests == 2
    assert client.cost.bytes_out > 60
    assert client.cost.bytes_in > 60
    assert client.cost.elapsed_ms > 0


async def test_walk_finds_what_snmpbulkwalk_finds(network, snmpd):
    client = network.client(snmpd.endpoint, Access())
    found = await client.walk(SYSTEM)
    theirs = with_net_snmp("snmpbulkwalk", snmpd.endpoint, "1.3.6.1.2.1.1")
    # sysContact lies in the midst of it: a person, who is never asked for.
    assert list(found) == [oid for oid in theirs if not denied_prefix(oid)]
    assert len(found) < len(theirs)
    assert list(found) == sorted(found)


async def test_version_1_finds_the_same(network, snmpd):
    newer = await network.client(snmpd.endpoint, Access()).walk(SYSTEM)
    older = await network.client(snmpd.endpoint, Access(versions=(Version.V1,))).walk(SYSTEM)
    assert list(older) == list(newer)


@pytest.mark.parametrize("versions", [(Version.V2C,), (Version.V1,)])
async def test_columns_find_what_a_walk_finds(network, snmpd, versions):
    access = Access(versions=versions)
    walked = await network.client(snmpd.endpoint, access).walk(INTERFACES)
    # The counters of the interfaces move; names and types do not.
    columns = sorted({oid[: len(INTERFACES) + 1] for oid in walked})
    client = network.client(snmpd.endpoint, access)
    found = await client.columns([*columns, (*INTERFACES, 99)], rows=2)
    assert {oid: value.tag for oid, value in found.items()} == {
        oid: value.tag for oid, value in walked.items()
    }


async def test_a_walk_steps_over_what_is_never_asked(network, snmpd):
    exchanges = []
    client = network.client(snmpd.endpoint, Access(), trace=exchanges.append)
    found = await client.walk(parse_oid("1.3.6.1.2.1.25"))
    assert found
    assert not [oid for oid in found if denied_prefix(oid)]
    theirs = with_net_snmp("snmpbulkwalk", snmpd.endpoint, "1.3.6.1.2.1.25")
    programs = [oid for oid in theirs if denied_prefix(oid)]
    assert programs, "the agent must have what is stepped over"
    assert len(exchanges) < len(theirs) / 5
    for exchange in exchanges:
        assert not [v for v in exchange.varbinds if denied_prefix(v.oid)]


async def test_the_community_of_version_1_is_found_behind_others(network, snmpd):
    access = Access(communities=("wrong", "only-version-one"))
    client = network.client(snmpd.endpoint, access, QUICK)
    assert await client.open() == Opened(Version.V1, 1)
    assert (await client.get([LOCATION]))[LOCATION].tag is Tag.OCTET_STRING


async def test_a_wrong_community_is_silence_and_is_not_told(network, snmpd):
    client = network.client(snmpd.endpoint, Access(communities=("s3cret",)), QUICK)
    with pytest.raises(SnmpTimeoutError) as caught:
        await client.get([LOCATION])
    problem = caught.value.problem
    expected = f"No answer from {snmpd.endpoint} within 0.1 s, 2 tries, by SNMP v2c and v1."
    assert problem.text == expected
    assert "community" in problem.remedy
    assert "s3cret" not in repr((problem, caught.value, client, client.quirks))


async def test_what_was_known_is_used_and_given_up_when_wrong(network, snmpd):
    access = Access(communities=("wrong", "public"))
    known = network.client(snmpd.endpoint, access, QUICK, known=Opened(Version.V2C, 1))
    await known.get([LOCATION])
    assert known.cost.requests == 1
    stale = network.client(snmpd.endpoint, access, QUICK, known=Opened(Version.V2C, 0))
    assert LOCATION in await stale.get([LOCATION])
    assert stale.opened == Opened(Version.V2C, 1)


async def test_a_closed_port_is_named_and_deafens_nobody(network, snmpd):
    closed = Endpoint("127.24.0.1", free_udp_port("127.24.0.1"))
    for _ in range(5):
        with pytest.raises(SnmpPortClosedError) as caught:
            await network.client(closed, Access()).get([LOCATION])
        assert caught.value.problem.code == "snmp_port_closed"
        assert LOCATION in await network.client(snmpd.endpoint, Access()).get([LOCATION])


async def test_an_exchange_tells_what_was_asked_and_answered(network, snmpd):
    exchanges = []
    client = network.client(snmpd.endpoint, Access(), trace=exchanges.append)
    await client.get([LOCATION])
    last = exchanges[-1]
    assert (last.kind, last.version, last.oids) == (PduKind.GET, Version.V2C, (LOCATION,))
    assert last.varbinds[0].value.octets() == b"The shelf by the window"
    assert last.error is None
    assert last.bytes_out > 30
    assert last.bytes_in > 50
    assert last.elapsed > 0
    assert "public" not in repr(exchanges)
