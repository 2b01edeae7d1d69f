from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.snmp.access import Version
from core.snmp.errors import SnmpDecodeError
from core.snmp.message import (
    MAX_DATAGRAM,
    MAX_VARBINDS,
    Message,
    Pdu,
    PduKind,
    decode,
    encode,
    encode_request,
    open_envelope,
)
from core.snmp.types import Tag, Value, VarBind
from tests.support.snmp_messages import messages, oids

UP_TIME = (1, 3, 6, 1, 2, 1, 1, 3, 0)
# A v2c answer as net-snmp writes it: sysUpTime.0 = 1000, request id 0x11223344.
ANSWER = bytes.fromhex(
    "302c 020101 0406 7075626c6963 a21f 0204 11223344 020100 020100"
    "3011 300f 0608 2b06010201010300 4303 0003e8"
)


def response(*varbinds: VarBind, version: Version = Version.V2C) -> Message:
    return Message(version, b"public", Pdu(PduKind.RESPONSE, 7, 0, 0, varbinds))


@given(messages())
def test_what_is_written_is_read_again(message):
    assert decode(encode(message)) == message


@given(messages(), st.binary(min_size=1, max_size=20))
def test_octets_behind_the_message_are_left_aside(message, rest):
    assert decode(encode(message) + rest) == message


@given(st.lists(oids(), max_size=20), st.integers(1, 2**31 - 1), st.integers(0, 100))
def test_the_short_way_writes_the_same_request(names, request_id, repetitions):
    nulls = tuple(VarBind(oid, Value(Tag.NULL, None)) for oid in names)
    pdu = Pdu(PduKind.GET_BULK, request_id, 0, repetitions, nulls)
    short = encode_request(
        Version.V2C, b"c", PduKind.GET_BULK, request_id, names, max_repetitions=repetitions
    )
    assert short == encode(Message(Version.V2C, b"c", pdu))


def test_a_known_answer_is_read():
    message = decode(ANSWER)
    assert message.version is Version.V2C
    assert message.community == b"public"
    varbind = VarBind(UP_TIME, Value(Tag.TIME_TICKS, 1000))
    assert message.pdu == Pdu(PduKind.RESPONSE, 0x11223344, 0, 0, (varbind,))


def test_the_community_is_in_no_representation():
    assert "public" not in repr(decode(ANSWER))
    assert "public" not in repr(open_envelope(ANSWER))


@pytest.mark.parametrize(
    ("tag", "word"),
    [
        (0xA3, "SetRequest"),
        (0xA4, "version 1 Trap"),
        (0xA6, "InformRequest"),
        (0xA7, "Trap"),
        (0xA8, "Report"),
        (0xA9, "0xa9"),
    ],
)
def test_other_kinds_are_named_and_not_read(tag, word):
    with pytest.raises(SnmpDecodeError, match=f"{word}.*not a response") as caught:
        decode(ANSWER.replace(b"\xa2\x1f", bytes((tag, 0x1F))))
    assert caught.value.problem.code == "snmp_malformed"


def test_there_is_no_way_to_write_a_set():
    assert 0xA3 not in set(PduKind)
    with pytest.raises(ValueError):
        PduKind(0xA3)


def test_version_3_is_named():
    data = bytearray(ANSWER)
    data[4] = 3
    with pytest.raises(SnmpDecodeError, match="version number 3"):
        decode(bytes(data))


@pytest.mark.parametrize("size", range(len(ANSWER)))
def test_every_cut_is_noticed(size):
    with pytest.raises(SnmpDecodeError):
        decode(ANSWER[:size])


def with_list(content: bytes, size: int | None = None) -> bytes:
    """An answer whose list of variables has this content, and says that it has this size."""
    listed = bytes((0x30, len(content) if size is None else size)) + content
    pdu = bytes.fromhex("020101 020100 020100") + listed
    body = bytes.fromhex("020101 0400") + bytes((0xA2, len(pdu))) + pdu
    return bytes((0x30, len(body))) + body


@pytest.mark.parametrize(
    "content", ["30", "3005", "300506", "30050601", "3005060101", "300406012b05"]
)
def test_a_variable_that_is_cut_off_is_noticed(content):
    with pytest.raises(SnmpDecodeError):
        decode(with_list(bytes.fromhex(content)))


@pytest.mark.parametrize(
    ("content", "size"),
    [
        ("3005 06012b 0500", 6),  # the variable leads out of the list
        ("3004 06012b 0500", None),  # the value out of the variable
        ("3005 06012b 0401 3005 06012b 0500", None),  # the value into the next variable
        ("3005 06042b 0500 0500", None),  # the name out of the variable
        ("3005 04012b 0500", None),  # the name is none
        ("3105 06012b 0500", None),  # the variable is none
    ],
)
def test_what_leads_out_of_its_place_is_noticed(content, size):
    assert decode(with_list(bytes.fromhex("300506012b0500"))).pdu.varbinds
    with pytest.raises(SnmpDecodeError):
        decode(with_list(bytes.fromhex(content), size))


def test_lengths_in_the_long_form_are_read():
    # The same answer with every length in three octets, as some agents write them.
    varbind = b"\x30\x82\x00\x11\x06\x08" + ANSWER[-13:-5] + b"\x43\x82\x00\x03" + ANSWER[-3:]
    listed = b"\x30\x82\x00" + bytes([len(varbind)]) + varbind
    pdu = ANSWER[15:27] + listed
    body = ANSWER[2:13] + b"\xa2\x82\x00" + bytes([len(pdu)]) + pdu
    assert decode(b"\x30\x83\x00\x00" + bytes([len(body)]) + body) == decode(ANSWER)


@pytest.mark.parametrize("length", [b"\x80", b"\x85\x00\x00\x00\x00\x2c", b"\xff"])
def test_indefinite_and_endless_lengths_are_refused(length):
    with pytest.raises(SnmpDecodeError, match="indefinite or has more than four"):
        decode(b"\x30" + length + ANSWER[2:])


def test_no_more_variables_than_bounded():
    data = encode_request(Version.V2C, b"", PduKind.GET, 1, [(1, 3)] * (MAX_VARBINDS + 1))
    with pytest.raises(SnmpDecodeError, match="too many variables"):
        decode(data)


def test_no_more_octets_than_a_datagram_has():
    with pytest.raises(SnmpDecodeError, match="longer than a datagram"):
        decode(ANSWER + bytes(MAX_DATAGRAM))


def test_a_full_datagram_is_read():
    big = response(*(VarBind((1, 3, n), Value(Tag.OCTET_STRING, bytes(1000))) for n in range(64)))
    data = encode(big)
    assert 64_000 < len(data) <= MAX_DATAGRAM
    assert decode(data) == big


def test_version_1_answers_and_error_fields_are_read():
    pdu = Pdu(PduKind.RESPONSE, -5, 2, 1, (VarBind(UP_TIME, Value(Tag.NULL, None)),))
    assert decode(encode(Message(Version.V1, b"", pdu))).pdu == pdu
