"""Devices that speak WS-Discovery: their messages, and one that answers on real sockets."""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import suppress
from typing import Self
from xml.sax.saxutils import escape

UUID = "16a65700-007c-1000-bb49-0017c8123456"
TYPES = "wsdp:Device wprt:PrintDeviceType wscn:ScanDeviceType"
GROUP, PORT = "239.255.255.250", 3702
_OLD = (
    "http://schemas.xmlsoap.org/ws/2005/04/discovery",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing",
)
_OASIS = (
    "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01",
    "http://www.w3.org/2005/08/addressing",
)


def envelope(body: str, header: str = "", *, oasis: bool = False) -> bytes:
    """Wrap a body in SOAP 1.2 with the prefixes that printers use."""
    discovery, addressing = _OASIS if oasis else _OLD
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"'
        f' xmlns:wsa="{addressing}" xmlns:wsd="{discovery}"'
        ' xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof" xmlns:other="urn:other"'
        ' xmlns:wprt="http://schemas.microsoft.com/windows/2006/08/wdp/print"'
        ' xmlns:wscn="http://schemas.microsoft.com/windows/2006/08/wdp/scan">'
        f"<SOAP-ENV:Header>{header}</SOAP-ENV:Header><SOAP-ENV:Body>{body}</SOAP-ENV:Body>"
        "</SOAP-ENV:Envelope>"
    ).encode()


def match(
    relates_to: str,
    *,
    reference: str = f"urn:uuid:{UUID}",
    types: str = TYPES,
    xaddrs: str = "",
    count: int = 1,
    oasis: bool = False,
) -> bytes:
    """Answer a Probe."""
    one = f"<wsd:ProbeMatch>{_device(reference, types, xaddrs)}</wsd:ProbeMatch>"
    header = f"<wsa:RelatesTo>{escape(relates_to)}</wsa:RelatesTo>"
    return envelope(f"<wsd:ProbeMatches>{one * count}</wsd:ProbeMatches>", header, oasis=oasis)


def hello(
    *,
    reference: str = f"urn:uuid:{UUID}",
    types: str = TYPES,
    xaddrs: str = "",
    oasis: bool = False,
) -> bytes:
    """Say that a device came or moved."""
    return envelope(f"<wsd:Hello>{_device(reference, types, xaddrs)}</wsd:Hello>", oasis=oasis)


def bye(*, reference: str = f"urn:uuid:{UUID}", oasis: bool = False) -> bytes:
    """Say that a device goes."""
    return envelope(f"<wsd:Bye>{_reference(reference)}</wsd:Bye>", oasis=oasis)


def _reference(reference: str) -> str:
    return (
        "<wsa:EndpointReference>"
        f"<wsa:Address>{escape(reference)}</wsa:Address></wsa:EndpointReference>"
    )


def _device(reference: str, types: str, xaddrs: str) -> str:
    parts = [_reference(reference)]
    if types:
        parts.append(f"<wsd:Types>{escape(types)}</wsd:Types>")
    if xaddrs:
        parts.append(f"<wsd:XAddrs>{escape(xaddrs)}</wsd:XAddrs>")
    return "".join([*parts, "<wsd:MetadataVersion>1</wsd:MetadataVersion>"])


class WsResponder:
    """Answers Probes to the group and to itself on the interface of one address."""

    def __init__(self, address: str, **said: str) -> None:
        self.probes: list[tuple[str, int]] = []
        self._said = {"xaddrs": f"http://{address}:5357/device"} | said
        self._address = address
        self._sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sock.setblocking(False)
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._sock.bind(("", PORT))
        group = socket.inet_aton(GROUP) + socket.inet_aton(address)
        self._sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        self._sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))

    async def __aenter__(self) -> Self:
        asyncio.get_running_loop().add_reader(self._sock, self._readable)
        return self

    async def __aexit__(self, *_: object) -> None:
        asyncio.get_running_loop().remove_reader(self._sock)
        self._sock.close()

    def say_hello(self) -> None:
        """Say Hello to all."""
        self._sock.sendto(hello(**self._said), (GROUP, PORT))

    def say_bye(self) -> None:
        """Say Bye to all."""
        self._sock.sendto(bye(), (GROUP, PORT))

    def _readable(self) -> None:
        with suppress(BlockingIOError):
            while True:
                data, source = self._sock.recvfrom(65_535)
                found = re.search(rb"MessageID>([^<]+)<", data)
                if b":Probe>" in data and found is not None:
                    self.probes.append(source)
                    answer = match(found.group(1).decode(), **self._said)
                    self._sock.sendto(answer, source)
