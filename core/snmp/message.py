"""SNMP v1 and v2c messages, to and from the wire (RFC 1157 section 4, RFC 3416 section 3).

``encode`` and ``decode`` serve both sides: the client, and the simulated printers. There is no
way to write a SetRequest: ``PduKind`` has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from core.snmp.access import Version
from core.snmp.ber import (
    encoded_oid,
    expect,
    header,
    integer_content,
    oid_from,
    remembered_oid,
    tlv,
)
from core.snmp.errors import SnmpDecodeError
from core.snmp.types import Oid, Value, VarBind
from core.snmp.values import NULL, decode_value, encode_value, remembered_value

MAX_DATAGRAM = 65_507  # the most that UDP over IPv4 carries
MAX_VARBINDS = 4_096


class PduKind(IntEnum):
    """The PDUs that Platen writes and reads, by their tag."""

    GET = 0xA0
    GET_NEXT = 0xA1
    RESPONSE = 0xA2
    GET_BULK = 0xA5


_NOT_TAKEN = {
    0xA3: "a SetRequest",
    0xA4: "a version 1 Trap",
    0xA6: "an InformRequest",
    0xA7: "a Trap",
    0xA8: "a Report",
}
_KINDS = {int(kind): kind for kind in PduKind}
_VERSIONS = {0: Version.V1, 1: Version.V2C}
_WIRE_VERSIONS = {version: number for number, version in _VERSIONS.items()}


@dataclass(frozen=True, slots=True)
class Pdu:
    """One PDU. For GET_BULK ``error_status`` holds non-repeaters, ``error_index``
    max-repetitions, as on the wire.
    """

    kind: PduKind
    request_id: int
    error_status: int
    error_index: int
    varbinds: tuple[VarBind, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A whole datagram."""

    version: Version
    community: bytes
    pdu: Pdu

    def __repr__(self) -> str:
        return f"Message(version={self.version!r}, pdu={self.pdu!r})"


@dataclass(frozen=True, slots=True)
class Envelope:
    """All of a message before its variable bindings, which lie from ``start`` to ``stop``."""

    version: Version
    community: bytes
    kind: PduKind
    request_id: int
    error_status: int
    error_index: int
    start: int
    stop: int

    def __repr__(self) -> str:
        return f"Envelope(kind={self.kind!r}, request_id={self.request_id})"


def encode(message: Message) -> bytes:
    """Write a message; raises ``ValueError`` where a value is not what its tag says."""
    pdu = message.pdu
    varbinds = b"".join([_encode_varbind(varbind) for varbind in pdu.varbinds])
    numbers = (pdu.request_id, pdu.error_status, pdu.error_index)
    return _wrap(message.version, message.community, pdu.kind, numbers, varbinds)


def encode_request(
    version: Version,
    community: bytes,
    kind: PduKind,
    request_id: int,
    oids: Sequence[Oid],
    *,
    non_repeaters: int = 0,
    max_repetitions: int = 0,
) -> bytes:
    """Write a request for these names: the short way of ``encode`` for a client."""
    numbers = (request_id, non_repeaters, max_repetitions)
    varbinds = b"".join([_encode_name(oid) for oid in oids])
    return _wrap(version, community, kind, numbers, varbinds)


def encode_pdu(
    kind: PduKind, request_id: int, oids: Sequence[Oid], *, max_repetitions: int = 0
) -> bytes:
    """Write the PDU of a request by itself, as a scoped PDU of SNMPv3 holds it."""
    varbinds = b"".join([_encode_name(oid) for oid in oids])
    return _pdu(kind, (request_id, 0, max_repetitions), varbinds)


def _wrap(
    version: Version,
    community: bytes,
    kind: PduKind,
    numbers: tuple[int, int, int],
    varbinds: bytes,
) -> bytes:
    pdu = _pdu(kind, numbers, varbinds)
    return tlv(0x30, bytes((2, 1, _WIRE_VERSIONS[version])) + tlv(0x04, community) + pdu)


def _pdu(kind: PduKind, numbers: tuple[int, int, int], varbinds: bytes) -> bytes:
    fields = b"".join([tlv(0x02, integer_content(number)) for number in numbers])
    return tlv(kind, fields + tlv(0x30, varbinds))


def _encode_varbind(varbind: VarBind) -> bytes:
    if varbind.value == NULL:
        return _encode_name(varbind.oid)
    return tlv(0x30, encoded_oid(varbind.oid) + encode_value(varbind.value))


