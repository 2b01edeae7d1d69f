"""What a visit costs: requests and octets, on the wire of loopback. Never how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from core.model.identity import Endpoint
from core.model.reading import Cost
from core.snmp.access import Access, Version
from core.snmp.client import SnmpClient
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.types import Oid, Value
from core.telemetry.shape_visit import Visit, visit_printers
from sim.printer import Printer
from sim.spec import load_specs
from tests.support.answering import HEADERS, Values, all_of, answering, client_of
from tests.support.repeat import AGAIN, FIRST, plain

ENDPOINT = Endpoint("127.41.0.1")
SPECS = load_specs()
MFPS = [
    name
    for name, spec in SPECS.items()
    if len(spec.supplies) >= 4 and len(spec.trays) >= 2  # colour, with more than one tray
]
# Of these the first reading needs more: eight supplies and more, counters in a long table, or
# counters whose labels are looked at.
LONG = {"konica-minolta-bizhub-c300i", "ricoh-im-c2510", "sharp-bp-50c26"}
A_LITTLE = {"brother-mfc-l8900cdw", "canon-ir-adv-c3826", "xerox-altalink-c8130"}
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


@pytest.mark.parametrize("manner", ["version 1", "no GETBULK"])
async def test_an_agent_that_takes_no_bulk(manner: str) -> None:
    printer = Printer(SPECS["kyocera-taskalfa-2554ci"], "cost")
    machine = Values(all_of(printer))
    if manner == "no GETBULK":
        machine.spec = SimpleNamespace(bulk=False)
    access = Access(("public",), (Version.V1,) if manner == "version 1" else (Version.V2C,))
    patience = Policy(timeout=0.2)
    async with answering(machine) as endpoint, SnmpNetwork() as network:
        client = network.client(endpoint, access, patience)
        first = await visit_printers(client, endpoint, FIRST)
        again = network.client(endpoint, access, patience, quirks=client.quirks)
        second = await visit_printers(again, endpoint, AGAIN, known=first.known)
    assert second.relearned is None
    assert plain(second.readings) == plain(first.readings)
    assert second.readings[0].cost is not None
    assert second.readings[0].cost.requests < 16  # a request for each row of the longest table


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
