"""SNMPv3 messages, to and from the wire (RFC 3412 section 6, RFC 3414 section 2.4).

Only the frame is read and written here; nothing in it is believed before ``core.snmp.v3.session``
has seen its digest.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.snmp.ber import expect, header, integer_content, tlv
from core.snmp.errors import SnmpDecodeError

VERSION = 3
USM = 3  # RFC 3411 section 5, SnmpSecurityModel
MAX_SIZE = 65_507  # the most that UDP over IPv4 carries
AUTH, PRIV, REPORTABLE = 1, 2, 4  # msgFlags
MAX_ENGINE_ID = 64  # octets; the standard says 32 at most, some firmware is wordier
_START = b"\x02\x01\x03"


@dataclass(frozen=True, slots=True)
class Stamp:
    """An authoritative engine and its clock, as they stand in a message."""

    engine_id: bytes
    boots: int
    time: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A message up to its scoped PDU, which lies (encrypted or not) from ``start`` to ``stop``.

    ``digest_at`` is where the ``digest`` begins in the datagram.
    """

    message_id: int
    flags: int
    model: int
    stamp: Stamp
    user: bytes
    digest: bytes
    digest_at: int
    salt: bytes
    start: int
    stop: int


def message_id(data: bytes) -> int | None:
    """Give the msgID where this begins as an SNMPv3 message does, else ``None``; never fails."""
    try:
        start, stop = expect(data, 0, len(data), 0x30, "the message")
        if data[start : start + 3] != _START:
            return None
        start, stop = expect(data, start + 3, stop, 0x30, "the header")
        return _integer(data, start, stop, "the message id")[0]
    except SnmpDecodeError:
        return None


def open_frame(data: bytes) -> Frame:
    """Read a message; raises ``SnmpDecodeError``, and nothing else, where it is none."""
    start, end = expect(data, 0, len(data), 0x30, "the message")
    number, pos = _integer(data, start, end, "the version")
    if number != VERSION:
        raise SnmpDecodeError(f"it is of the SNMP version number {number}, not 3")
    start, stop = expect(data, pos, end, 0x30, "the header")
    number, pos = _integer(data, start, stop, "the message id")
    _, pos = _integer(data, pos, stop, "the largest size")
    flags, pos = _octets(data, pos, stop, "the flags")
    model, _ = _integer(data, pos, stop, "the security model")
    if len(flags) != 1:
        raise SnmpDecodeError("the flags are not one octet")
    start, body = expect(data, stop, end, 0x04, "the security parameters")
    stamp, user, digest, digest_at, salt = _security(data, start, body)
    tag, first, last = header(data, body, end)
    if tag != (0x04 if flags[0] & PRIV else 0x30):
        raise SnmpDecodeError("what it says of its encryption is not so")
    span = (first, last) if flags[0] & PRIV else (body, last)
    return Frame(number, flags[0], model, stamp, user, digest, digest_at, salt, *span)


def _security(data: bytes, pos: int, end: int) -> tuple[Stamp, bytes, bytes, int, bytes]:
    pos, stop = expect(data, pos, end, 0x30, "the parameters of USM")
    engine_id, pos = _octets(data, pos, stop, "the engine id")
    boots, pos = _integer(data, pos, stop, "the boots of the engine")
    time, pos = _integer(data, pos, stop, "the time of the engine")
    user, pos = _octets(data, pos, stop, "the user name")
    digest_at, pos = expect(data, pos, stop, 0x04, "the digest")
    digest = data[digest_at:pos]
    salt, _ = _octets(data, pos, stop, "the salt")
    if len(engine_id) > MAX_ENGINE_ID:
        raise SnmpDecodeError("its engine id is too long")
    if not (0 <= boots < 1 << 31 and 0 <= time < 1 << 31):
        raise SnmpDecodeError("the clock of its engine is out of range")
    return Stamp(engine_id, boots, time), user, digest, digest_at, salt


def write(
    number: int, flags: int, stamp: Stamp, user: bytes, digest_size: int, salt: bytes, body: bytes
) -> tuple[bytes, int]:
    """Write a message with an empty digest; gives it, and where the digest goes.

    ``body`` is the scoped PDU, or the octets that it was encrypted to.
    """
    head = b"".join(
        [
            tlv(0x02, integer_content(number)),
            tlv(0x02, integer_content(MAX_SIZE)),
            bytes((0x04, 1, flags)),
            bytes((0x02, 1, USM)),
        ]
    )
    tail = bytes(digest_size) + tlv(0x04, salt)
    usm = b"".join(
        [
            tlv(0x04, stamp.engine_id),
            tlv(0x02, integer_content(stamp.boots)),
            tlv(0x02, integer_content(stamp.time)),
            tlv(0x04, user),
            bytes((0x04, digest_size)),  # at most 48: a length of one octet
            tail,
        ]
    )
    scoped = tlv(0x04, body) if flags & PRIV else body
    whole = tlv(0x30, _START + tlv(0x30, head) + tlv(0x04, tlv(0x30, usm)) + scoped)
    return whole, len(whole) - len(scoped) - len(tail)


def scoped_pdu(engine_id: bytes, context: bytes, pdu: bytes) -> bytes:
    """Write a scoped PDU (RFC 3412 section 6)."""
    return tlv(0x30, tlv(0x04, engine_id) + tlv(0x04, context) + pdu)


def inside_scoped(data: bytes, start: int, stop: int) -> tuple[int, int, int]:
    """Find the PDU in a scoped PDU: gives its tag, start and stop of its content.

    Octets behind it (the padding of DES) are left aside.
    """
    pos, end = expect(data, start, stop, 0x30, "the scoped PDU")
    _, pos = _octets(data, pos, end, "the context's engine id")
    _, pos = _octets(data, pos, end, "the context name")
    return header(data, pos, end)


def _integer(data: bytes, pos: int, end: int, name: str) -> tuple[int, int]:
    start, stop = expect(data, pos, end, 0x02, name)
    if not 1 <= stop - start <= 8:
        raise SnmpDecodeError(f"{name} has {stop - start} octets")
    return int.from_bytes(data[start:stop], "big", signed=True), stop


def _octets(data: bytes, pos: int, end: int, name: str) -> tuple[bytes, int]:
    start, stop = expect(data, pos, end, 0x04, name)
    return data[start:stop], stop
