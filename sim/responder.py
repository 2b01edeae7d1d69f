"""What an SNMP agent answers (RFC 1157 section 4.1, RFC 3416 section 4.2).

A datagram that is not understood, or with another community, gets no answer at all.
"""

from __future__ import annotations

from core.snmp.access import Version
from core.snmp.errors import SnmpDecodeError
from core.snmp.message import Message, Pdu, PduKind, decode, encode
from core.snmp.types import Oid, Tag, Value, VarBind
from sim.printer import Printer

MAX_ANSWER = 1472  # what an Ethernet frame carries: IPv4 and UDP headers take 28 of 1,500 octets
SMALLEST_VARBIND = 6
TOO_BIG, NO_SUCH_NAME = 1, 2
NO_SUCH_OBJECT = Value(Tag.NO_SUCH_OBJECT, None)
NO_SUCH_INSTANCE = Value(Tag.NO_SUCH_INSTANCE, None)
END_OF_MIB_VIEW = Value(Tag.END_OF_MIB_VIEW, None)


def answer(datagram: bytes, printer: Printer, limit: int = MAX_ANSWER) -> bytes | None:
    """Give the answer of a printer, of at most ``limit`` octets, or ``None`` for silence."""
    try:
        request = decode(datagram)
    except SnmpDecodeError:
        return None
    if request.community != printer.community:
        return None
    match request.pdu.kind:
        case PduKind.GET | PduKind.GET_NEXT:
            return _answer_plain(request, printer, limit)
        case PduKind.GET_BULK if request.version is not Version.V1 and printer.spec.bulk:
            return _answer_bulk(request, printer, limit)
        case _:
            return None


def _respond(request: Message, varbinds: list[VarBind], status: int = 0, index: int = 0) -> bytes:
    pdu = Pdu(PduKind.RESPONSE, request.pdu.request_id, status, index, tuple(varbinds))
    return encode(Message(request.version, request.community, pdu))


def _answer_plain(request: Message, printer: Printer, limit: int) -> bytes | None:
    look = _get if request.pdu.kind is PduKind.GET else _next
    found: list[VarBind] = []
    for position, varbind in enumerate(request.pdu.varbinds, start=1):
        result = look(printer, varbind.oid)
        if request.version is Version.V1 and not _fits_v1(result.value):
            # Version 1 answers all or nothing, and says which name was the first to fail.
            return _short(request, NO_SUCH_NAME, position, limit)
        found.append(result)
    response = _respond(request, found)
    return response if len(response) <= limit else _short(request, TOO_BIG, 0, limit)


def _short(request: Message, status: int, index: int, limit: int) -> bytes | None:
    """Give an error: version 1 repeats the names that were asked, version 2c none if too big."""
    keep = request.version is Version.V1 or status != TOO_BIG
    response = _respond(request, list(request.pdu.varbinds) if keep else [], status, index)
    return response if len(response) <= limit else None


def _fits_v1(value: Value) -> bool:
    return value.present and value.tag is not Tag.COUNTER64


def _get(printer: Printer, oid: Oid) -> VarBind:
    value = printer.get(oid)
    if value is None:
        value = NO_SUCH_INSTANCE if printer.has_object(oid) else NO_SUCH_OBJECT
    return VarBind(oid, value)


def _next(printer: Printer, oid: Oid) -> VarBind:
    following = printer.after(oid)
    if following is None:
        return VarBind(oid, END_OF_MIB_VIEW)
    return VarBind(following, printer.get(following) or END_OF_MIB_VIEW)


def _answer_bulk(request: Message, printer: Printer, limit: int) -> bytes:
    pdu = request.pdu
    single = min(max(pdu.error_status, 0), len(pdu.varbinds))
    names = [varbind.oid for varbind in pdu.varbinds]
    found = [_next(printer, oid) for oid in names[:single]]
    repeaters = names[single:]
    most = limit // SMALLEST_VARBIND
    for _ in range(max(pdu.error_index, 0) if repeaters else 0):
        row = [_next(printer, oid) for oid in repeaters]
        found.extend(row)
        repeaters = [varbind.oid for varbind in row]
        if len(found) >= most or all(v.value.tag is Tag.END_OF_MIB_VIEW for v in row):
            break
    return _cut(request, found, limit)


def _cut(request: Message, found: list[VarBind], limit: int) -> bytes:
    """Leave away what does not fit from the end, as RFC 3416 4.2.3 allows."""
    low, high = 0, len(found)
    response = _respond(request, found)
    if len(response) <= limit:
        return response
    while low < high - 1:
        middle = (low + high) // 2
        if len(_respond(request, found[:middle])) <= limit:
            low = middle
        else:
            high = middle
    return _respond(request, found[:low])
