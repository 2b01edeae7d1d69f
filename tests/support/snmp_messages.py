"""Any SNMP message, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from core.snmp.access import BY_COMMUNITY, Version
from core.snmp.message import Message, Pdu, PduKind
from core.snmp.types import Oid, Tag, Value, VarBind

_ARC = st.one_of(st.integers(0, 127), st.integers(0, 2**32 - 1))
_NUMBERS = {
    Tag.INTEGER: st.integers(-(2**31), 2**31 - 1),
    Tag.COUNTER32: st.integers(0, 2**32 - 1),
    Tag.GAUGE32: st.integers(0, 2**32 - 1),
    Tag.TIME_TICKS: st.integers(0, 2**32 - 1),
    Tag.COUNTER64: st.integers(0, 2**64 - 1),
}
_ONLY_VERSION_2 = {
    Tag.COUNTER64,
    Tag.NO_SUCH_OBJECT,
    Tag.NO_SUCH_INSTANCE,
    Tag.END_OF_MIB_VIEW,
}


@st.composite
def oids(draw: st.DrawFn) -> Oid:
    """Any object identifier."""
    top = draw(st.integers(0, 2))
    second = draw(st.integers(0, 39)) if top < 2 else draw(_ARC)
    return (top, second, *draw(st.lists(_ARC, max_size=20)))


@st.composite
def values(draw: st.DrawFn, version: Version) -> Value:
    """Any value that this version knows."""
    tags = [tag for tag in Tag if version is Version.V2C or tag not in _ONLY_VERSION_2]
    tag = draw(st.sampled_from(tags))
    if tag in _NUMBERS:
        return Value(tag, draw(_NUMBERS[tag]))
    if tag is Tag.OBJECT_IDENTIFIER:
        return Value(tag, draw(oids()))
    if tag is Tag.IP_ADDRESS:
        return Value(tag, draw(st.binary(min_size=4, max_size=4)))
    if tag in {Tag.OCTET_STRING, Tag.OPAQUE}:
        return Value(tag, draw(st.binary(max_size=300)))
    return Value(tag, None)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Any message of a kind and with values that its version knows."""
    version = draw(st.sampled_from(BY_COMMUNITY))
    kinds = [kind for kind in PduKind if version is Version.V2C or kind is not PduKind.GET_BULK]
    kind = draw(st.sampled_from(kinds))
    pair = st.builds(VarBind, oids(), values(version))
    varbinds = tuple(draw(st.lists(pair, max_size=12)))
    top = 5 if version is Version.V1 else 18
    status = draw(st.integers(0, 2**31 - 1 if kind is PduKind.GET_BULK else top))
    index = draw(st.integers(0, 2**31 - 1 if kind is PduKind.GET_BULK else len(varbinds)))
    request_id = draw(st.integers(-(2**31), 2**31 - 1))
    pdu = Pdu(kind, request_id, status, index, varbinds)
    return Message(version, draw(st.binary(max_size=40)), pdu)
