"""Every failure of SNMPv3 has a name: against real agents."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.snmp.access import Access, Opened, Version
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from tests.support.v3_agents import snmpd_v3, user_of

NAME = (1, 3, 6, 1, 2, 1, 1, 5, 0)
QUICK = Policy(timeout=0.4, retries=0)
A, P = AuthProtocol, PrivProtocol
GOOD = user_of(A.SHA1, P.AES128)
WRONG = "not-the-right-one"
FAILURES = [
    (replace(GOOD, name="nobody"), "v3_unknown_user", "v3_unknown_user"),
    (replace(GOOD, auth_password=WRONG), "v3_wrong_digest", "v3_wrong_digest"),
    (replace(GOOD, auth=A.MD5), "v3_wrong_digest", "v3_wrong_digest"),
    (replace(GOOD, auth=A.SHA512), "v3_wrong_digest", "v3_wrong_digest"),
    (replace(GOOD, priv_password=WRONG), "v3_probably_privacy", "v3_decryption_error"),
    (replace(GOOD, priv=P.AES256), "v3_probably_privacy", "v3_decryption_error"),
    (replace(GOOD, name="no.no"), "v3_unsupported_level", "v3_silent"),
    (replace(GOOD, context="nowhere"), "v3_unknown_context", None),
]


async def problem_of(endpoint: Endpoint, user: V3User, policy: Policy = QUICK):
    async with SnmpNetwork() as network:
        client = network.client(endpoint, Access((), (Version.V3,), (user,)), policy)
        with pytest.raises(PlatenError) as caught:
            await client.get([NAME])
    return caught.value.problem


@pytest.mark.parametrize(("user", "by_snmpd", "by_snmpsim"), FAILURES)
async def test_each_failure_has_its_name(agents, user, by_snmpd, by_snmpsim, capsys):
    told = await problem_of(agents.snmpd, user)
    assert told.code == by_snmpd
    assert told.remedy
    if by_snmpsim is not None:
        told = await problem_of(agents.snmpsim, replace(user, context="public"))
        assert told.code == by_snmpsim
    for password in (user.auth_password, user.priv_password):
        assert password not in f"{told.text}{told.remedy}"


async def test_a_missing_context_is_guessed_and_no_second_look_speaks_for_the_first(agents):
    """The agent refuses the simpler question's level, which nobody has asked for."""
    told = await problem_of(agents.snmpsim, GOOD)
    assert told.code == "v3_silent"
    assert "context" in told.text
    assert "context" in told.remedy
    assert "authNoPriv" not in told.text


async def test_silence_is_named_and_ends(agents):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.46.0.4", 0))
        told = await problem_of(Endpoint(*deaf.getsockname()), GOOD)
        closed = Endpoint(*deaf.getsockname())
    assert told.code == "snmp_timeout"
    assert "SNMP v3" in told.text
    assert "community" not in told.remedy
    assert (await problem_of(closed, GOOD)).code == "snmp_port_closed"


async def test_the_user_who_came_nearest_is_told_of(agents):
    users = (
        replace(GOOD, name="nobody"),
        replace(GOOD, auth_password=WRONG),
        replace(GOOD, name="nobody else"),
    )
    async with SnmpNetwork() as network:
        client = network.client(agents.snmpd, Access((), (Version.V3,), users), QUICK)
        with pytest.raises(PlatenError) as caught:
            await client.open()
    assert caught.value.problem.code == "v3_wrong_digest"


async def test_users_are_tried_in_order_and_the_one_that_works_is_kept(agents):
    users = (replace(GOOD, name="nobody"), replace(GOOD, priv_password=WRONG), GOOD)
    async with SnmpNetwork() as network:
        access = Access((), (Version.V3,), users)
        assert await network.client(agents.snmpd, access, QUICK).open() == Opened(Version.V3, 2)


async def test_a_known_user_that_is_refused_now_makes_room_for_another(agents):
    users = (replace(GOOD, auth_password=WRONG), GOOD)
    async with SnmpNetwork() as network:
        access, stale = Access((), (Version.V3,), users), Opened(Version.V3, 0)
        client = network.client(agents.snmpd, access, QUICK, known=stale)
        assert await client.get([NAME])
        assert client.opened == Opened(Version.V3, 1)


async def test_a_community_helps_where_no_user_is_known(agents):
    versions = (Version.V3, Version.V2C)
    async with SnmpNetwork() as network:
        access = Access(("public",), versions, (replace(GOOD, name="nobody"),))
        assert (await network.client(agents.snmpd, access, QUICK).open()).version is Version.V2C
        access = Access(("public",), versions, (GOOD,))
        assert (await network.client(agents.snmpd, access, QUICK).open()).version is Version.V3


async def test_version_3_is_not_spoken_where_it_does_not_stand(agents):
    told = []
    async with SnmpNetwork() as network:
        access = Access(("public",), (Version.V2C,), (GOOD,))
        client = network.client(agents.snmpd, access, QUICK, known=Opened(Version.V3, 0))
        assert (await client.open()).version is Version.V2C
        client = network.client(agents.snmpd, access, QUICK, trace=told.append)
        await client.get([NAME])
    assert {exchange.version for exchange in told} == {Version.V2C}


async def test_a_restarted_agent_is_synchronised_with_at_once(tmp_path):
    """The boots are one more than what is known: one report, one more datagram, the answer."""
    told = []
    async with SnmpNetwork() as network:
        access = Access((), (Version.V3,), (GOOD,))
        with snmpd_v3("127.46.0.5", [GOOD], folder=tmp_path / "kept") as where:
            assert await network.client(where, access, QUICK).get([NAME])
        with snmpd_v3("127.46.0.5", [GOOD], port=where.port, folder=tmp_path / "kept"):
            known = Opened(Version.V3, 0)
            client = network.client(where, access, QUICK, trace=told.append, known=known)
            assert await client.get([NAME])
    assert [one.error for one in told] == ["usmStatsNotInTimeWindows", None]
