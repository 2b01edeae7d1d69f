"""The messages of WS-Discovery, apart from how they travel.

Web Services Dynamic Discovery, April 2005 (what printers and Windows speak), and OASIS 1.1 of 2009;
Devices Profile for Web Services 2006 (the type Device); WSD print and scan types by Microsoft.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.discovery.readable import one_line, web_address
from core.discovery.safe_xml import Element, UnsafeXmlError, parse
from core.telemetry.uuids import parse_uuid

_SOAP: Final = "http://www.w3.org/2003/05/soap-envelope"
_PRINT: Final = "{http://schemas.microsoft.com/windows/2006/08/wdp/print}PrintDeviceType"
_SCAN: Final = "{http://schemas.microsoft.com/windows/2006/08/wdp/scan}ScanDeviceType"
_MOST_DEVICES = 32
_MOST_URLS = 8


@dataclass(frozen=True, slots=True)
class _Dialect:
    discovery: str
    addressing: str


_DIALECTS: Final = (
    _Dialect(
        "http://schemas.xmlsoap.org/ws/2005/04/discovery",
        "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    ),
    _Dialect(
        "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01",
        "http://www.w3.org/2005/08/addressing",
    ),
)

_PROBE: Final = """\
<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" \
xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery" \
xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof" \
xmlns:wprt="http://schemas.microsoft.com/windows/2006/08/wdp/print">\
<soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To>\
<wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action>\
<wsa:MessageID>{message_id}</wsa:MessageID></soap:Header>\
<soap:Body><wsd:Probe><wsd:Types>wsdp:Device wprt:PrintDeviceType</wsd:Types></wsd:Probe>\
</soap:Body></soap:Envelope>"""


class WsMalformedError(ValueError):
    """A datagram that is no message of WS-Discovery; the text says why."""


class Kind(StrEnum):
    """What a device says."""

    MATCH = "match"  # the answer to a Probe
    HELLO = "hello"  # it came, or moved
    BYE = "bye"  # it goes


@dataclass(frozen=True, slots=True)
class WsDevice:
    """A device in a message. ``reference`` is its EndpointReference, the same wherever it is;
    ``uuid`` that as a bare UUID, where it is one. ``typed`` says that it told its types at all.
    """

    reference: str
    uuid: str | None
    typed: bool
    prints: bool
    scans: bool
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WsMessage:
    """One message; ``relates_to`` is the id of the Probe that it answers."""

    kind: Kind
    relates_to: str | None
    devices: tuple[WsDevice, ...]


def probe(message_id: str) -> bytes:
    """Write a Probe for devices that print; ``message_id`` is "urn:uuid:...", new each time."""
    return _PROBE.format(message_id=message_id).encode()


def read(data: bytes) -> WsMessage | None:
    """Read a datagram; ``None`` for messages that are not a device's word (others' Probes).

    Raises ``WsMalformedError``.
    """
    try:
        root = parse(data)
    except UnsafeXmlError as error:
        raise WsMalformedError(str(error)) from None
    body = root.first(f"{{{_SOAP}}}Body")
    if root.name != f"{{{_SOAP}}}Envelope" or body is None:
        raise WsMalformedError("it is no SOAP envelope")
    for dialect in _DIALECTS:
        message = _in_dialect(root, body, dialect)
        if message is not None:
            return message
    return None


def _in_dialect(root: Element, body: Element, dialect: _Dialect) -> WsMessage | None:
    discovery = f"{{{dialect.discovery}}}"
    matches = body.first(f"{discovery}ProbeMatches")
    found: list[tuple[Kind, Element]] = []
    if matches is not None:
        found = [(Kind.MATCH, element) for element in matches.all(f"{discovery}ProbeMatch")]
    elif (hello := body.first(f"{discovery}Hello")) is not None:
        found = [(Kind.HELLO, hello)]
    elif (bye := body.first(f"{discovery}Bye")) is not None:
        found = [(Kind.BYE, bye)]
    if not found:
        return None
    related = root.first(f"{{{_SOAP}}}Header", f"{{{dialect.addressing}}}RelatesTo")
    devices = [_device(element, dialect) for _, element in found[:_MOST_DEVICES]]
    return WsMessage(
        found[0][0],
        None if related is None else related.text.strip(),
        tuple(device for device in devices if device is not None),
    )


def _device(element: Element, dialect: _Dialect) -> WsDevice | None:
    addressing = f"{{{dialect.addressing}}}"
    address = element.first(f"{addressing}EndpointReference", f"{addressing}Address")
    reference = None if address is None else one_line(address.text)
    if reference is None:
        return None
    types = element.first(f"{{{dialect.discovery}}}Types")
    names = () if types is None else types.names()
    urls = element.first(f"{{{dialect.discovery}}}XAddrs")
    return WsDevice(
        reference=reference,
        uuid=parse_uuid(reference.lower().removeprefix("uuid:")),
        typed=bool(names),
        prints=_PRINT in names,
        scans=_SCAN in names,
        urls=() if urls is None else _web_addresses(urls.text),
    )


def _web_addresses(text: str) -> tuple[str, ...]:
    found = [web_address(word) for word in text.split()[:_MOST_URLS]]
    return tuple(dict.fromkeys(url for _, url in filter(None, found)))
