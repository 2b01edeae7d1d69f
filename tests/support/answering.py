"""A simulated printer, or values of one's own, answering SNMP on loopback in the test's loop."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from core.model.identity import Endpoint
from core.snmp.access import Access
from core.snmp.client import SnmpClient
from core.snmp.network import SnmpNetwork
from core.snmp.types import Oid, Value
from sim.printer import Printer
from sim.responder import answer

HEADERS = 28  # octets of IPv4 and UDP, each datagram


class Values:
    """Looks like a simulated printer to the responder; ``values`` may change meanwhile."""

    community = b"public"
    spec = SimpleNamespace(bulk=True)

    def __init__(self, values: Mapping[Oid, Value]) -> None:
        self.values = dict(values)

    def get(self, oid: Oid) -> Value | None:
        return self.values.get(oid)

    def after(self, oid: Oid) -> Oid | None:
        order = sorted(self.values)
        at = bisect_right(order, oid)
        return order[at] if at < len(order) else None

    def has_object(self, oid: Oid) -> bool:
        return any(name[: len(oid) - 1] == oid[:-1] for name in self.values)


def all_of(printer: Printer) -> dict[Oid, Value]:
    """Everything that a simulated printer answers now, as a walk would find it."""
    found: dict[Oid, Value] = {}
    oid: Oid = (1, 3)
    while (following := printer.after(oid)) is not None:
        oid = following
        value = printer.get(oid)
        if value is not None:
            found[oid] = value
    return found


class _Answering(asyncio.DatagramProtocol):
    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        response = answer(data, self._printer)
        if response is not None:
            self._transport.sendto(response, addr)


@asynccontextmanager
async def answering(printer: Printer | Values, host: str = "127.41.0.1") -> AsyncIterator[Endpoint]:
    """Answer while the block runs."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Answering(printer), local_addr=(host, 0)
    )
    try:
        yield Endpoint(*transport.get_extra_info("sockname")[:2])
    finally:
        transport.close()


@asynccontextmanager
async def client_of(printer: Printer | Values) -> AsyncIterator[SnmpClient]:
    """Give a client that already knows which community answers."""
    async with answering(printer) as endpoint, SnmpNetwork() as network:
        client = network.client(endpoint, Access(("public",)))
        await client.open()
        yield client
