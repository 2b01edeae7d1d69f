"""Our codec beside pysnmp's message specifications and pyasn1's BER: each reads what the other
writes, and sees the same.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from pyasn1.codec.ber import decoder, encoder
from pysnmp.proto import rfc1155, rfc1157, rfc1901, rfc1902, rfc1905
from pysnmp.proto.api import v1, v2c

from core.snmp.access import Version
from core.snmp.message import Message, PduKind, decode, encode
from core.snmp.types import Tag, Value
from tests.support.snmp_messages import messages

_SPECS = {Version.V1: rfc1157.Message, Version.V2C: rfc1901.Message}
_PDUS = {
    (Version.V1, PduKind.GET): v1.GetRequestPDU,
    (Version.V1, PduKind.GET_NEXT): v1.GetNextRequestPDU,
    (Version.V1, PduKind.RESPONSE): v1.GetResponsePDU,
    (Version.V2C, PduKind.GET): v2c.GetRequestPDU,
    (Version.V2C, PduKind.GET_NEXT): v2c.GetNextRequestPDU,
    (Version.V2C, PduKind.RESPONSE): v2c.ResponsePDU,
    (Version.V2C, PduKind.GET_BULK): v2c.GetBulkRequestPDU,
}
_TYPES_V1 = {
    Tag.INTEGER: v1.Integer,
    Tag.OCTET_STRING: v1.OctetString,
    Tag.NULL: v1.Null,
    Tag.OBJECT_IDENTIFIER: v1.ObjectIdentifier,
    Tag.IP_ADDRESS: rfc1155.IpAddress,
    Tag.COUNTER32: v1.Counter,
    Tag.GAUGE32: v1.Gauge,
    Tag.TIME_TICKS: v1.TimeTicks,
    Tag.OPAQUE: v1.Opaque,
}
_TYPES_V2C = {
    Tag.INTEGER: rfc1902.Integer32,
    Tag.OCTET_STRING: rfc1902.OctetString,
    Tag.NULL: rfc1905.UnSpecified,
    Tag.OBJECT_IDENTIFIER: rfc1902.ObjectIdentifier,
    Tag.IP_ADDRESS: rfc1902.IpAddress,
    Tag.COUNTER32: rfc1902.Counter32,
    Tag.GAUGE32: rfc1902.Gauge32,
    Tag.TIME_TICKS: rfc1902.TimeTicks,
    Tag.OPAQUE: rfc1902.Opaque,
    Tag.COUNTER64: rfc1902.Counter64,
    Tag.NO_SUCH_OBJECT: rfc1905.NoSuchObject,
    Tag.NO_SUCH_INSTANCE: rfc1905.NoSuchInstance,
    Tag.END_OF_MIB_VIEW: rfc1905.EndOfMibView,
}
_TYPES = {Version.V1: _TYPES_V1, Version.V2C: _TYPES_V2C}
_NUMBERS = {Tag.INTEGER, Tag.COUNTER32, Tag.GAUGE32, Tag.TIME_TICKS, Tag.COUNTER64}


def _theirs_from(message: Message) -> Any:
    api = v1 if message.version is Version.V1 else v2c
    pdu = message.pdu
    theirs = _PDUS[message.version, pdu.kind]()
    pdu_api = v2c.apiBulkPDU if pdu.kind is PduKind.GET_BULK else api.apiPDU
    pdu_api.set_defaults(theirs)
    pdu_api.set_request_id(theirs, pdu.request_id)
    if pdu.kind is PduKind.GET_BULK:
        pdu_api.set_non_repeaters(theirs, pdu.error_status)
        pdu_api.set_max_repetitions(theirs, pdu.error_index)
    else:
        pdu_api.set_error_status(theirs, pdu.error_status)
        theirs.setComponentByPosition(2, pdu.error_index)
    types = _TYPES[message.version]
    pairs = [(v.oid, _their_value(types[v.value.tag], v.value)) for v in pdu.varbinds]
    pdu_api.set_varbinds(theirs, pairs)
    whole = api.Message()
    api.apiMessage.set_defaults(whole)
    api.apiMessage.set_community(whole, message.community)
    api.apiMessage.set_pdu(whole, theirs)
    return whole


def _their_value(kind: Any, value: Value) -> Any:
    if value.data is None:
        return kind("")
    if value.tag is Tag.IP_ADDRESS:
        return kind(".".join(map(str, value.octets() or b"")))
    return kind(value.data)


def _same(ours: Message, theirs: Any) -> None:
    """Check that a message decoded by pyasn1 says what ours says."""
    api = v1 if ours.version is Version.V1 else v2c
    assert int(theirs[0]) == (0 if ours.version is Version.V1 else 1)
    assert bytes(api.apiMessage.get_community(theirs)) == ours.community
    pdu = api.apiMessage.get_pdu(theirs)
    assert isinstance(pdu, _PDUS[ours.version, ours.pdu.kind])
    assert [int(pdu[n]) for n in range(3)] == [
        ours.pdu.request_id,
        ours.pdu.error_status,
        ours.pdu.error_index,
    ]
    pairs = api.apiPDU.get_varbinds(pdu)
    assert len(pairs) == len(ours.pdu.varbinds)
    types = _TYPES[ours.version]
    for varbind, (oid, value) in zip(ours.pdu.varbinds, pairs, strict=True):
        assert tuple(oid) == varbind.oid
        assert value.tagSet == types[varbind.value.tag].tagSet
        assert _plain(varbind.value.tag, value) == varbind.value.data


def _plain(tag: Tag, value: Any) -> Any:
    if tag in _NUMBERS:
        return int(value)
    if tag is Tag.OBJECT_IDENTIFIER:
        return tuple(value)
    if tag in {Tag.OCTET_STRING, Tag.OPAQUE, Tag.IP_ADDRESS}:
        return bytes(value)
    return None


@given(messages())
@settings(deadline=None)
def test_pysnmp_reads_what_we_write(message):
    theirs, rest = decoder.decode(encode(message), asn1Spec=_SPECS[message.version]())
    assert not rest
    _same(message, theirs)


@given(messages())
@settings(deadline=None)
def test_we_read_what_pysnmp_writes(message):
    assert decode(encoder.encode(_theirs_from(message))) == message
