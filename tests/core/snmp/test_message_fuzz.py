"""Whatever arrives, only ``SnmpDecodeError`` leaves the decoder, and soon."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from core.snmp.access import Version
from core.snmp.errors import SnmpDecodeError
from core.snmp.message import Message, Pdu, PduKind, decode, encode
from core.snmp.types import Tag, Value, VarBind
from tests.support.snmp_messages import messages


def read(data: bytes) -> Message | None:
    try:
        return decode(data)
    except SnmpDecodeError:
        return None


@given(st.binary(max_size=200))
def test_noise(data):
    read(data)


@given(st.binary(max_size=60))
def test_noise_behind_a_good_beginning(data):
    read(bytes.fromhex("3082ffff020101040670") + data)
    head = bytes.fromhex("020101 0400 a230 020101 020100 020100 3025 3023 0601 2b")
    read(bytes((0x30, min(127, len(head) + len(data)))) + head + data)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(encode(draw(messages())))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data) - 1))
        match draw(st.sampled_from(["set", "cut", "insert", "flip"])):
            case "set":
                data[place] = draw(st.sampled_from([0, 1, 0x30, 0x7F, 0x80, 0x81, 0x84, 0xFF]))
            case "cut":
                del data[place : place + draw(st.integers(1, 8))]
            case "insert":
                data[place:place] = draw(st.binary(min_size=1, max_size=8))
            case "flip":
                data[place] ^= 1 << draw(st.integers(0, 7))
        if not data:
            break
    return bytes(data)


@given(mutated())
def test_damaged_messages(data):
    message = read(data)
    if message is not None:
        for varbind in message.pdu.varbinds:
            assert isinstance(varbind.value, Value)
            assert len(varbind.oid) >= 2


def seconds_to_read(data: bytes) -> float:
    started = time.process_time()
    read(data)
    return time.process_time() - started


def test_the_largest_datagrams_are_read_in_bounded_time():
    # As many of the smallest variables as fit; one name and one number of all the octets.
    small = encode(
        Message(
            Version.V2C,
            b"",
            Pdu(PduKind.RESPONSE, 1, 0, 0, (VarBind((1, 3), Value(Tag.NULL, None)),) * 4000),
        )
    )
    head = bytes.fromhex("020101 0400")
    fields = bytes.fromhex("020101 020100 020100")

    def one(name: bytes, value: bytes) -> bytes:
        def wrap(tag: int, content: bytes) -> bytes:
            return bytes((tag, 0x83)) + len(content).to_bytes(3, "big") + content

        varbind = wrap(0x30, wrap(0x06, name) + wrap(0x41, value))
        return wrap(0x30, head + wrap(0xA2, fields + wrap(0x30, varbind)))

    for data in (
        small,
        one(b"\xff" * 65_000 + b"\x01", b"\x00"),
        one(b"\x01" * 65_000, b"\x00"),
        one(b"\x2b", b"\xff" * 65_000),
        one(b"\x2b", b"\x00" * 65_000),
    ):
        assert seconds_to_read(data) < 0.5
