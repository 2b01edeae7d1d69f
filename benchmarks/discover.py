"""A whole search, sweep and identification, over a path that delays and loses.

Usage: discover.py [--count N] [--port P] [--runs N] [NETWORK]

Simulated printers are a process of their own; 10 ms each way, and 0, 2 and 5 per cent of the
datagrams lost each way. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from contextlib import aclosing
from pathlib import Path as File
from typing import Any

from _sweeping import cpu, memory

from core.discovery.discover import discover
from core.discovery.pace import Pace
from core.discovery.plan import SegmentPlan
from core.model.evidence import Finding
from core.model.segment import Segment
from core.snmp.network import SnmpNetwork
from tests.support.simulated import simulated

ROOT = File(__file__).resolve().parent.parent
LOSSES = (0.0, 0.02, 0.05)


async def search(network: str, port: int, present: set[str]) -> dict[str, Any]:
    """Search once, pace off; gives what was found and what it cost."""
    rest, used, began = memory("VmRSS"), cpu(), time.perf_counter()
    plan = SegmentPlan(Segment("benchmark", (network,), port=port))
    async with SnmpNetwork() as snmp:
        items = discover([plan], snmp, pace=Pace.OFF)
        async with aclosing(items):
            found = {str(item.endpoint) async for item in items if isinstance(item, Finding)}
    return {
        "found": len(present & found),
        "others": len(found - present),
        "wall_seconds": time.perf_counter() - began,
        "cpu_seconds": cpu() - used,
        "resident": memory("VmHWM"),
        "resident_above_rest": memory("VmHWM") - rest,
    }


def measure(network: str, count: int, port: int, loss: float, runs: int) -> dict[str, Any]:
    """Search so many times over one path."""
    results = []
    path = ("--delay-ms", "10", "--loss", str(loss))
    with simulated(network, count, *path, port=port) as served:
        present = {str(printer) for printer in served}
        for number in range(runs):
            print(f"{loss:.0%} lost, run {number + 1} of {runs}", file=sys.stderr)
            results.append(asyncio.run(search(network, port, present)))
    middle = {key: statistics.median(run[key] for run in results) for key in results[0]}
    # Only the first run of a process starts at rest.
    middle["resident_above_rest"] = results[0]["resident_above_rest"]
    fewest = min(run["found"] for run in results)
    return {"loss": loss, "present": len(present), "found_at_least": fewest, **middle}


def main() -> int:
    """Measure and print; 1 where a printer was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", nargs="?", default="127.23.0.0/16")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--port", type=int, default=16161)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    paths = [
        measure(options.network, options.count, options.port, loss, options.runs) for loss in LOSSES
    ]
    result = {"benchmark": "discover", "network": options.network, "delay_ms": 20, "paths": paths}
    print(json.dumps(result, indent=1))
    return 1 if any(path["found_at_least"] < path["present"] for path in paths) else 0


if __name__ == "__main__":
    sys.exit(main())
