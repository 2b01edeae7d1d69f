"""Walks and columns of agents with bad manners."""

from __future__ import annotations

import time

import pytest

from core.snmp.access import Access, Opened, Version
from core.snmp.errors import (
    SnmpMalformedError,
    SnmpStatusError,
    SnmpTimeoutError,
    SnmpWalkLoopError,
    SnmpWalkTooLongError,
)
from core.snmp.exchange import Quirk
from core.snmp.message import PduKind
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.types import Tag, Value, VarBind
from tests.support.odd_agent import END, NULL, error, number, reply, serve, table

ACCESS = Access(communities=("s3cret",))
KNOWN = Opened(Version.V2C, 0)
OLD = Opened(Version.V1, 0)
QUICK = Policy(timeout=0.05, retries=1)
ROOT = (1, 3, 6, 1, 4, 1, 9999, 1)
BEHIND = (1, 3, 6, 1, 4, 1, 9999, 2, 1)
TABLE = table(ROOT, 12, 5)
AGENT = {**TABLE, BEHIND: number(7)}
COLUMNS = [(*ROOT, column) for column in range(1, 13)]


@pytest.fixture
async def network():
    async with SnmpNetwork() as network:
        yield network


@pytest.fixture
def ask(network):
    def make(agent, policy=QUICK, **more):
        return network.client(agent.endpoint, ACCESS, policy, **{"known": KNOWN, **more})

    return make


@pytest.fixture(params=[KNOWN, OLD], ids=["v2c", "v1"])
def known(request):
    return request.param


async def test_a_walk_ends_with_its_subtree(ask, known):
    async with serve(AGENT) as agent:
        found = await ask(agent, known=known).walk(ROOT)
        assert found == TABLE
        assert list(found) == sorted(TABLE)


async def test_a_walk_ends_with_the_agent(ask, known):
    async with serve(TABLE) as agent:
        assert await ask(agent, known=known).walk((1, 3)) == TABLE
        by_one = 0 if known is KNOWN else len(TABLE) + 1
        assert len(agent.asked(PduKind.GET_NEXT)) == by_one


async def test_what_is_not_there_is_empty(ask, known):
    async with serve(AGENT) as agent:
        client = ask(agent, known=known)
        assert await client.walk((1, 3, 6, 1, 2, 1, 43)) == {}
        assert await client.columns([(1, 3, 6, 1, 2, 1, 43, 1), (1, 3, 7)]) == {}


async def test_columns_come_side_by_side_in_small_answers(ask):
    under_way = []

    def manners(agent, request):
        under_way.append(len(agent.requests) - agent.answered)
        return [agent.good(request)]

    async with serve(AGENT, manners) as agent:
        agent.delay = 0.1
        client = ask(agent, Policy(timeout=5))
        assert await client.columns(COLUMNS, rows=5) == TABLE
        assert len(agent.requests) == 2
        assert all(request.pdu.error_index == 6 for request in agent.requests)
        assert client.cost.bytes_in < 1_400 * len(agent.requests)
        assert under_way == [2, 1]


async def test_columns_by_version_1_take_a_request_a_row(ask):
    async with serve(AGENT) as agent:
        assert await ask(agent, known=OLD).columns(COLUMNS, rows=5) == TABLE
        assert len(agent.requests) <= 7


async def test_tables_longer_than_expected_are_read_to_their_end(ask, known):
    long = table(ROOT, 3, 150)
    async with serve({**long, BEHIND: number(1)}) as agent:
        assert await ask(agent, known=known).columns(COLUMNS, rows=2) == long


async def test_gaps_in_a_table_end_nothing(ask, known):
    holes = {(*ROOT, 2, 3): NULL, (*ROOT, 5, 1): NULL}
    whole = {**TABLE, **holes}
    there = {oid: value for oid, value in TABLE.items() if oid not in holes}
    async with serve({**whole, BEHIND: number(1)}) as agent:
        assert await ask(agent, known=known).columns(COLUMNS, rows=5) == there
        assert await ask(agent, known=known).walk(ROOT) == there


