"""The client and agents with bad manners: each gives a clear result, soon."""

from __future__ import annotations

import time

import pytest

from core.model.problem import BadInputError, RefusedError
from core.snmp.access import Access, Opened, Version
from core.snmp.errors import (
    SnmpDeadlineError,
    SnmpMalformedError,
    SnmpStatusError,
    SnmpTimeoutError,
)
from core.snmp.exchange import Quirk
from core.snmp.message import Message, Pdu, PduKind, encode
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.types import Tag, Value, VarBind
from tests.support.odd_agent import NULL, error, number, reply, serve, table

ACCESS = Access(communities=("s3cret",))
KNOWN = Opened(Version.V2C, 0)
QUICK = Policy(timeout=0.1, retries=1)
ROOT = (1, 3, 6, 1, 4, 1, 9999)
NAMES = [(*ROOT, n, 0) for n in range(1, 31)]
VALUES = {name: number(name[-2]) for name in NAMES}


@pytest.fixture
async def network():
    async with SnmpNetwork() as network:
        yield network


@pytest.fixture
def ask(network):
    """Make a client that knows how to speak to the agent, so that a test sees only its own
    requests."""

    def make(agent, policy=QUICK, **more):
        return network.client(agent.endpoint, ACCESS, policy, **{"known": KNOWN, **more})

    return make


async def test_a_good_agent_is_asked_no_more_than_needed(ask):
    async with serve(VALUES) as agent:
        client = ask(agent)
        assert await client.get(NAMES) == VALUES
        assert len(agent.requests) == 1
        assert client.quirks == frozenset()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00",
        b"\x30",
        b"\x00" * 500,
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x30\x84\xff\xff\xff\xff",
    ],
)
async def test_garbage_is_named(ask, garbage):
    async with serve(manners=lambda agent, request: [garbage]) as agent:
        with pytest.raises(SnmpMalformedError) as caught:
            await ask(agent).get(NAMES)
        assert caught.value.problem.code == "snmp_malformed"
        assert str(agent.endpoint) in caught.value.problem.text
        assert "s3cret" not in repr(caught.value.problem)


async def test_garbage_before_a_good_answer_costs_nothing(ask):
    async with serve(VALUES, lambda agent, request: [b"\x30\x05", agent.good(request)]) as agent:
        assert await ask(agent).get(NAMES) == VALUES


@pytest.mark.parametrize("cut", [3, 30])
async def test_a_truncated_answer_is_named(ask, cut):
    async with serve(VALUES, lambda agent, request: [agent.good(request)[:-cut]]) as agent:
        with pytest.raises(SnmpMalformedError):
            await ask(agent).get(NAMES[:2])


async def test_an_answer_that_lies_about_its_variables_is_bisected(ask):
    """One value makes the whole answer unreadable: the others are read without it."""

    def manners(agent, request):
        answer = agent.good(request)
        bad = NAMES[4] in [varbind.oid for varbind in request.pdu.varbinds]
        return [answer[:-2] + b"\x05\x7f" if bad else answer]

    async with serve(VALUES, manners) as agent:
        client = ask(agent)
        found = await client.get(NAMES)
        assert set(found) == set(NAMES) - {NAMES[4]}
        assert Quirk.MALFORMED in client.quirks


async def test_an_answer_of_64_kilobytes_is_read(ask):
    large = Value(Tag.OCTET_STRING, b"x" * 65_400)
    async with serve({NAMES[0]: large}) as agent:
        assert await ask(agent).get([NAMES[0]]) == {NAMES[0]: large}


async def test_version_1_only_is_found(network):
    def manners(agent, request):
        return [agent.good(request)] if request.version is Version.V1 else []

    async with serve(VALUES, manners) as agent:
        client = network.client(agent.endpoint, ACCESS, QUICK)
        absent = (*ROOT, 99, 0)
        assert await client.get([*NAMES, absent, (*ROOT, 98, 0)]) == VALUES
        assert client.opened == Opened(Version.V1, 0)


async def test_a_lost_answer_does_not_make_version_1_of_version_2(network):
    def manners(agent, request):
        # The first question is lost; it is the one by version 2c.
        return [] if len(agent.requests) == 1 else [agent.good(request)]

    async with serve(VALUES, manners) as agent:
        client = network.client(agent.endpoint, ACCESS, QUICK)
        assert await client.open() == KNOWN


async def test_version_1_names_that_are_not_there_are_left_out(ask):
    async with serve({NAMES[2]: number(3)}) as agent:
        client = ask(agent, known=Opened(Version.V1, 0))
        assert await client.get(NAMES[:6]) == {NAMES[2]: number(3)}
        assert await client.get(NAMES[3:6]) == {}


