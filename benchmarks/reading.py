"""What reading a printer costs: first and repeat visits, beside what walks the same subtrees.

Usage: reading.py [--port P] [--runs N] [--walks FOLDER] [--count N]

At 0 and 20 ms there and back: a multifunction machine of some 300 rows and every recording, by
Platen, snmpwalk, snmpbulkwalk (processes) and pysnmp's bulk walk (these at 20 ms on the former
only); then 500 simulated printers, 200
in flight. "octets" are on the wire: with 28 octets of IPv4 and UDP headers a datagram. Processor
time is of who asks; for the processes it is all of theirs. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _many import many
from _sweeping import cpu

from core.model.identity import Endpoint
from core.snmp.access import Access
from core.snmp.network import SnmpNetwork
from core.telemetry.errors import NotAPrinterError
from core.telemetry.fetch import fetch_reading
from core.telemetry.shape_visit import visit_printers

HERE = Path(__file__).resolve().parent
WALKS = HERE.parent.parent / "shared" / "walks"
HEADERS = 2 * 28  # of a request and its answer
FIRST, AGAIN = "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"
# What a reading asks of, and what the makers' own trees are.
MIB2 = "1.3.6.1.2.1"
ROOTS = (f"{MIB2}.1", f"{MIB2}.2.2", f"{MIB2}.4.20", f"{MIB2}.25.3", f"{MIB2}.43", "1.3.6.1.4.1")
LARGE = "mfp-300-rows"


class Served:
    """The machines, and what they heard."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.names: dict[str, str] = json.loads(self._line())

    def heard(self) -> dict[str, int]:
        """Give requests, octets on the wire and round trips since the last time."""
        assert self._process.stdin is not None
        print(file=self._process.stdin, flush=True)
        told = json.loads(self._line())
        requests = told["requests"]
        octets = told["octets"] + HEADERS * requests
        return {"requests": requests, "octets": octets, "round_trips": told["waves"]}

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def served(delay_ms: float, port: int, folder: Path) -> Iterator[Served]:
    """Serve the machines while the block runs."""
    command = [sys.executable, str(HERE / "_served.py"), str(delay_ms), str(port), str(folder)]
    with subprocess.Popen(
        command, cwd=HERE.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        try:
            yield Served(process)
        finally:
            process.stdin.close()


def told(
    counts: dict[str, int], wall: float, used: float, delay_ms: float, runs: int = 1
) -> dict[str, Any]:
    """Give what one read cost. Round trips are told where there is a delay to count them by."""
    row: dict[str, Any] = {key: round(value / runs) for key, value in counts.items()}
    row["wall_ms"], row["cpu_ms"] = round(1000 * wall / runs, 2), round(1000 * used / runs, 3)
    if not delay_ms:
        del row["round_trips"]
    return row


async def platen(machines: Served, name: str, port: int, delay_ms: float, runs: int) -> Any:
    """Visit so often for the first time, and so often again; with the SNMP part by itself."""
    endpoint = Endpoint(machines.names[name], port)
    async with SnmpNetwork() as network:
        client = network.client(endpoint, Access(("public",)))
        await client.open()
        try:
            known = (await visit_printers(client, endpoint, FIRST)).known  # warm
        except NotAPrinterError:
            return None

        async def measured(work: Callable[[], Any]) -> dict[str, Any]:
            machines.heard()
            used, began = cpu(), time.perf_counter()
            for _ in range(runs):
                await work()
            wall, used = time.perf_counter() - began, cpu() - used
            return told(machines.heard(), wall, used, delay_ms, runs)

        first = await measured(lambda: visit_printers(client, endpoint, FIRST))
        snmp = await measured(lambda: fetch_reading(client))
        repeat = await measured(
            lambda: visit_printers(client, endpoint, AGAIN, known=known),
        )
    first["cpu_ms_of_snmp"] = snmp["cpu_ms"]
    return {"platen first": first, "platen repeat": repeat}


def walked(machines: Served, name: str, port: int, delay_ms: float, tool: str) -> dict[str, Any]:
    """Have Debian's program walk the subtrees, one process after the other."""
    place = f"{machines.names[name]}:{port}"
    machines.heard()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for root in ROOTS:
        command = [tool, "-v2c", "-c", "public", "-On", "-m", "", place, root]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return told(machines.heard(), wall, used, delay_ms)


async def by_pysnmp(machines: Served, name: str, port: int, delay_ms: float) -> dict[str, Any]:
    """Walk the subtrees with pysnmp's GETBULK, one after the other."""
    from pysnmp.hlapi.v3arch import asyncio as hlapi  # noqa: PLC0415 - slow, and only here

    engine = hlapi.SnmpEngine()
    target = await hlapi.UdpTransportTarget.create((machines.names[name], port))
    machines.heard()
    used, began = cpu(), time.perf_counter()
    for root in ROOTS:
        rows = hlapi.bulk_walk_cmd(
            engine,
            hlapi.CommunityData("public"),
            target,
            hlapi.ContextData(),
            0,
            10,
            hlapi.ObjectType(hlapi.ObjectIdentity(root)),
            lexicographicMode=False,
            lookupMib=False,
        )
        async for _ in rows:
            pass
    wall, used = time.perf_counter() - began, cpu() - used
    engine.close_dispatcher()
    return told(machines.heard(), wall, used, delay_ms)


def measure(port: int, folder: Path, delay_ms: float, runs: int) -> dict[str, Any]:
    """Read every machine over a path of this delay."""
    found: dict[str, Any] = {}
    with served(delay_ms, port, folder) as machines:
        for name in machines.names:
            print(f"{delay_ms:g} ms: {name}", file=sys.stderr)
            rows = asyncio.run(platen(machines, name, port, delay_ms, runs))
            if rows is None:
                continue
            found[name] = rows
            # A walk takes a round trip for each of thousands of rows: one machine shows it.
            if delay_ms == 0 or name == LARGE:
                for tool in ("snmpwalk", "snmpbulkwalk"):
                    rows[tool] = walked(machines, name, port, delay_ms, tool)
                rows["pysnmp bulk walk"] = asyncio.run(by_pysnmp(machines, name, port, delay_ms))
    return found


def summary(machines: dict[str, Any]) -> dict[str, Any]:
    """Give the middle of all machines, by way of asking."""
    return {
        way: {
            key: round(statistics.median(rows[way][key] for rows in machines.values()), 2)
            for key in row
        }
        for way, row in machines[LARGE].items()
        if all(way in rows for rows in machines.values())
    }


def misses(machines: dict[str, Any]) -> dict[str, list[str]]:
    """Name the machines that need more than the budgets say."""
    budgets = (("platen first", 6, 6_000), ("platen repeat", 3, 2_300))
    return {
        way: [
            f"{name}: {rows[way]['requests']} requests, {rows[way]['octets']} octets"
            for name, rows in machines.items()
            if rows[way]["requests"] > requests or rows[way]["octets"] > octets
        ]
        for way, requests, octets in budgets
    }


def main() -> int:
    """Measure and print; 1 where one of the crowd was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=16161)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--walks", type=Path, default=WALKS)
    parser.add_argument("--count", type=int, default=500)
    options = parser.parse_args()
    paths = {
        f"{delay} ms": measure(options.port, options.walks, delay, options.runs)
        for delay in (0, 20)
    }
    crowd = many(options.count, options.port)
    result = {
        "benchmark": "reading",
        "octets": "on the wire, with 28 octets of IPv4 and UDP headers a datagram",
        "machines": {path: rows[LARGE] for path, rows in paths.items()},
        "middle_of_all": {path: summary(rows) for path, rows in paths.items()},
        "beyond_budget": misses(paths["20 ms"]),
        "every_machine": paths,
        "crowd": crowd,
    }
    print(json.dumps(result, indent=1))
    return 1 if crowd["lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
