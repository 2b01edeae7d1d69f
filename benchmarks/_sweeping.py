"""One sweep in a process of its own, pace off; prints what it cost as JSON.

Usage: _sweeping.py NETWORK PORT TIMEOUT [PATH]  where PATH is loopback, on-link or routed
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from contextlib import aclosing
from pathlib import Path as File
from random import Random

from core.discovery.interfaces import Path
from core.discovery.pace import Pace, Pacer, SystemClock, rate_for
from core.discovery.resolve import parse_all, resolve
from core.discovery.sweep import Patience, Sweep


def memory(line: str) -> int:
    """Give a line of this process' memory, in octets: VmRSS now, VmHWM at its height."""
    status = File("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{line}:")[2].split()[0]) * 1024


def cpu() -> float:
    """Give the processor time of this process, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def main(network: str, port: int, patience: Patience, path: Path) -> dict[str, object]:
    """Sweep; gives what was found and what it cost."""
    wanted, barred = parse_all([network], [])
    targets = (await resolve(wanted, barred, port=port)).targets
    clock = SystemClock()
    sweep = Sweep(
        targets,
        ("public",),
        path=path,
        pacer=Pacer(rate_for(path, len(targets), Pace.OFF), clock),
        clock=clock,
        random=Random(),
        patience=patience,
    )
    rest, used, began = memory("VmRSS"), cpu(), time.perf_counter()
    async with aclosing(sweep.answers()) as answers:
        found = [answer.endpoint.address async for answer in answers]
    return {
        "wall_seconds": time.perf_counter() - began,
        "cpu_seconds": cpu() - used,
        "resident": memory("VmHWM"),
        "resident_above_rest": memory("VmHWM") - rest,
        "datagrams": sweep.tally.datagrams,
        "octets_out": sweep.tally.octets_out,
        "octets_in": sweep.tally.octets_in,
        "found": sorted(found),
    }


if __name__ == "__main__":
    network, port, timeout, *rest = sys.argv[1:]
    path = Path(rest[0]) if rest else Path.LOOPBACK
    print(json.dumps(asyncio.run(main(network, int(port), Patience(float(timeout)), path))))