async def test_version_1_without_a_useful_index_is_bisected(ask):
    def manners(agent, request):
        known = all(varbind.oid in agent.values for varbind in request.pdu.varbinds)
        return [agent.good(request) if known else error(request, 2, 0)]

    async with serve({NAMES[2]: number(3), NAMES[5]: number(6)}, manners) as agent:
        client = ask(agent, known=Opened(Version.V1, 0))
        assert await client.get(NAMES[:8]) == {NAMES[2]: number(3), NAMES[5]: number(6)}


async def test_errors_with_request_id_zero_are_taken(ask):
    def manners(agent, request):
        if len(request.pdu.varbinds) < 4:
            return [agent.good(request)]
        pdu = Pdu(PduKind.RESPONSE, 0, 1, 0, ())
        return [encode(Message(request.version, request.community, pdu))]

    async with serve(VALUES, manners) as agent:
        policy = Policy(timeout=0.1, retries=1, side_by_side=1)
        client = ask(agent, policy)
        assert await client.get(NAMES[:4]) == dict(list(VALUES.items())[:4])
        assert Quirk.ID_ZERO in client.quirks
        assert client.cost.requests == 3


async def test_errors_with_request_id_zero_are_not_taken_while_two_are_under_way(ask, network):
    def manners(agent, request):
        pdu = Pdu(PduKind.RESPONSE, 0, 5, 1, request.pdu.varbinds)
        return [encode(Message(request.version, request.community, pdu))]

    async with serve(VALUES, manners) as agent:
        policy = Policy(timeout=0.1, retries=0, max_varbinds=15)
        with pytest.raises(SnmpTimeoutError):
            await ask(agent, policy).get(NAMES)
        assert network.traffic.unexpected >= 2


async def test_a_value_with_request_id_zero_is_not_taken(ask):
    def manners(agent, request):
        pdu = Pdu(PduKind.RESPONSE, 0, 0, 0, (VarBind(NAMES[0], number(666)),))
        return [encode(Message(request.version, request.community, pdu))]

    async with serve(VALUES, manners) as agent:
        with pytest.raises(SnmpTimeoutError):
            await ask(agent).get(NAMES[:1])


async def test_an_answer_from_another_address_is_taken_and_noted(ask):
    async with serve(VALUES, answers_from="127.24.0.2") as agent:
        client = ask(agent)
        assert await client.get(NAMES) == VALUES
        assert client.quirks == {"answers_from_other_address"}


async def test_an_answer_from_another_port_is_taken_and_noted(ask):
    async with serve(VALUES, answers_from="127.24.0.1") as agent:
        client = ask(agent)
        assert await client.get(NAMES) == VALUES
        assert client.quirks == {"answers_from_other_port"}


async def test_an_answer_given_thrice_counts_once(ask, network):
    async with serve(VALUES, lambda agent, request: 3 * [agent.good(request)]) as agent:
        client = ask(agent)
        assert await client.get(NAMES) == VALUES
        assert await client.get(NAMES) == VALUES
        assert client.cost.requests == 2
        assert network.traffic.answers + network.traffic.unexpected <= 6


async def test_a_flood_of_foreign_answers_is_counted_and_left(ask, network):
    def manners(agent, request):
        pdu = Pdu(PduKind.RESPONSE, request.pdu.request_id ^ 1, 0, 0, request.pdu.varbinds)
        foreign = encode(Message(request.version, request.community, pdu))
        return [*(3000 * [foreign]), agent.good(request)]

    async with serve(VALUES, manners) as agent:
        assert await ask(agent, Policy(timeout=2, retries=1)).get(NAMES) == VALUES
        assert network.traffic.unexpected == 3000


async def test_requests_given_as_answers_are_left(ask, network):
    def manners(agent, request):
        return [encode(request)]

    async with serve(VALUES, manners) as agent:
        with pytest.raises(SnmpTimeoutError):
            await ask(agent).get(NAMES[:1])
        assert network.traffic.unexpected == 4


@pytest.mark.parametrize("index", [0, 1])
async def test_too_big_is_split(ask, index):
    def manners(agent, request):
        many = len(request.pdu.varbinds) > 5
        return [error(request, 1, index) if many else agent.good(request)]

    async with serve(VALUES, manners) as agent:
        assert await ask(agent).get(NAMES) == VALUES


@pytest.mark.parametrize("index", [0, 5, 77])
async def test_general_errors_cost_only_their_own_name(ask, index):
    def manners(agent, request):
        names = [varbind.oid for varbind in request.pdu.varbinds]
        if NAMES[4] not in names:
            return [agent.good(request)]
        pointed = names.index(NAMES[4]) + 1 if index == 5 else index
        return [error(request, 5, pointed)]

    async with serve(VALUES, manners) as agent:
        client = ask(agent)
        assert set(await client.get(NAMES)) == set(NAMES) - {NAMES[4]}
        with pytest.raises(SnmpStatusError, match=r"genErr for 1\.3\.6\.1\.4\.1\.9999\.5\.0"):
            await client.get([NAMES[4]])


