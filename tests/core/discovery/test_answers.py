from __future__ import annotations

import asyncio
import time
import tracemalloc
from random import Random

import pytest

from core.discovery.pace import Rate
from core.discovery.probe import Questions
from core.discovery.sweep import Patience
from core.discovery.wire import Wire
from core.model.identity import Endpoint
from core.snmp.access import Version
from core.snmp.message import Message, Pdu, PduKind, decode, encode
from tests.support.responders import Manners, Responders
from tests.support.sweeps import run, sweep_of


async def test_an_id_that_is_not_echoed_does_not_matter():
    async with Responders() as agents:
        port = agents.add("127.23.3.1", 0, Manners(reply_id=lambda _: 0))
        agents.add("127.23.3.2", port, Manners(reply_id=lambda n: n ^ 0x3FFF))
        assert sorted(await run(await sweep_of(["127.23.3.1-2"], port))) == [
            "127.23.3.1", "127.23.3.2",
        ]  # fmt: skip


async def test_an_answer_from_elsewhere_is_known_by_its_id():
    async with Responders() as agents:
        port = agents.add("127.23.3.200")  # not a target
        other = agents.add("127.23.3.8")  # another port
        agents.add("127.23.3.7", port, Manners(reply_from=Endpoint("127.23.3.200", port)))
        agents.add("127.23.3.8", port, Manners(reply_from=Endpoint("127.23.3.8", other)))
        found = await run(await sweep_of(["127.23.3.1-20"], port))
    assert {address: str(answer.answered_from) for address, answer in found.items()} == {
        "127.23.3.7": f"127.23.3.200:{port}",
        "127.23.3.8": f"127.23.3.8:{other}",
    }


async def test_an_answer_from_elsewhere_without_our_id_is_a_stray():
    async with Responders() as agents:
        port = agents.add("127.23.3.200")
        elsewhere = Manners(reply_from=Endpoint("127.23.3.200", port), reply_id=lambda _: 5)
        agents.add("127.23.3.7", port, elsewhere)
        sweep = await sweep_of(["127.23.3.1-20"], port)
        assert await run(sweep) == {}
        assert sweep.tally.strays == 4


async def test_an_address_that_is_a_target_itself_speaks_for_itself():
    async with Responders() as agents:
        port = agents.add("127.23.3.1", 0, Manners(delay=0.3))
        agents.add("127.23.3.2", port, Manners(reply_from=Endpoint("127.23.3.1", port)))
        found = await run(await sweep_of(["127.23.3.1-2"], port))
    assert [(a, r.answered_from) for a, r in found.items()] == [("127.23.3.1", None)]


@pytest.mark.parametrize("status", [2, 5, 16])
async def test_an_error_is_an_answer(status):
    async with Responders() as agents:
        port = agents.add("127.23.3.1", 0, Manners(status=status))
        assert list(await run(await sweep_of(["127.23.3.1"], port))) == ["127.23.3.1"]


async def test_what_is_not_snmp_is_told_unless_a_real_answer_follows():
    garbled = Manners(raw=b"HTTP/1.1 400 Bad Request\r\n")
    async with Responders() as agents:
        port = agents.add("127.23.3.1", 0, garbled)
        sweep = await sweep_of(["127.23.3.1-4"], port)
        assert await run(sweep) == {}
        ((endpoint, why),) = sweep.garbled
        assert endpoint == Endpoint("127.23.3.1", port)
        assert why


async def test_a_request_is_not_an_answer():
    pdu = Pdu(PduKind.GET, 1, 0, 0, ())
    request = encode(Message(Version.V2C, b"public", pdu))
    async with Responders() as agents:
        port = agents.add("127.23.3.1", 0, Manners(raw=request))
        sweep = await sweep_of(["127.23.3.1"], port)
        assert await run(sweep) == {}
        assert sweep.tally.strays == 4


async def test_sleepers_are_waited_for_as_long_as_asked():
    async with Responders() as agents:
        port = agents.add("127.23.3.1", 0, Manners(delay=0.5))
        short = Patience(timeout=0.1)
        assert await run(await sweep_of(["127.23.3.1-2"], port, patience=short)) == {}
        long = Patience(timeout=0.1, linger=0.6)
        assert list(await run(await sweep_of(["127.23.3.1-2"], port, patience=long)))


async def test_a_broadcast_address_is_refused_by_the_system_and_told():
    async with Responders() as agents:
        port = agents.add("127.23.3.1")
        started = time.monotonic()
        sweep = await sweep_of(["127.255.255.255"], port, patience=Patience(timeout=5))
        assert await run(sweep) == {}
        assert time.monotonic() - started < 1  # nothing was sent: there is nothing to wait for
        (refused,) = sweep.refused
        assert refused.endpoint == Endpoint("127.255.255.255", port)
        assert refused.count == 1
        assert "broadcast" in refused.reason
        assert sweep.tally.datagrams == 0


async def test_memory_does_not_grow_with_the_addresses(monkeypatch):
    monkeypatch.setattr(Wire, "send", lambda _self, datagrams, six=False: len(datagrams))

    async def peak(texts):
        sweep = await sweep_of(texts, 1161, patience=Patience(timeout=0.01))
        tracemalloc.start()
        try:
            await run(sweep)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    await peak(["127.23.0.0/24"])
    small, large = await peak(["127.23.0.0/24"]), await peak(["127.23.0.0/17"])
    assert large < small + 200_000


async def test_the_loop_stays_responsive():
    worst = 0.0

    async def watch():
        nonlocal worst
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0)
            worst = max(worst, time.perf_counter() - before)

    async with Responders() as agents:
        port = agents.add("127.23.3.1")
        sweep = await sweep_of(["127.23.0.0/20"], port, rate=Rate(None, 0))
        watcher = asyncio.create_task(watch())
        await run(sweep)
        watcher.cancel()
    assert worst < 0.05


@pytest.mark.parametrize("community", ["public", "", "@\x7f\x02\x04@", "ä" * 40, "x" * 200])
def test_probes_differ_in_their_id_alone(community):
    questions = Questions((Version.V2C, Version.V1), (community,), Random(3))
    for probe in questions.probes[0]:
        for number in (0, 1, 65_533, (1 << 30) - 1):
            octets = questions.request_id(number).to_bytes(4, "big")
            message = decode(probe.head + octets + probe.tail)
            assert message.community == community.encode()
            assert message.version is probe.version
            assert questions.number(message.pdu.request_id, 1 << 30) == number
        if community:
            assert community not in repr(probe)


def test_a_foreign_id_is_no_target():
    questions = Questions((Version.V2C,), ("public",), Random(3))
    assert questions.number(questions.request_id(10), 10) is None
    assert questions.number(0, 1 << 30) is None
    assert questions.number(-5, 1 << 30) is None
