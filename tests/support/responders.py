"""SNMP agents on loopback, in the test's own loop, that behave as badly as they are told."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self

from core.model.identity import Endpoint
from core.snmp.access import Version
from core.snmp.message import Message, Pdu, PduKind, decode, encode
from core.snmp.types import Oid, Tag, Value, VarBind

SYS_DESCR = (1, 3, 6, 1, 2, 1, 1, 1, 0)
SYS_OBJECT_ID = (1, 3, 6, 1, 2, 1, 1, 2, 0)
DEFAULT_MIB: dict[Oid, Value] = {
    SYS_DESCR: Value(Tag.OCTET_STRING, b"Test agent"),
    SYS_OBJECT_ID: Value(Tag.OBJECT_IDENTIFIER, (1, 3, 6, 1, 4, 1, 99999)),
}


@dataclass(frozen=True, slots=True)
class Manners:
    """How an agent behaves. ``loss`` is the share lost each way; ``delay`` is in seconds.

    ``reply_id`` changes the request id of answers; ``reply_from`` is another bound endpoint that
    answers; ``raw`` is sent in place of an answer; ``deaf`` says which requests (counted from 1,
    with their version) are not heard.
    """

    versions: tuple[Version, ...] = (Version.V2C, Version.V1)
    communities: tuple[str, ...] = ("public",)
    mib: Mapping[Oid, Value] = field(default_factory=lambda: DEFAULT_MIB)
    loss: float = 0.0
    delay: float = 0.0
    status: int = 0
    reply_id: Callable[[int], int] | None = None
    reply_from: Endpoint | None = None
    raw: bytes | None = None
    deaf: Callable[[int, Version], bool] = lambda _count, _version: False


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it arrived, lost or not."""

    endpoint: Endpoint
    version: Version
    community: str
    kind: PduKind
    at: float


class Responders:
    """Agents by endpoint, all open for as long as the block runs."""

    def __init__(self, seed: int = 1) -> None:
        self.heard: list[Heard] = []
        self._random = Random(seed)
        self._socks: dict[Endpoint, socket.socket] = {}
        self._counts: dict[Endpoint, int] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        loop = asyncio.get_running_loop()
        for sock in self._socks.values():
            loop.remove_reader(sock)
            sock.close()
        self._socks.clear()

    def add(self, address: str, port: int = 0, manners: Manners | None = None) -> int:
        """Open an agent; gives its port (0 chooses one)."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.bind((address, port))
        endpoint = Endpoint(address, sock.getsockname()[1])
        self._socks[endpoint] = sock
        loop = asyncio.get_running_loop()
        loop.add_reader(sock, self._readable, sock, endpoint, manners or Manners())
        return endpoint.port

    def asked(self, endpoint: Endpoint) -> list[Heard]:
        """Every request that came to an endpoint."""
        return [heard for heard in self.heard if heard.endpoint == endpoint]

    def _readable(self, sock: socket.socket, endpoint: Endpoint, manners: Manners) -> None:
        while True:
            try:
                data, peer = sock.recvfrom(65535)
            except BlockingIOError:
                return
            except OSError:
                continue
            self._take(data, peer, endpoint, manners)

    def _take(self, data: bytes, peer: Any, endpoint: Endpoint, manners: Manners) -> None:
        message = decode(data)
        community = message.community.decode()
        heard = Heard(endpoint, message.version, community, message.pdu.kind, time.monotonic())
        self.heard.append(heard)
        count = self._counts[endpoint] = self._counts.get(endpoint, 0) + 1
        if message.version not in manners.versions or community not in manners.communities:
            return
        if manners.deaf(count, message.version) or self._lost(manners) or self._lost(manners):
            return
        reply = manners.raw if manners.raw is not None else _reply(message, manners)
        sock = self._socks[manners.reply_from or endpoint]
        loop = asyncio.get_running_loop()
        loop.call_later(manners.delay, self._send, sock, reply, peer)

    def _lost(self, manners: Manners) -> bool:
        return self._random.random() < manners.loss

    def _send(self, sock: socket.socket, reply: bytes, peer: Any) -> None:
        if sock.fileno() >= 0:
            sock.sendto(reply, peer)


def _reply(message: Message, manners: Manners) -> bytes:
    pdu = message.pdu
    request_id = manners.reply_id(pdu.request_id) if manners.reply_id else pdu.request_id
    if manners.status:
        answer = Pdu(PduKind.RESPONSE, request_id, manners.status, 1, pdu.varbinds)
        return encode(Message(message.version, message.community, answer))
    oids = [varbind.oid for varbind in pdu.varbinds]
    if pdu.kind is PduKind.GET:
        found = [VarBind(oid, manners.mib.get(oid, _MISSING)) for oid in oids]
    else:
        found = [_after(oid, manners.mib) for oid in oids]
        if pdu.kind is PduKind.GET_BULK:
            row = found
            for _ in range(pdu.error_index - 1):
                row = [_after(varbind.oid, manners.mib) for varbind in row]
                found = found + row
    status, index = 0, 0
    if message.version is Version.V1:
        bad = [n for n, varbind in enumerate(found, 1) if not varbind.value.present]
        if bad:
            found, status, index = list(pdu.varbinds), 2, bad[0]
    answer = Pdu(PduKind.RESPONSE, request_id, status, index, tuple(found))
    return encode(Message(message.version, message.community, answer))


_MISSING = Value(Tag.NO_SUCH_OBJECT, None)
_END = Value(Tag.END_OF_MIB_VIEW, None)


def _after(oid: Oid, mib: Mapping[Oid, Value]) -> VarBind:
    following = min((name for name in mib if name > oid), default=None)
    return VarBind(oid, _END) if following is None else VarBind(following, mib[following])