async def test_a_refusal_is_named_with_what_to_do(ask):
    async with serve(VALUES, lambda agent, request: [error(request, 16, 1)]) as agent:
        with pytest.raises(SnmpStatusError, match="authorizationError") as caught:
            await ask(agent).get(NAMES[:1])
        assert caught.value.status == 16
        assert "access list" in caught.value.problem.remedy


async def test_opening_tells_of_a_refusal(network):
    async with serve(VALUES, lambda agent, request: [error(request, 16, 1)]) as agent:
        with pytest.raises(SnmpStatusError, match="authorizationError"):
            await network.client(agent.endpoint, ACCESS, QUICK).open()


async def test_a_name_that_is_met_with_silence_costs_only_itself(ask):
    def manners(agent, request):
        silent = NAMES[4] in [varbind.oid for varbind in request.pdu.varbinds]
        return [] if silent else [agent.good(request)]

    async with serve(VALUES, manners) as agent:
        client = ask(agent, Policy(timeout=0.05, retries=1))
        await client.get(NAMES[:1])
        assert set(await client.get(NAMES)) == set(NAMES) - {NAMES[4]}
        assert client.quirks == {Quirk.SILENT_OIDS}


async def test_large_answers_that_are_dropped_are_asked_for_in_parts(ask):
    def manners(agent, request):
        return [] if len(request.pdu.varbinds) > 16 else [agent.good(request)]

    async with serve(VALUES, manners) as agent:
        client = ask(agent, Policy(timeout=0.05, retries=1))
        await client.get(NAMES[:1])
        assert await client.get(NAMES) == VALUES
        assert client.quirks == {Quirk.SMALL_REPLIES}
        before = client.cost.requests
        assert await client.get(NAMES) == VALUES
        assert client.cost.requests - before <= 3


async def test_an_agent_that_dies_in_the_middle_is_a_timeout(ask):
    def manners(agent, request):
        return [agent.good(request)] if len(agent.requests) == 1 else []

    async with serve(VALUES, manners) as agent:
        client = ask(agent, Policy(timeout=0.05, retries=1))
        await client.get(NAMES[:1])
        with pytest.raises(SnmpTimeoutError):
            await client.get(NAMES)


async def test_nulls_and_answers_to_another_question_are_left_out(ask):
    def manners(agent, request):
        names = [varbind.oid for varbind in request.pdu.varbinds]
        found = [VarBind(name, NULL) for name in names[:2]] + [VarBind((1, 3, 9), number(1))]
        return [reply(request, *found)]

    async with serve(VALUES, manners) as agent:
        assert await ask(agent).get(NAMES[:2]) == {}


async def test_an_answer_to_another_question_is_named(ask):
    other = VarBind((1, 3, 9), number(1))
    async with serve(VALUES, lambda agent, request: [reply(request, other)]) as agent:
        with pytest.raises(SnmpMalformedError, match="none of the objects"):
            await ask(agent).get(NAMES[3:])


async def test_an_answer_with_a_part_missing_is_completed(ask):
    def manners(agent, request):
        answer = [VarBind(v.oid, agent.values[v.oid]) for v in request.pdu.varbinds[:7]]
        return [reply(request, *answer)]

    async with serve(VALUES, manners) as agent:
        assert await ask(agent).get(NAMES) == VALUES


async def test_an_operation_ends_at_its_deadline(ask):
    endless = table(ROOT, 1, 2000)
    async with serve(endless) as agent:
        agent.delay = 0.05
        client = ask(agent, Policy(timeout=1, deadline=0.3), known=Opened(Version.V1, 0))
        started = time.monotonic()
        with pytest.raises(SnmpDeadlineError) as caught:
            await client.walk(ROOT)
        assert time.monotonic() - started < 1
        assert caught.value.problem.code == "snmp_timeout"


async def test_names_that_are_never_asked_are_refused(ask):
    job = (1, 3, 6, 1, 4, 1, 2699, 1, 1, 1, 5)
    async with serve(VALUES) as agent:
        client = ask(agent)
        for work in (client.get([NAMES[0], job]), client.walk(job), client.columns([job])):
            with pytest.raises(RefusedError, match=r"1\.3\.6\.1\.4\.1\.2699\.1\.1\.1\.5.*Job"):
                await work
        assert agent.requests == []


async def test_what_is_no_name_is_bad_input(ask):
    async with serve(VALUES) as agent:
        with pytest.raises(BadInputError):
            await ask(agent).get([(9, 9)])


async def test_nothing_asked_is_nothing_sent(ask):
    async with serve(VALUES) as agent:
        client = ask(agent)
        assert await client.get([]) == {}
        assert await client.columns([]) == {}
        assert agent.requests == []
