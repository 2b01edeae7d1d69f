"""SNMPv3 messages: ours against pysnmp's reading of them, and anything at all against ours."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyasn1.codec.ber import decoder
from pysnmp.proto.secmod.rfc3414.service import UsmSecurityParameters

from core.model.identity import Endpoint
from core.snmp.ber import tlv
from core.snmp.errors import SnmpDecodeError
from core.snmp.message import PduKind, encode_pdu
from core.snmp.v3.reports import Report
from core.snmp.v3.session import Session, introduction
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from core.snmp.v3.usm import Usm
from core.snmp.v3.wire import AUTH, PRIV, Stamp, message_id, open_frame, scoped_pdu, write
from tests.support.need import ROOT

USER = V3User("ann", AuthProtocol.MD5, "proof-of-ann", PrivProtocol.DES, "hides-it-all")
STAMP = Stamp(b"\x80engine", 3, 1_000)
PDU = encode_pdu(PduKind.GET, 77, [(1, 3, 6, 1, 2, 1, 1, 5, 0)])


def session() -> Session:
    met = Session(_USM, Endpoint("127.46.0.7"), lambda: 0.0)
    met.meet(STAMP)
    return met


_USM = Usm(USER)
SECURED = session().write(77, PDU)


def test_what_we_write_is_what_pysnmp_reads():
    frame = open_frame(SECURED)
    assert (frame.message_id, frame.flags & 3, frame.stamp) == (77, AUTH | PRIV, STAMP)
    size = len(frame.digest)
    start = frame.digest_at - 2 - len(USER.name) - 2 - 4 - 3 - len(STAMP.engine_id) - 2 - 2
    read, _ = decoder.decode(SECURED[start:], asn1Spec=UsmSecurityParameters())
    assert bytes(read[0]) == STAMP.engine_id
    assert (int(read[1]), int(read[2])) == (3, 1_000)
    assert (bytes(read[3]), bytes(read[4])) == (b"ann", frame.digest)
    assert size == 12


def test_des_is_not_padded_where_nothing_is_missing():
    for length in (8, 16, 24):
        hidden, _ = _USM.cipher.encrypt(_USM.keys_at(STAMP.engine_id), STAMP, bytes(length))
        assert len(hidden) == length


def test_a_salt_is_not_used_twice():
    salts = {open_frame(session().write(77, PDU)).salt for _ in range(50)}
    assert len(salts) == 50


def test_an_introduction_has_no_user_and_an_id_of_its_own():
    frame = open_frame(introduction(0x41424344))
    assert (frame.user, frame.stamp.engine_id, frame.flags) == (b"", b"", 4)
    assert message_id(introduction(0x41424344)) == 0x41424344


@pytest.mark.parametrize("data", [b"", b"\x30", b"0\x03\x02\x01\x03", b"0\x03\x02\x01\x01"])
def test_what_is_cut_off_is_an_error(data):
    with pytest.raises(SnmpDecodeError):
        open_frame(data)
    assert message_id(data) is None


def heard(data: bytes) -> None:
    """Nothing but ``SnmpDecodeError`` comes out, and nothing is learned that was not proved."""
    met = session()
    message_id(data)
    try:
        met.hear(data, 77)
    except SnmpDecodeError:
        return
    assert met.engine is not None
    assert not met.engine.proven


def test_a_clock_without_a_digest_is_not_learned():
    met = session()
    lie = Stamp(STAMP.engine_id, 2**31 - 1, 2**31 - 1)
    report = bytes((0xA8,)) + PDU[1:]
    scoped = scoped_pdu(STAMP.engine_id, b"", report)
    data, _ = write(77, 0, lie, b"ann", 0, b"", scoped)
    heard_of = met.hear(data, 77)
    assert isinstance(heard_of, Report)
    assert not heard_of.proven
    assert met.engine is not None
    assert met.engine.stamp == STAMP
    assert _USM.engines.get(met.endpoint) is None


def test_who_does_not_use_it_does_not_pay_for_it():
    """pysnmp costs 12 MB: an agent without users of version 3 never loads it."""
    code = "import sys, core.agent, core.snmp.network, app.cli; print('pysnmp' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "False"


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_anything_at_all_is_survived(data):
    heard(data)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_what_was_changed_on_its_way_is_not_believed(data):
    base = data.draw(st.sampled_from([SECURED, introduction(77)]))
    changed = bytearray(base)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(changed)))
    heard(bytes(changed[:cut] if data.draw(st.booleans()) else changed))


@given(body=st.binary(max_size=200), hidden=st.booleans(), scoped=st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_device_that_proves_nonsense_is_survived(body, hidden, scoped):
    met = session()
    keys, size = _USM.keys_at(STAMP.engine_id), _USM.cipher.digest_size
    inner, salt, flags = tlv(0x30, body), b"", AUTH
    if scoped:
        inner = scoped_pdu(STAMP.engine_id, b"", body)
    if hidden:
        inner, salt = _USM.cipher.encrypt(keys, STAMP, inner)
        flags |= PRIV
    whole, place = write(77, flags, STAMP, b"ann", size, salt, inner)
    data = whole[:place] + _USM.cipher.digest(keys, whole) + whole[place + size :]
    with suppress(SnmpDecodeError):
        met.hear(data, 77)
    _USM.engines.drop(met.endpoint)
