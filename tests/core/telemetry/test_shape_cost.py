"""What a visit costs: requests and octets, on the wire of loopback. Never how long it takes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.model.identity import Endpoint
from core.model.reading import Cost
from core.snmp.client import SnmpClient
from core.snmp.types import Oid, Value
from core.telemetry.shape_visit import Visit, visit_printers
from sim.printer import Printer
from sim.spec import load_specs
from tests.support.answering import HEADERS, client_of
from tests.support.repeat import AGAIN, FIRST

ENDPOINT = Endpoint("127.41.0.1")
SPECS = load_specs()
MFPS = [
    name
    for name, spec in SPECS.items()
    if len(spec.supplies) >= 4 and len(spec.trays) >= 2  # colour, with more than one tray
]
# Of these the first reading needs more: eight supplies and more, or counters in a long table.
LONG = {"konica-minolta-bizhub-c300i", "ricoh-im-c2510", "sharp-bp-50c26"}
A_LITTLE = {"brother-mfc-l8900cdw", "canon-ir-adv-c3826"}
MOST = dict.fromkeys(LONG, (9, 7400)) | dict.fromkeys(A_LITTLE, (7, 6600))


def on_the_wire(cost: Cost | None) -> tuple[int, int]:
    """Requests, and octets with the headers of IP and UDP; every request is answered here."""
    assert cost is not None
    return cost.requests, cost.bytes_out + cost.bytes_in + 2 * HEADERS * cost.requests


async def both(name: str) -> tuple[Visit, Visit]:
    printer = Printer(SPECS[name], "cost")
    printer.advance(90_000)
    async with client_of(printer) as client:
        first = await visit_printers(client, ENDPOINT, FIRST)
        return first, await visit_printers(client, ENDPOINT, AGAIN, known=first.known)


@pytest.mark.parametrize("name", MFPS)
async def test_a_repeat_visit(name: str) -> None:
    _, second = await both(name)
    requests, octets = on_the_wire(second.readings[0].cost)
    assert second.relearned is None
    assert requests <= 3
    assert octets <= 2_300


@pytest.mark.parametrize("name", MFPS)
async def test_a_first_visit(name: str) -> None:
    first, _ = await both(name)
    requests, octets = on_the_wire(first.readings[0].cost)
    most_requests, most_octets = MOST.get(name, (6, 6_400))
    assert requests <= most_requests
    assert octets <= most_octets


async def test_all_of_a_repeat_visit_is_asked_at_once() -> None:
    printer = Printer(SPECS["kyocera-taskalfa-2554ci"], "cost")
    async with client_of(printer) as client:
        first = await visit_printers(client, ENDPOINT, FIRST)
        order: list[str] = []
        agent = Watched(client, order)
        await visit_printers(agent, ENDPOINT, AGAIN, known=first.known)
    assert order == ["asked"] * 3 + ["answered"] * 3


class Watched:
    """Notes when something is asked and when it is answered."""

    def __init__(self, client: SnmpClient, order: list[str]) -> None:
        self._client = client
        self._order = order

    async def get(self, names: Sequence[Oid]) -> dict[Oid, Value]:
        self._order.append("asked")
        found = await self._client.get(names)
        self._order.append("answered")
        return found

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        self._order.append("asked")
        found = await self._client.columns(columns, rows)
        self._order.append("answered")
        return found

    async def walk(self, root: Oid) -> dict[Oid, Value]:
        return await self._client.walk(root)

    @property
    def cost(self) -> Cost:
        return self._client.cost