async def test_columns_of_different_lengths_are_complete(ask, known):
    ragged = {oid: value for oid, value in TABLE.items() if oid[-1] <= oid[-2]}
    async with serve({**ragged, BEHIND: number(1)}) as agent:
        assert await ask(agent, known=known).columns(COLUMNS, rows=2) == ragged


async def test_answers_cut_short_by_the_agent_are_continued(ask):
    def manners(agent, request):
        names = [varbind.oid for varbind in request.pdu.varbinds]
        return [reply(request, *agent.bulk(names, request.pdu.error_index)[:7])]

    async with serve(AGENT, manners) as agent:
        client = ask(agent)
        assert await client.columns(COLUMNS, rows=5) == TABLE
        assert await client.walk(ROOT) == TABLE


def without_bulk(answer):
    def manners(agent, request):
        if request.pdu.kind is PduKind.GET_BULK:
            return answer(request)
        return [agent.good(request)]

    return manners


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: [],
        lambda request: [error(request, 5, 0)],
        lambda request: [error(request, 2, 1)],
        lambda request: [reply(request)],
        lambda request: [b"\x30\x03\x02\x01\x01"],
        lambda request: [reply(request, *request.pdu.varbinds)],
    ],
    ids=["silence", "genErr", "noSuchName", "empty", "garbage", "echo"],
)
async def test_an_agent_without_getbulk_is_asked_by_getnext(ask, answer):
    async with serve(AGENT, without_bulk(answer)) as agent:
        client = ask(agent)
        await client.get([BEHIND])
        assert await client.columns(COLUMNS, rows=5) == TABLE
        assert Quirk.NO_GETBULK in client.quirks
        assert await client.walk(ROOT) == TABLE
        asked = len(agent.asked(PduKind.GET_BULK))
        again = ask(agent, quirks=client.quirks)
        assert await again.columns(COLUMNS, rows=5) == TABLE
        assert len(agent.asked(PduKind.GET_BULK)) == asked


async def test_a_getbulk_that_fails_on_the_way_is_not_tried_again_for_every_row(ask):
    def manners(agent, request):
        late = len(agent.asked(PduKind.GET_BULK)) > 1
        bulk = request.pdu.kind is PduKind.GET_BULK
        return [error(request, 5, 0) if bulk and late else agent.good(request)]

    long = table(ROOT, 1, 200)
    async with serve(long, manners) as agent:
        assert await ask(agent).walk(ROOT) == long
        assert 2 < len(agent.asked(PduKind.GET_BULK)) < 8


async def test_large_answers_that_are_dropped_are_asked_for_in_parts(ask):
    def manners(agent, request):
        answer = agent.good(request)
        return [answer] if len(answer) < 500 else []

    async with serve(AGENT, manners) as agent:
        client = ask(agent)
        await client.get([BEHIND])
        assert await client.walk(ROOT) == TABLE
        assert client.quirks == {Quirk.SMALL_REPLIES}
        before = len(agent.requests)
        assert await client.columns(COLUMNS, rows=5) == TABLE
        assert len(agent.requests) - before <= 12


async def test_answers_that_become_too_large_on_the_way_are_asked_for_in_parts(ask):
    def manners(agent, request):
        answer = agent.good(request)
        return [answer] if len(answer) < 1_500 else []

    large = Value(Tag.OCTET_STRING, b"x" * 300)
    mixed = {(*ROOT, 1, row): number(row) if row < 40 else large for row in range(1, 60)}
    async with serve(mixed, manners) as agent:
        client = ask(agent)
        assert await client.walk(ROOT) == mixed
        assert client.quirks == {Quirk.SMALL_REPLIES}