@lru_cache(maxsize=4096)
def _encode_name(oid: Oid) -> bytes:
    return tlv(0x30, encoded_oid(oid) + b"\x05\x00")


def decode(data: bytes) -> Message:
    """Read a datagram; octets behind the message are left aside.

    Raises ``SnmpDecodeError``, and nothing else, for whatever is not an SNMP v1 or v2c message of
    one of the kinds in ``PduKind``.
    """
    envelope = open_envelope(data)
    pdu = Pdu(
        envelope.kind,
        envelope.request_id,
        envelope.error_status,
        envelope.error_index,
        tuple([VarBind(oid, value) for oid, value in read_pairs(data, envelope)]),
    )
    return Message(envelope.version, envelope.community, pdu)


def open_envelope(data: bytes) -> Envelope:
    """Read a datagram up to its variable bindings: enough to know whose answer it is."""
    size = len(data)
    if size > MAX_DATAGRAM:
        raise SnmpDecodeError("it is longer than a datagram can be")
    start, stop = expect(data, 0, size, 0x30, "the message")
    number, pos = _integer(data, start, stop, "the version")
    version = _VERSIONS.get(number)
    if version is None:
        raise SnmpDecodeError(f"it is of the unknown SNMP version number {number}")
    start, pos = expect(data, pos, stop, 0x04, "the community")
    community = data[start:pos]
    kind, pos, stop = _open_pdu(data, pos, stop)
    return open_pdu(data, pos, stop, version, community, kind)


def open_pdu(
    data: bytes, pos: int, stop: int, version: Version, community: bytes, kind: PduKind
) -> Envelope:
    """Read the content of a PDU, from ``pos`` to ``stop``, up to its variable bindings."""
    request_id, pos = _integer(data, pos, stop, "the request id")
    status, pos = _integer(data, pos, stop, "the error status")
    index, pos = _integer(data, pos, stop, "the error index")
    start, stop = expect(data, pos, stop, 0x30, "the list of variables")
    return Envelope(version, community, kind, request_id, status, index, start, stop)


def _open_pdu(data: bytes, pos: int, end: int) -> tuple[PduKind, int, int]:
    tag, start, stop = header(data, pos, end)
    kind = _KINDS.get(tag)
    if kind is None:
        name = _NOT_TAKEN.get(tag, f"a PDU of the unknown type 0x{tag:02x}")
        raise SnmpDecodeError(f"it is {name}, not a response")
    return kind, start, stop


def _integer(data: bytes, pos: int, end: int, name: str) -> tuple[int, int]:
    start, stop = expect(data, pos, end, 0x02, name)
    if not 1 <= stop - start <= 8:
        raise SnmpDecodeError(f"{name} has {stop - start} octets")
    return int.from_bytes(data[start:stop], "big", signed=True), stop


def read_pairs(data: bytes, envelope: Envelope) -> list[tuple[Oid, Value]]:
    """Read the names and values of an opened message.

    The usual variable, whose lengths all have one octet, is read here in one go.
    """
    pos, end = envelope.start, envelope.stop
    pairs: list[tuple[Oid, Value]] = []
    try:
        while pos < end:
            # 30 SIZE 06 NAME-SIZE name TAG VALUE-SIZE value
            stop = pos + 2 + data[pos + 1]
            value = pos + 4 + data[pos + 3]
            if (
                data[pos] == 0x30
                and data[pos + 1] < 0x80
                and data[pos + 2] == 0x06
                and stop <= end
                and (last := value + 2 + data[value + 1]) <= stop
            ):
                name = remembered_oid(data[pos + 4 : value])
                pairs.append((name, remembered_value(data[value], data[value + 2 : last])))
                pos = stop
            else:
                pair, pos = _long_pair(data, pos, end)
                pairs.append(pair)
    except IndexError:
        raise SnmpDecodeError("it ends inside a header") from None
    if len(pairs) > MAX_VARBINDS:
        raise SnmpDecodeError("it has too many variables")
    return pairs


def _long_pair(data: bytes, pos: int, end: int) -> tuple[tuple[Oid, Value], int]:
    """Read a variable of any form; gives it and the position behind it."""
    pos, stop = expect(data, pos, end, 0x30, "a variable")
    start, pos = expect(data, pos, stop, 0x06, "a name")
    tag, first, last = header(data, pos, stop)
    return (oid_from(data[start:pos]), decode_value(tag, data[first:last])), stop
