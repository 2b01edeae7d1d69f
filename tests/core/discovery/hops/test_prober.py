from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
from collections.abc import AsyncIterator
from random import Random

import pytest

from core.discovery.hops import prober as module
from core.discovery.hops.prober import Prober
from core.discovery.hops.question import Question
from core.discovery.hops.word import Kind
from core.discovery.pace import Pacer, Rate, SystemClock
from core.model.identity import Endpoint
from core.snmp.access import Version
from core.snmp.message import PduKind
from tests.support.ask_plainly import free_udp_port
from tests.support.responders import Manners, Responders

HOST = "127.23.9.1"


@pytest.fixture
async def prober() -> AsyncIterator[Prober]:
    clock = SystemClock()
    async with Prober(Pacer(Rate(None, 0), clock), clock, Random(5)) as made:
        yield made


async def test_an_answer_says_how_far_it_came(prober: Prober) -> None:
    async with Responders() as agents:
        there = Endpoint(HOST, agents.add(HOST))
        word = await prober.ask(there, Question(), 3, 5.0)
    assert word.kind is Kind.ANSWER
    assert word.reached
    if sys.platform == "linux":
        assert word.ttl == 64
    assert 0 < word.seconds < 5
    (heard,) = agents.heard
    assert (heard.kind, heard.version, heard.community) == (PduKind.GET, Version.V2C, "public")
    assert prober.datagrams == 1


async def test_version_and_community_are_those_of_the_question(prober: Prober) -> None:
    async with Responders() as agents:
        there = Endpoint(HOST, agents.add(HOST, 0, Manners((Version.V1,), ("secret",))))
        question = Question(Version.V1, "secret")
        assert (await prober.ask(there, question, 3, 5.0)).kind is Kind.ANSWER
        assert (await prober.ask(there, Question(), 3, 0.05)).kind is Kind.SILENCE
    assert "secret" not in repr(question)


@pytest.mark.skipif(sys.platform != "linux", reason="others do not tell of ICMP messages")
async def test_a_closed_port_is_the_host_s_own_word(prober: Prober) -> None:
    there = Endpoint(HOST, free_udp_port(HOST))
    word = await prober.ask(there, Question(), 1, 5.0)
    assert (word.kind, word.router) == (Kind.CLOSED, HOST)
    again = await prober.ask(there, Question(), 1, 5.0)
    assert again.kind is Kind.CLOSED, "the error of the last question stands in nobody's way"


async def test_an_answer_from_another_address_counts(prober: Prober) -> None:
    async with Responders() as agents:
        other = Endpoint("127.23.9.2", agents.add("127.23.9.2"))
        there = Endpoint(HOST, agents.add(HOST, 0, Manners(reply_from=other)))
        assert (await prober.ask(there, Question(), 2, 5.0)).kind is Kind.ANSWER
        strange = Manners(reply_from=other, raw=b"not SNMP")
        third = Endpoint("127.23.9.3", agents.add("127.23.9.3", 0, strange))
        assert (await prober.ask(third, Question(), 2, 0.1)).kind is Kind.SILENCE


async def test_each_question_hears_its_own_answer(prober: Prober) -> None:
    async with Responders() as agents:
        slow = Endpoint(HOST, agents.add(HOST, 0, Manners(delay=0.2)))
        quick = Endpoint("127.23.9.2", agents.add("127.23.9.2"))
        asked = [(slow, 2), (slow, 3), (quick, 2), (slow, 2), (quick, 9)]
        words = await asyncio.gather(
            *(prober.ask(where, Question(), ttl, 5.0) for where, ttl in asked)
        )
    assert all(word.kind is Kind.ANSWER for word in words)
    assert words[0].seconds >= 0.2 > words[2].seconds


async def test_ipv6_is_asked_too(prober: Prober) -> None:
    async with Responders() as agents:
        there = Endpoint("::1", agents.add("::1"))
        assert (await prober.ask(there, Question(), 1, 5.0)).kind is Kind.ANSWER
    nowhere = Endpoint("fe80::1%nowhere0", 161)
    assert (await prober.ask(nowhere, Question(), 1, 5.0)).kind is Kind.NOT_SENT


async def test_what_cannot_be_sent_is_said(prober: Prober, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> socket.socket:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(module, "open_socket", full)
    word = await prober.ask(Endpoint(HOST, 161), Question(), 1, 5.0)
    assert (word.kind, word.router) == (Kind.NOT_SENT, os.strerror(errno.EMFILE))
    assert prober.datagrams == 0