@pytest.mark.parametrize("mute", [b"\x30\x03\x02\x01\x01", None], ids=["garbage", "echo"])
async def test_a_column_that_cannot_be_read_costs_only_itself(ask, known, mute):
    bad = COLUMNS[3]

    def manners(agent, request):
        hit = [v for v in request.pdu.varbinds if v.oid[: len(bad)] == bad]
        return [mute or reply(request)] if hit else [agent.good(request)]

    async with serve(AGENT, manners) as agent:
        client = ask(agent, known=known)
        found = await client.columns(COLUMNS[:6], rows=5)
        assert found == {oid: v for oid, v in table(ROOT, 6, 5).items() if oid[-2] != 4}
        assert Quirk.MALFORMED in client.quirks


async def test_nothing_but_garbage_is_named(ask, known):
    async with serve({}, lambda agent, request: [b"\x30\x03\x02\x01\x01"]) as agent:
        with pytest.raises(SnmpMalformedError):
            await ask(agent, known=known).columns(COLUMNS)
        assert len(agent.requests) <= 12


async def test_too_big_for_a_single_row_is_an_error(ask, known):
    async with serve(AGENT, lambda agent, request: [error(request, 1, 0)]) as agent:
        with pytest.raises(SnmpStatusError, match="tooBig"):
            await ask(agent, known=known).columns(COLUMNS[:3])


async def test_too_big_makes_smaller_requests(ask):
    def manners(agent, request):
        answer = agent.good(request)
        return [answer if len(answer) < 300 else error(request, 1, 0)]

    async with serve(AGENT, manners) as agent:
        client = ask(agent)
        assert await client.columns(COLUMNS, rows=5) == TABLE
        assert await client.walk(ROOT) == TABLE
        assert client.quirks == frozenset()
        assert not agent.asked(PduKind.GET_NEXT)


async def test_an_endless_walk_ends_at_the_cap(ask, known):
    def manners(agent, request):
        last = request.pdu.varbinds[0].oid
        count = max(1, request.pdu.error_index)
        first = last[-1] + 1 if len(last) > len(ROOT) else 1
        return [reply(request, *(VarBind((*ROOT, first + n), number(n)) for n in range(count)))]

    async with serve({}, manners) as agent:
        client = ask(agent, Policy(timeout=0.5, row_cap=500), known=known)
        started = time.monotonic()
        with pytest.raises(SnmpWalkTooLongError, match="more than 500 rows") as caught:
            await client.walk(ROOT)
        assert time.monotonic() - started < 2
        assert caught.value.problem.code == "snmp_walk_too_long"


@pytest.mark.parametrize("step", [0, -1], ids=["stands still", "goes back"])
async def test_a_walk_that_never_gets_on_is_a_loop(ask, known, step):
    def manners(agent, request):
        first = (*ROOT, 5) if step else ROOT
        back = (*ROOT, 5 + step) if step else ROOT
        last = request.pdu.varbinds[0].oid
        return [reply(request, VarBind(first if last == ROOT else back, number(1)))]

    async with serve({}, manners) as agent:
        client = ask(agent, known=known)
        if step:
            assert await client.walk(ROOT) == {(*ROOT, 5): number(1)}
        else:
            with pytest.raises(SnmpWalkLoopError) as caught:
                await client.walk(ROOT)
            assert caught.value.problem.code == "snmp_walk_loop"
        assert client.quirks == {Quirk.NOT_INCREASING}


async def test_rows_before_a_circle_are_kept(ask, known):
    order = [(*ROOT, 1, 1), (*ROOT, 1, 2), (*ROOT, 1, 3)]

    def manners(agent, request):
        names = [varbind.oid for varbind in request.pdu.varbinds]
        found = []
        for _ in range(max(1, request.pdu.error_index)):
            names = [order[(order.index(n) + 1) % 3] if n in order else order[0] for n in names]
            found += [VarBind(name, number(name[-1])) for name in names]
        return [reply(request, *found)]

    async with serve({}, manners) as agent:
        client = ask(agent, known=known)
        expected = {oid: number(oid[-1]) for oid in order}
        assert await client.walk(ROOT) == expected
        assert await client.columns([(*ROOT, 1)]) == expected
        assert client.quirks == {Quirk.NOT_INCREASING}


