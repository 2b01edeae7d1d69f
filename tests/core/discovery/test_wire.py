from __future__ import annotations

import errno
import socket
from collections import deque

import pytest

from core.discovery.interfaces import Path
from core.discovery.wire import Wire
from core.model.identity import Endpoint
from core.snmp.errors import SnmpNoResourcesError
from tests.support.responders import Manners, Responders
from tests.support.sweeps import run, sweep_of


class Silent:
    def __init__(self):
        self.refusals = []

    def arrived(self, data, source):
        raise AssertionError(source)

    def absent(self, host, port):
        raise AssertionError(host)

    def refused(self, address, error):
        self.refusals.append((address, error.errno))


class Sock:
    """Takes datagrams until it is told what to fail with."""

    def __init__(self, *errors):
        self.errors = deque(errors)
        self.sent = []

    def sendto(self, data, address):
        code = self.errors.popleft() if self.errors else 0
        if code:
            raise OSError(code, "as told")
        self.sent.append((data, address))

    def fileno(self):
        return -1

    def close(self):
        pass


def wire_with(listener, *socks):
    wire = Wire(Path.LOOPBACK, listener)
    wire.close()
    wire._four = deque(socks)
    return wire


FOUR = [(bytes([n]), (f"127.23.4.{n}", 161)) for n in range(1, 5)]


@pytest.mark.parametrize("code", [errno.EAGAIN, errno.ENOBUFS, errno.ENOMEM])
async def test_a_full_buffer_is_back_pressure_and_nothing_is_lost(code):
    sock = Sock(0, code, code, 0, code)
    listener = Silent()
    wire = wire_with(listener, sock)
    assert wire.send(FOUR) == 1  # tried twice: once plainly, once with care
    assert wire.send(FOUR[1:]) == 3
    assert sock.sent == FOUR
    assert listener.refusals == []


async def test_the_next_socket_takes_over_when_one_is_full():
    full, free = Sock(*[errno.EAGAIN] * 10), Sock()
    wire = wire_with(Silent(), full, free)
    assert wire.send(FOUR) == 4
    assert free.sent == FOUR


async def test_an_error_of_an_earlier_datagram_costs_nothing():
    sock = Sock(0, errno.ECONNREFUSED, errno.EHOSTUNREACH)
    listener = Silent()
    assert wire_with(listener, sock).send(FOUR) == 4
    assert sock.sent == FOUR
    assert listener.refusals == []


async def test_what_the_system_refuses_is_told_and_the_rest_is_sent():
    sock = Sock(0, *[errno.ENETUNREACH] * 4)
    listener = Silent()
    assert wire_with(listener, sock).send(FOUR) == 4
    assert sock.sent == [FOUR[0], FOUR[2], FOUR[3]]
    assert listener.refusals == [(FOUR[1][1], errno.ENETUNREACH)]


async def test_the_send_buffer_stays_as_the_system_has_it():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plain:
        stock = plain.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        received = plain.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    for path in Path:
        wire = Wire(path, Silent(), six=True)
        for sock in (*wire._four, *wire._six):
            assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == stock
        assert wire.buffer >= received
        wire.close()


async def test_no_socket_is_a_named_error(monkeypatch):
    def none_left(*_):
        raise OSError(errno.EMFILE, "Too many open files")

    sweep = await sweep_of(["127.23.4.1"], 1161)
    monkeypatch.setattr(socket, "socket", none_left)
    with pytest.raises(SnmpNoResourcesError, match="Too many open files"):
        await run(sweep)


async def test_a_buffer_that_is_full_now_and_then_delays_and_loses_nothing(monkeypatch):
    real = Wire.send
    calls = 0

    def sometimes(wire, datagrams, *, six=False):
        nonlocal calls
        calls += 1
        return 0 if calls % 3 else real(wire, datagrams[:7], six=six)

    monkeypatch.setattr(Wire, "send", sometimes)
    async with Responders() as agents:
        port = agents.add("127.23.4.1")
        for n in range(2, 60):
            agents.add(f"127.23.4.{n}", port, Manners(versions=()))
        agents.add("127.23.4.60", port)
        sweep = await sweep_of(["127.23.4.1-60"], port)
        assert sorted(await run(sweep)) == ["127.23.4.1", "127.23.4.60"]
        for n in range(2, 60):
            assert len(agents.asked(Endpoint(f"127.23.4.{n}", port))) == 4
