"""Asks one address one question that may go so far, and says what came of it."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, replace
from random import Random
from typing import Self, TypeAlias

from core.discovery.hops.leveled import open_socket, receive
from core.discovery.hops.question import Question
from core.discovery.hops.word import Kind, Word, word_of
from core.discovery.pace import Clock, Pacer
from core.discovery.sockaddr import Address, six_address
from core.model.identity import Endpoint
from core.snmp.errors import SnmpDecodeError
from core.snmp.icmp import waiting_errors
from core.snmp.message import decode
from core.snmp.v3.wire import message_id

_AT_ONCE = 64
_Key: TypeAlias = tuple[int, str, int]  # the level, the host without its interface, the port


@dataclass(frozen=True, slots=True)
class _Asked:
    request_id: int
    sent: float
    word: asyncio.Future[Word]


class Prober:
    """Sockets by how far they may send, opened as they are needed. Made inside a running loop."""

    def __init__(self, pacer: Pacer, clock: Clock, random: Random) -> None:
        self._pacer = pacer
        self._clock = clock
        self._random = random
        self._loop = asyncio.get_running_loop()
        self._socks: dict[tuple[socket.AddressFamily, int], socket.socket] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._asked: dict[_Key, _Asked] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self.datagrams = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop at once."""
        for task in self._tasks:
            task.cancel()
        for sock in self._socks.values():
            if not self._tasks:
                self._loop.remove_reader(sock)
            sock.close()
        self._socks.clear()

    async def ask(self, endpoint: Endpoint, question: Question, ttl: int, wait: float) -> Word:
        """Send the question so that it may cross ``ttl`` - 1 routers and wait for the first word,
        ``wait`` seconds at most. Never raises: what could not be sent is a word, too.
        """
        key = (ttl, endpoint.address.partition("%")[0], endpoint.port)
        async with self._turns:
            while key in self._asked:
                await asyncio.wait([self._asked[key].word])
                await asyncio.sleep(0)
            await self._pacer.take(1)
            request_id = self._random.getrandbits(30) | 0x40000000
            asked = _Asked(request_id, self._clock.now(), self._loop.create_future())
            self._asked[key] = asked
            try:
                return await self._ask(endpoint, question, ttl, wait, asked)
            finally:
                del self._asked[key]
                asked.word.cancel()

    async def _ask(
        self, endpoint: Endpoint, question: Question, ttl: int, wait: float, asked: _Asked
    ) -> Word:
        six = ":" in endpoint.address
        try:
            sock = self._socket(socket.AF_INET6 if six else socket.AF_INET, ttl)
            address = six_address(endpoint) if six else (endpoint.address, endpoint.port)
            self._send(sock, question.datagram(asked.request_id), address)
        except OSError as error:
            return Word(Kind.NOT_SENT, str(error.strerror or error))
        try:
            async with asyncio.timeout(wait):
                return await asked.word
        except TimeoutError:
            return Word(Kind.SILENCE)

    def _send(self, sock: socket.socket, data: bytes, address: Address) -> None:
        try:
            sock.sendto(data, address)
        except OSError:
            # It may be about a question sent before: the system tells each error once.
            sock.sendto(data, address)
        self.datagrams += 1

    def _socket(self, family: socket.AddressFamily, ttl: int) -> socket.socket:
        sock = self._socks.get((family, ttl))
        if sock is None:
            sock = self._socks[family, ttl] = open_socket(family, ttl)
            try:
                self._loop.add_reader(sock, self._readable, sock, ttl)
            except NotImplementedError:  # Windows' own loop
                self._tasks.append(self._loop.create_task(self._receive(sock, ttl)))
        return sock

    def _readable(self, sock: socket.socket, ttl: int) -> None:
        for _ in range(_AT_ONCE):
            try:
                data, source, left = receive(sock)
            except BlockingIOError:
                break
            except OSError:
                continue
            self._arrived(ttl, data, source, left)
        self._take_errors(sock, ttl)

    async def _receive(self, sock: socket.socket, ttl: int) -> None:
        while True:
            try:
                data, source = await self._loop.sock_recvfrom(sock, 65_535)
            except OSError:
                await self._clock.sleep(0.02)  # about a question sent before, or a broken socket
            else:
                self._arrived(ttl, data, source, None)

    def _arrived(self, ttl: int, data: bytes, source: Address, left: int | None) -> None:
        key = (ttl, source[0].partition("%")[0], source[1])
        if key not in self._asked:
            key = self._by_request_id(ttl, data) or key
        self._settle(key, Word(Kind.ANSWER, ttl=left))

    def _by_request_id(self, ttl: int, data: bytes) -> _Key | None:
        """Find what an answer from another address belongs to."""
        try:
            request_id = decode(data).pdu.request_id
        except SnmpDecodeError:
            number = message_id(data)
            if number is None:
                return None
            request_id = number
        keys = (key for key, asked in self._asked.items() if asked.request_id == request_id)
        return next((key for key in keys if key[0] == ttl), None)

    def _take_errors(self, sock: socket.socket, ttl: int) -> None:
        for error in waiting_errors(sock):
            self._settle((ttl, error.host.partition("%")[0], error.port), word_of(error))

    def _settle(self, key: _Key, word: Word) -> None:
        asked = self._asked.get(key)
        if asked is not None and not asked.word.done():
            asked.word.set_result(replace(word, seconds=self._clock.now() - asked.sent))
