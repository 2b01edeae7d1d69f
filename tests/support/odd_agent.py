"""An SNMP agent on loopback that is good until a test gives it other manners."""

from __future__ import annotations

import asyncio
import bisect
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import TypeAlias, cast

from core.model.identity import Endpoint
from core.snmp.message import Message, Pdu, PduKind, decode, encode
from core.snmp.types import Oid, Tag, Value, VarBind

Manners: TypeAlias = "Callable[[OddAgent, Message], Iterable[bytes]]"
END = Value(Tag.END_OF_MIB_VIEW, None)
ABSENT = Value(Tag.NO_SUCH_INSTANCE, None)
NULL = Value(Tag.NULL, None)


def number(value: int) -> Value:
    """Make an INTEGER."""
    return Value(Tag.INTEGER, value)


def table(root: Oid, columns: int, rows: int) -> dict[Oid, Value]:
    """Make a table: the value of column c, row r is 100 c + r."""
    return {
        (*root, column, row): number(100 * column + row)
        for column in range(1, columns + 1)
        for row in range(1, rows + 1)
    }


def reply(request: Message, *varbinds: VarBind, status: int = 0, index: int = 0) -> bytes:
    """Write an answer to a request."""
    pdu = Pdu(PduKind.RESPONSE, request.pdu.request_id, status, index, varbinds)
    return encode(Message(request.version, request.community, pdu))


def error(request: Message, status: int, index: int) -> bytes:
    """Write an error: the names asked, the status and where it points."""
    return reply(request, *request.pdu.varbinds, status=status, index=index)


class OddAgent(asyncio.DatagramProtocol):
    """``requests`` is what came; ``manners`` gives the datagrams to answer with.

    ``answering`` is the socket to answer from and the address to answer to.
    """

    def __init__(self, values: Mapping[Oid, Value], manners: Manners | None) -> None:
        self.values = dict(values)
        self.requests: list[Message] = []
        self.heard = asyncio.Event()
        self.endpoint = Endpoint("")
        self.delay = 0.0
        self.answered = 0
        self.answering: tuple[asyncio.DatagramTransport, tuple[str, int]]
        self.failure: Exception | None = None
        self._names = sorted(self.values)
        self._manners = manners or (lambda agent, request: [agent.good(request)])
        self._sockets: list[asyncio.DatagramTransport] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._sockets.append(cast("asyncio.DatagramTransport", transport))

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        request = decode(data)
        self.requests.append(request)
        self.heard.set()
        asyncio.get_running_loop().call_later(self.delay, self._answer, request, addr)

    def _answer(self, request: Message, address: tuple[str, int]) -> None:
        # The last socket is the one to answer from; most agents have only one.
        self.answering = (self._sockets[-1], address)
        try:
            for data in self._manners(self, request):
                self._sockets[-1].sendto(data, address)
            self.answered += 1
        except Exception as failure:  # noqa: BLE001 - a bug of the test must reach the test
            self.failure = failure

    def good(self, request: Message) -> bytes:
        """Answer as RFC 1157 or RFC 3416 wants it."""
        names = [varbind.oid for varbind in request.pdu.varbinds]
        if request.pdu.kind is PduKind.GET:
            found = [VarBind(name, self.values.get(name, ABSENT)) for name in names]
        elif request.pdu.kind is PduKind.GET_NEXT:
            found = [self.following(name) for name in names]
        else:
            found = self.bulk(names, request.pdu.error_index)
        if request.version == "1":
            for index, varbind in enumerate(found, start=1):
                if varbind.value.tag >= Tag.NO_SUCH_OBJECT:
                    return error(request, 2, index)
        return reply(request, *found)

    def bulk(self, names: list[Oid], repetitions: int) -> list[VarBind]:
        """Collect the rows of a GETBULK without non-repeaters."""
        found: list[VarBind] = []
        for _ in range(repetitions):
            row = [self.following(name) for name in names]
            found += row
            names = [varbind.oid for varbind in row]
        return found

    def following(self, name: Oid) -> VarBind:
        """Give what follows a name."""
        place = bisect.bisect_right(self._names, name)
        if place == len(self._names):
            return VarBind(name, END)
        return VarBind(self._names[place], self.values[self._names[place]])

    def asked(self, kind: PduKind) -> list[Message]:
        """Give the requests of one kind."""
        return [request for request in self.requests if request.pdu.kind is kind]


@asynccontextmanager
async def serve(
    values: Mapping[Oid, Value] | None = None,
    manners: Manners | None = None,
    *,
    address: str = "127.24.0.1",
    answers_from: str | None = None,
) -> AsyncIterator[OddAgent]:
    """Run an agent on a free port until the block ends."""
    loop = asyncio.get_running_loop()
    agent = OddAgent(values or {}, manners)
    transports = []
    for host in (address, answers_from):
        if host is not None:
            transport, _ = await loop.create_datagram_endpoint(lambda: agent, local_addr=(host, 0))
            transports.append(transport)
    agent.endpoint = Endpoint(*transports[0].get_extra_info("sockname")[:2])
    try:
        yield agent
    finally:
        for transport in transports:
            transport.close()
        if agent.failure is not None:
            raise agent.failure
