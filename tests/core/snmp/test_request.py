from __future__ import annotations

from core.model.identity import Endpoint
from core.snmp.budget import Budget
from core.snmp.icmp import NetworkError
from core.snmp.message import open_envelope
from core.snmp.request import Reply, Request, Route

ANSWER = bytes.fromhex("3017 020101 0400 a210 020107 020100 020100 3005 3003 0601 2b")


class Wire:
    """A socket that only counts."""

    def __init__(self):
        self.room = Budget(10_000)
        self.sent = 0

    async def send(self, data, address, patience):
        self.sent += 1


def request_on(wire):
    endpoint = Endpoint("127.24.0.1")
    return Request(7, Route(endpoint, ("127.24.0.1", 161), ("127.24.0.1", 161), wire))


async def test_an_answer_between_two_tries_is_kept_for_the_next():
    wire = Wire()
    request = request_on(wire)
    reply = Reply(open_envelope(ANSWER), ANSWER, None)
    request.settle(reply)
    assert await request.attempt(b"question", 5, 100) is reply
    assert wire.sent == 0
    assert await request.attempt(b"question", 0.01, 100) is None
    assert wire.sent == 1


async def test_an_error_between_two_tries_is_old_news():
    wire = Wire()
    request = request_on(wire)
    request.settle(NetworkError("127.24.0.1", 161, 111))
    assert await request.attempt(b"question", 0.01, 100) is None
    assert wire.sent == 1


async def test_silence_gives_its_room_back():
    wire = Wire()
    request = request_on(wire)
    for _ in range(3):
        assert await request.attempt(b"question", 0.001, 9_000) is None
