"""The socket when the system is short of something, and when the network complains."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys

import pytest

from core.model.identity import Endpoint
from core.snmp.access import Access, Opened, Version
from core.snmp.errors import SnmpError, SnmpNoResourcesError, SnmpUnreachableError
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.sockets import UdpSocket
from tests.support.ask_plainly import free_udp_port
from tests.support.odd_agent import number, serve

NAME = (1, 3, 6, 1, 4, 1, 9999, 1, 0)
VALUES = {NAME: number(5)}
KNOWN = Opened(Version.V2C, 0)
QUICK = Policy(timeout=0.1, retries=1)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells about whom")


class Failing:
    """A socket whose ``sendto`` fails some times, or always."""

    def __init__(self, sock, number, times):
        self._sock = sock
        self._number = number
        self._times = times
        self.sent = 0

    def sendto(self, data, address):
        if self._times > 0:
            self._times -= 1
            raise OSError(self._number, "as the test wants it")
        self.sent += 1
        return self._sock.sendto(data, address)

    def __getattr__(self, name):
        return getattr(self._sock, name)


@pytest.fixture
def fail_sending(monkeypatch):
    """Make every socket opened from now on fail to send."""

    def make(number, times=10**9):
        from core.snmp import sockets

        opened = sockets.open_socket
        monkeypatch.setattr(
            sockets, "open_socket", lambda family: Failing(opened(family), number, times)
        )

    return make


async def ask_once(network, agent, policy=QUICK):
    client = network.client(agent.endpoint, Access(), policy, known=KNOWN)
    return await client.get([NAME])


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.ENOBUFS])
async def test_a_full_buffer_is_waited_for(fail_sending, number):
    fail_sending(number, times=5)
    async with serve(VALUES) as agent, SnmpNetwork() as network:
        assert await ask_once(network, agent) == VALUES
        assert len(agent.requests) == 1


async def test_a_buffer_that_stays_full_is_named(fail_sending):
    fail_sending(errno.ENOBUFS)
    async with serve(VALUES) as agent, SnmpNetwork() as network:
        with pytest.raises(SnmpNoResourcesError) as caught:
            await ask_once(network, agent)
        assert caught.value.problem.code == "snmp_no_resources"


async def test_no_way_is_named(fail_sending):
    fail_sending(errno.ENETUNREACH)
    async with serve(VALUES) as agent, SnmpNetwork() as network:
        with pytest.raises(SnmpUnreachableError, match="as the test wants it") as caught:
            await ask_once(network, agent)
        assert caught.value.problem.code == "snmp_unreachable"
        assert str(agent.endpoint) in caught.value.problem.text


async def test_an_error_about_another_datagram_does_not_stop_this_one(fail_sending):
    fail_sending(errno.ECONNREFUSED, times=1)
    async with serve(VALUES) as agent, SnmpNetwork() as network:
        assert await ask_once(network, agent) == VALUES


async def test_no_socket_is_named(monkeypatch):
    def refuse(*_):
        raise OSError(errno.EMFILE, "Too many open files")

    async with serve(VALUES) as agent, SnmpNetwork() as network:
        monkeypatch.setattr("core.snmp.sockets.socket.socket", refuse)
        with pytest.raises(SnmpNoResourcesError, match="Too many open files"):
            await ask_once(network, agent)


@pytest.mark.parametrize("address", ["printer.example.com", "", "1.2.3.4.5", "::1::"])
async def test_what_is_no_address_is_named(address):
    async with SnmpNetwork() as network:
        with pytest.raises(SnmpUnreachableError, match="not an IP address"):
            await network.client(Endpoint(address), Access()).get([NAME])


async def test_a_loop_that_cannot_watch_sockets_receives_all_the_same(monkeypatch):
    """As on Windows, where each ICMP message comes as an error of the receive call."""
    loop = asyncio.get_running_loop()
    receive, resets = loop.sock_recvfrom, 10

    def unable(*_):
        raise NotImplementedError

    async def resetting(sock, size):
        nonlocal resets
        if resets > 0:
            resets -= 1
            raise ConnectionResetError(10054, "reset by an ICMP message")
        return await receive(sock, size)

    monkeypatch.setattr(loop, "add_reader", unable)
    monkeypatch.setattr(loop, "sock_recvfrom", resetting)
    async with serve(VALUES) as agent, SnmpNetwork() as network:
        clients = [network.client(agent.endpoint, Access(), known=KNOWN) for _ in range(200)]
        results = await asyncio.gather(*(client.get([NAME]) for client in clients))
        assert results == [VALUES] * 200
        assert resets == 0
        assert sum(client.cost.requests for client in clients) == 200


@linux_only
async def test_an_icmp_error_leaves_the_loop_quiet(monkeypatch):
    calls = 0
    readable = UdpSocket._readable

    def counted(self):
        nonlocal calls
        calls += 1
        readable(self)

    monkeypatch.setattr(UdpSocket, "_readable", counted)
    closed = Endpoint("127.24.0.1", free_udp_port("127.24.0.1"))
    async with SnmpNetwork() as network:
        client = network.client(closed, Access(), Policy(timeout=5, retries=5), known=KNOWN)
        with pytest.raises(SnmpError, match="nothing listens"):
            await client.get([NAME])
        assert client.cost.requests == 2
        before = calls
        await asyncio.sleep(0.05)
        assert calls - before <= 1


@linux_only
async def test_only_those_who_asked_there_hear_of_an_icmp_error():
    closed = Endpoint("127.24.0.1", free_udp_port("127.24.0.1"))
    async with serve(VALUES) as agent, SnmpNetwork() as network:
        agent.delay = 0.02
        good = [network.client(agent.endpoint, Access(), known=KNOWN) for _ in range(20)]
        bad = [network.client(closed, Access(), QUICK) for _ in range(20)]
        results = await asyncio.gather(
            *(client.get([NAME]) for pair in zip(good, bad, strict=True) for client in pair),
            return_exceptions=True,
        )
        assert results[::2] == [VALUES] * 20
        assert {type(result).__name__ for result in results[1::2]} == {"SnmpPortClosedError"}
        assert all(client.cost.requests == 1 for client in good)


async def test_the_receive_buffer_is_what_was_granted():
    async with serve(VALUES) as agent, SnmpNetwork() as network:
        await ask_once(network, agent)
        (sock,) = network._transport._sockets.values()
        granted = sock._sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
        assert sock.room.total == granted >= 1 << 16


async def test_requests_under_way_stay_within_the_receive_buffer():
    most = 0

    def manners(agent, request):
        nonlocal most
        most = max(most, len(agent.requests) - agent.answered)
        return [agent.good(request)]

    async with serve(VALUES, manners) as agent, SnmpNetwork() as network:
        await ask_once(network, agent)
        (sock,) = network._transport._sockets.values()
        sock.room.resize(10 * 1_280)
        agent.delay = 0.01
        clients = [network.client(agent.endpoint, Access(), known=KNOWN) for _ in range(50)]
        results = await asyncio.gather(*(client.get([NAME]) for client in clients))
        assert results == [VALUES] * 50
        assert 2 <= most <= 10


async def test_ipv6_is_asked_the_same_way():
    try:
        async with serve(VALUES, address="::1") as agent, SnmpNetwork() as network:
            assert await ask_once(network, agent) == VALUES
            assert str(agent.endpoint).startswith("[::1]:")
    except OSError:
        pytest.skip("this machine has no IPv6")


async def test_closing_ends_what_is_under_way():
    async with serve(VALUES, lambda agent, request: []) as agent:
        async with SnmpNetwork() as network:
            client = network.client(agent.endpoint, Access(), Policy(timeout=30), known=KNOWN)
            waiting = asyncio.ensure_future(client.get([NAME]))
            await agent.heard.wait()
        with pytest.raises(SnmpNoResourcesError, match="closed"):
            await asyncio.wait_for(waiting, 2)
        with pytest.raises(SnmpNoResourcesError, match="closed"):
            await network.client(agent.endpoint, Access()).open()


async def test_a_cancelled_question_leaves_nothing_behind():
    async with serve(VALUES, lambda agent, request: []) as agent, SnmpNetwork() as network:
        client = network.client(agent.endpoint, Access(), Policy(timeout=30), known=KNOWN)
        waiting = asyncio.ensure_future(client.get([NAME]))
        await agent.heard.wait()
        waiting.cancel()
        await asyncio.wait([waiting])
        transport = network._transport
        assert not transport._requests
        assert not transport._by_address
        (sock,) = transport._sockets.values()
        assert sock.room._free == sock.room.total