async def test_an_error_in_the_middle_keeps_the_rows_before(ask, known):
    bad = (*ROOT, 2, 3)

    def manners(agent, request):
        names = [varbind.oid for varbind in request.pdu.varbinds]
        found = agent.bulk(names, max(1, request.pdu.error_index))
        hit = next((n for n, varbind in enumerate(found) if varbind.oid == bad), None)
        return [agent.good(request) if hit is None else error(request, 5, hit % len(names) + 1)]

    async with serve(AGENT, manners) as agent:
        client = ask(agent, known=known)
        before = {oid: value for oid, value in TABLE.items() if oid < bad}
        assert await client.walk(ROOT) == before
        found = await client.columns(COLUMNS, rows=5)
        lost = {oid for oid in TABLE if oid[-2] == 2 and oid >= bad}
        assert found == {oid: value for oid, value in TABLE.items() if oid not in lost}
        assert Quirk.ERROR_IN_WALK in client.quirks


async def test_only_errors_are_an_error(ask, known):
    async with serve({}, lambda agent, request: [error(request, 5, 1)]) as agent:
        with pytest.raises(SnmpStatusError, match="genErr"):
            await ask(agent, known=known).walk(ROOT)


async def test_a_column_met_with_silence_costs_only_itself(ask):
    silent = COLUMNS[3]

    def manners(agent, request):
        hit = [v for v in request.pdu.varbinds if v.oid[: len(silent)] == silent]
        return [] if hit else [agent.good(request)]

    async with serve(AGENT, manners) as agent:
        client = ask(agent)
        await client.get([BEHIND])
        found = await client.columns(COLUMNS[:6], rows=5)
        assert found == {oid: v for oid, v in table(ROOT, 6, 5).items() if oid[-2] != 4}
        assert Quirk.SILENT_OIDS in client.quirks


async def test_an_agent_that_dies_in_the_middle_is_a_timeout(ask, known):
    def manners(agent, request):
        return [agent.good(request)] if len(agent.requests) < 3 else []

    long = table(ROOT, 1, 200)
    async with serve(long, manners) as agent:
        with pytest.raises(SnmpTimeoutError):
            await ask(agent, known=known).walk(ROOT)


async def test_end_of_view_in_the_middle_of_an_answer_is_the_end(ask):
    def manners(agent, request):
        rows = [VarBind((*ROOT, 1), number(1)), VarBind((*ROOT, 1, 5), END)]
        junk = [VarBind((*ROOT, 2), number(2))]
        return [reply(request, *rows, *junk)]

    async with serve({}, manners) as agent:
        assert await ask(agent).walk(ROOT) == {(*ROOT, 1): number(1)}


async def test_a_walk_steps_over_what_is_never_asked(ask, known):
    jobs = (1, 3, 6, 1, 4, 1, 2699, 1, 1)
    secret = Value(Tag.OCTET_STRING, b"letter to my doctor.doc")
    counters = {(1, 3, 6, 1, 4, 1, 2699, 1, 2, n): number(n) for n in range(1, 5)}
    values = {**{(*jobs, n, 1): secret for n in range(1, 200)}, **counters}
    async with serve(values) as agent:
        client = ask(agent, known=known)
        assert await client.walk((1, 3, 6, 1, 4, 1, 2699)) == counters
        assert len(agent.requests) < 8


async def test_a_wide_table_that_is_longer_than_expected_goes_on_by_few_rows(ask):
    wide = table(ROOT, 7, 8)
    async with serve({**wide, BEHIND: number(7)}) as agent:
        found = await ask(agent).columns([(*ROOT, column) for column in range(1, 8)], 5)
    assert found == wide
    assert [request.pdu.error_index for request in agent.requests] == [6, 3]


async def test_a_narrow_one_goes_on_by_ever_more(ask):
    narrow = table(ROOT, 2, 30)
    async with serve({**narrow, BEHIND: number(7)}) as agent:
        found = await ask(agent).columns([(*ROOT, 1), (*ROOT, 2)], 3)
    assert found == narrow
    assert [request.pdu.error_index for request in agent.requests] == [4, 8, 16, 32]
