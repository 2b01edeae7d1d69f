"""How a sweep compares: addresses of loopback, some of which answer, asked by Platen and by others.

Usage: sweep.py [--runs N] [--port P] [--count N] [NETWORK...]

Prints one JSON object. The answering agents are a process of their own. The other addresses are
"silent" (as behind a firewall: every round is needed) or "closed" (the kernel says by ICMP that
nothing listens there). onesixtyone and nmap are measured in the same run where they are installed;
nmap cannot tell silent ones from present ones, so it is measured on closed ones only.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
NETWORKS = ("127.23.0.0/24", "127.23.0.0/20", "127.23.0.0/16")
TIMEOUT = 1.0
ADDRESS = re.compile(r"\b127\.\d+\.\d+\.\d+\b")


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program: its command line, and how to read the addresses it found."""

    name: str
    command: Callable[[str, int, Path], list[str]]
    found: Callable[[str], set[str]]
    where: tuple[str, ...] = ("silent", "closed")


PEERS = (
    Peer(
        "onesixtyone",
        lambda _network, port, hosts: [
            "onesixtyone", "-p", str(port), "-w", "0", "-i", str(hosts), "public",
        ],
        lambda text: {m[0] for line in text.splitlines() if (m := ADDRESS.match(line))},
    ),
    Peer(
        "nmap",
        lambda network, port, _hosts: [
            "nmap", "-n", "-Pn", "-sU", "-p", str(port), "-T5", "--min-rate", "50000",
            "--max-retries", "1", "--min-hostgroup", "4096", "-oG", "-", network,
        ],
        lambda text: {
            m[0]
            for line in text.splitlines()
            if "/open/" in line or "/open|filtered/" in line
            if (m := ADDRESS.search(line))
        },
        ("closed",),
    ),
)  # fmt: skip


def spread(count: int) -> list[str]:
    """Choose who answers in 127.23.0.0/16: some in its first /24, some in its first /20."""
    random = Random(23)
    few, some = min(count, 20), min(max(count - 20, 0), 60)
    hosts = set(random.sample(range(1, 255), few))
    hosts |= set(random.sample(range(256, 4095), some))
    while len(hosts) < count:
        hosts.add(random.randrange(4097, 65534))
    return [f"127.23.{n >> 8}.{n & 255}" for n in sorted(hosts)]


@contextmanager
def answering(others: str, port: int, addresses: Sequence[str]) -> Iterator[None]:
    """Serve these addresses while the block runs; ``others`` is what the rest is like."""
    command = [sys.executable, str(HERE / "_answering.py"), others, str(port), *addresses]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            if process.stdout.readline() != "ready\n":
                raise SystemExit(f"port {port} cannot be had on {addresses[0]}: try --port")
            yield
        finally:
            process.stdin.close()


def measured(command: Sequence[str]) -> dict[str, Any]:
    """Run a program to its end; gives its output, and wall, processor time and peak memory."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - began
        output.seek(0)
        text = output.read()
    return {
        "text": text,
        "status": process.returncode,
        "wall_seconds": wall,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
    }


def platen(network: str, port: int, present: set[str]) -> dict[str, Any]:
    """Sweep with Platen; wall and processor time are of the sweep, as in an agent that runs."""
    run = measured([sys.executable, str(HERE / "_sweeping.py"), network, str(port), str(TIMEOUT)])
    result: dict[str, Any] = json.loads(run["text"])
    found = set(result.pop("found"))
    return {
        **result,
        "found": len(found & present),
        "others": len(found - present),
        "process_wall_seconds": run["wall_seconds"],
        "process_cpu_seconds": run["cpu_seconds"],
    }


def peer(one: Peer, network: str, port: int, present: set[str]) -> dict[str, Any]:
    """Sweep with another program."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as hosts:
        hosts.write("".join(f"{address}\n" for address in IPv4Network(network).hosts()))
        hosts.flush()
        run = measured(one.command(network, port, Path(hosts.name)))
    found = one.found(run.pop("text"))
    return {**run, "found": len(found & present), "others": len(found - present)}


def median(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Give the median of each figure, and the fewest that any run found."""
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    return {**middle, "found_at_least": min(run["found"] for run in runs)}


def compare(
    network: str, others: str, port: int, everyone: Sequence[str], runs: int
) -> dict[str, Any]:
    """Measure all on one network, turn and turn about."""
    hosts = {str(address) for address in IPv4Network(network).hosts()}
    present = hosts & set(everyone)
    peers = [one for one in PEERS if shutil.which(one.name) and others in one.where]
    results: dict[str, list[dict[str, Any]]] = {}
    for number in range(runs):
        print(f"{network} {others}, run {number + 1} of {runs}", file=sys.stderr)
        results.setdefault("platen", []).append(platen(network, port, present))
        for one in peers:
            results.setdefault(one.name, []).append(peer(one, network, port, present))
    medians = {name: median(found) for name, found in results.items()}
    return {
        "network": network,
        "others": others,
        "addresses": len(hosts),
        "present": len(present),
        "runs": runs,
        **medians,
        "times_of": {
            one.name: {
                figure: round(medians["platen"][figure] / medians[one.name][figure], 3)
                for figure in ("wall_seconds", "cpu_seconds")
            }
            for one in peers
        },
    }


def main() -> int:
    """Measure and print; 1 where a printer was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("networks", nargs="*", default=NETWORKS, metavar="NETWORK")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--port", type=int, default=16161)
    parser.add_argument("--count", type=int, default=500)
    options = parser.parse_args()
    everyone = spread(options.count)
    networks = []
    for others in ("silent", "closed"):
        with answering(others, options.port, everyone):
            networks += [
                compare(network, others, options.port, everyone, options.runs)
                for network in options.networks
            ]
    print(json.dumps({"benchmark": "sweep", "timeout": TIMEOUT, "networks": networks}, indent=1))
    missed = any(one["platen"]["found_at_least"] < one["present"] for one in networks)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
