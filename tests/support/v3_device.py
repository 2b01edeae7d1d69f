"""A device that speaks SNMPv3 on loopback, and is good until a test gives it other manners."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias, cast

from core.model.identity import Endpoint
from core.snmp.access import Version
from core.snmp.ber import encoded_oid, integer_content, tlv
from core.snmp.message import Message as Community
from core.snmp.message import Pdu, PduKind, encode, open_pdu, read_pairs
from core.snmp.types import Oid, Tag, Value, VarBind
from core.snmp.v3.reports import NOT_IN_WINDOW, UNKNOWN_ENGINE, UNKNOWN_USER, WRONG_DIGEST
from core.snmp.v3.user import V3User
from core.snmp.v3.usm import Usm
from core.snmp.v3.wire import AUTH, PRIV, Frame, Stamp, inside_scoped, open_frame, scoped_pdu, write

Manners: TypeAlias = "Callable[[V3Device, Asked], Iterable[bytes]]"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its frame, its own number, and the names; both empty where it is hidden."""

    frame: Frame
    number: int
    oids: tuple[Oid, ...]


class V3Device(asyncio.DatagramProtocol):
    """``asked`` is what came."""

    def __init__(self, user: V3User, engine_id: bytes, manners: Manners | None) -> None:
        self.usm = Usm(user)
        self.engine_id = engine_id
        self.boots, self.time = 3, 1_000
        self.asked: list[Asked] = []
        self.endpoint = Endpoint("")
        self.manners = manners
        self._sock: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._sock = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        frame = open_frame(data)
        asked = self._read(frame, data)
        self.asked.append(asked)
        replies = self.good(asked, data) if self.manners is None else self.manners(self, asked)
        for reply in replies:
            self._sock.sendto(reply, addr)

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.engine_id, self.boots, self.time)

    def _read(self, frame: Frame, data: bytes) -> Asked:
        plain, start, stop = data, frame.start, frame.stop
        if frame.flags & PRIV:
            keys = self.usm.keys_at(frame.stamp.engine_id)
            found = self.usm.cipher.decrypt(keys, frame.stamp, frame.salt, data[start:stop])
            plain = found or b""
            start, stop = 0, len(plain)
        _, first, last = inside_scoped(plain, start, stop)
        envelope = open_pdu(plain, first, last, Version.V3, b"", PduKind.GET)
        names = tuple(oid for oid, _ in read_pairs(plain, envelope))
        return Asked(frame, envelope.request_id, names)

    def good(self, asked: Asked, data: bytes = b"") -> list[bytes]:
        """Answer as RFC 3414 wants it; every object has the value 7."""
        frame = asked.frame
        if frame.stamp.engine_id != self.engine_id:
            return [self.report(asked, UNKNOWN_ENGINE, proven=False)]
        if frame.user != self.usm.user.name.encode():
            return [self.report(asked, UNKNOWN_USER, proven=False)]
        if data and frame.flags & AUTH and not self._proved(frame, data):
            return [self.report(asked, WRONG_DIGEST, proven=False)]
        stamp = frame.stamp
        late = abs(stamp.time - self.time) > 150
        if frame.flags & AUTH and (stamp.boots != self.boots or late):
            return [self.report(asked, NOT_IN_WINDOW, proven=True)]
        return [self.answer(asked)]

    def _proved(self, frame: Frame, data: bytes) -> bool:
        size, place = len(frame.digest), frame.digest_at
        blank = data[:place] + bytes(size) + data[place + size :]
        return self.usm.cipher.digest(self.usm.keys_at(self.engine_id), blank) == frame.digest

    def report(self, asked: Asked, oid: Oid, *, proven: bool, stamp: Stamp | None = None) -> bytes:
        """Write a report."""
        varbind = (oid, b"\x41\x01\x05")
        return self._secured(asked, 0xA8, varbind, AUTH if proven else 0, stamp or self.stamp)

    def answer(
        self, asked: Asked, value: int = 7, *, flags: int | None = None, stamp: Stamp | None = None
    ) -> bytes:
        """Write an answer, as secured as the question unless ``flags`` say otherwise."""
        kept = asked.frame.flags & (AUTH | PRIV) if flags is None else flags
        content = tlv(0x02, integer_content(value))
        varbind = (asked.oids[0] if asked.oids else (1, 3), content)
        return self._secured(asked, 0xA2, varbind, kept, stamp or self.stamp)

    def forged(self, asked: Asked, value: int) -> bytes:
        """Write an answer with a digest that is wrong."""
        whole = bytearray(self.answer(asked, value))
        frame = open_frame(bytes(whole))
        whole[frame.digest_at] ^= 0xFF
        return bytes(whole)

    def by_community(self, asked: Asked, value: int) -> bytes:
        """Write the answer that version 2c would have, to this number."""
        names = tuple(VarBind(oid, Value(Tag.INTEGER, value)) for oid in asked.oids)
        pdu = Pdu(PduKind.RESPONSE, asked.frame.message_id, 0, 0, names)
        return encode(Community(Version.V2C, b"", pdu))

    def _secured(
        self, asked: Asked, tag: int, varbind: tuple[Oid, bytes], flags: int, stamp: Stamp
    ) -> bytes:
        name, value = varbind
        numbers = tlv(2, integer_content(asked.number)) + b"\x02\x01\x00\x02\x01\x00"
        pdu = tlv(tag, numbers + tlv(0x30, tlv(0x30, encoded_oid(name) + value)))
        body, salt = scoped_pdu(stamp.engine_id, b"", pdu), b""
        keys, cipher = self.usm.keys_at(stamp.engine_id), self.usm.cipher
        if flags & PRIV:
            body, salt = cipher.encrypt(keys, stamp, body)
        size = cipher.digest_size if flags & AUTH else 0
        number, user = asked.frame.message_id, asked.frame.user
        whole, place = write(number, flags, stamp, user, size, salt, body)
        if not size:
            return whole
        return whole[:place] + cipher.digest(keys, whole) + whole[place + size :]


@asynccontextmanager
async def serve_v3(
    user: V3User,
    manners: Manners | None = None,
    *,
    address: str = "127.46.0.3",
    engine_id: bytes = b"\x80\x00\x1f\x88\x04device",
) -> AsyncIterator[V3Device]:
    """Run a device on a free port until the block ends."""
    device = V3Device(user, engine_id, manners)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: device, local_addr=(address, 0))
    device.endpoint = Endpoint(*transport.get_extra_info("sockname")[:2])
    try:
        yield device
    finally:
        transport.close()
