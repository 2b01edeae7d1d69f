"""Many printers read at once, for the first time and again."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from _sweeping import cpu, memory

from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.snmp.access import Access
from core.snmp.network import SnmpNetwork
from core.telemetry.shape import Known
from core.telemetry.shape_visit import visit_printers
from tests.support.simulated import simulated

ROOT = Path(__file__).resolve().parent.parent
NETWORK = "127.41.16.0/20"
IN_FLIGHT = 200
TIMES = ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z")


async def _read(endpoints: list[Endpoint]) -> list[dict[str, Any]]:
    known: dict[Endpoint, Known] = {}
    places = asyncio.Semaphore(IN_FLIGHT)
    rounds = []
    async with SnmpNetwork() as network:

        async def visit(endpoint: Endpoint, at: str) -> int:
            async with places:
                client = network.client(endpoint, Access(("public",)))
                try:
                    found = await visit_printers(client, endpoint, at, known=known.get(endpoint))
                except PlatenError:
                    return 0
                known[endpoint] = found.known
                return client.cost.requests

        for at in TIMES:
            rest, used, began = memory("VmRSS"), cpu(), time.perf_counter()
            requests = await asyncio.gather(*(visit(endpoint, at) for endpoint in endpoints))
            rounds.append(
                {
                    "lost": sum(not count for count in requests),
                    "requests": sum(requests),
                    "wall_seconds": round(time.perf_counter() - began, 3),
                    "cpu_seconds": round(cpu() - used, 3),
                    "resident_above_rest": memory("VmHWM") - rest,
                }
            )
    return rounds


def many(count: int, port: int) -> dict[str, Any]:
    """Read so many simulated printers 20 ms away, 200 in flight: first and again."""
    with simulated(NETWORK, count, "--delay-ms", "10", port=port) as served:
        endpoints = [Endpoint(printer.address, printer.port) for printer in served]
        first, again = asyncio.run(_read(endpoints))
    lost = first["lost"] + again["lost"]
    return {
        "printers": count,
        "in_flight": IN_FLIGHT,
        "lost": lost,
        "first": first,
        "repeat": again,
    }
