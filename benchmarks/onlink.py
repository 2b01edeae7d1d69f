"""A sweep on a wire of our own, where every absent neighbour has to be looked for by ARP.

Usage: onlink.py [--runs N] [--wide]        (as root, on Linux, with iproute2)

Two network namespaces joined by a veth pair: one with 47 agents in 10.77.0.0/20, the other sweeps
that /20 and a /24 of it; ``--wide`` sweeps all of 10.77.0.0/16 as well, which takes minutes.
Prints one JSON object; without root it says so in there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
HERE_NS, THERE_NS = f"platen-a{os.getpid()}", f"platen-b{os.getpid()}"
PRINTERS = 47
PORT = 16161
TIMEOUT = 1.0


def ip(*arguments: str, batch: str | None = None) -> None:
    """Run ``ip``; raises ``CalledProcessError``."""
    subprocess.run(["ip", *arguments], check=True, input=batch, text=True)


def addresses() -> list[str]:
    """Choose where the printers are."""
    chosen = Random(4).sample(list(IPv4Network("10.77.0.0/20").hosts())[1:], PRINTERS)
    return [str(address) for address in sorted(chosen)]


@contextmanager
def wire(present: Sequence[str]) -> Iterator[None]:
    """Lay a wire between two namespaces for as long as the block runs."""
    try:
        for name in (HERE_NS, THERE_NS):
            ip("netns", "add", name)
        ip(
            "link",
            "add",
            "wire0",
            "netns",
            HERE_NS,
            "type",
            "veth",
            "peer",
            "wire0",
            "netns",
            THERE_NS,
        )
        for name in (HERE_NS, THERE_NS):
            ip("-n", name, "link", "set", "lo", "up")
            ip("-n", name, "link", "set", "wire0", "up")
        ip("-n", HERE_NS, "addr", "add", "10.77.0.1/16", "dev", "wire0")
        ip("-n", THERE_NS, "addr", "add", "10.77.255.254/16", "dev", "wire0")
        lines = "".join(f"addr add {address}/32 dev wire0\n" for address in present)
        ip("-n", THERE_NS, "-batch", "-", batch=lines)
        yield
    finally:
        for name in (HERE_NS, THERE_NS):
            subprocess.run(["ip", "netns", "del", name], check=False)


@contextmanager
def answering(present: Sequence[str]) -> Iterator[None]:
    """Serve the printers while the block runs."""
    script = [sys.executable, str(HERE / "_answering.py"), "closed", str(PORT), *present]
    with subprocess.Popen(
        ["ip", "netns", "exec", THERE_NS, *script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdout.readline()
            yield
        finally:
            process.stdin.close()


def sweep(network: str, present: Sequence[str], runs: int) -> dict[str, Any]:
    """Sweep so many times, each time with an empty neighbour table."""
    expected = {a for a in present if IPv4Address(a) in IPv4Network(network)}
    results: list[dict[str, Any]] = []
    script = [
        sys.executable,
        str(HERE / "_sweeping.py"),
        network,
        str(PORT),
        str(TIMEOUT),
        "on-link",
    ]
    for number in range(runs):
        print(f"{network}, run {number + 1} of {runs}", file=sys.stderr)
        ip("-n", HERE_NS, "neigh", "flush", "all")
        run = subprocess.run(
            ["ip", "netns", "exec", HERE_NS, *script], check=True, capture_output=True, text=True
        )
        result = json.loads(run.stdout)
        result["found"] = len(expected & set(result["found"]))
        results.append(result)
    middle = {key: statistics.median(run[key] for run in results) for key in results[0]}
    fewest = min(run["found"] for run in results)
    return {
        "network": network,
        "present": len(expected),
        "runs": runs,
        "found_at_least": fewest,
        **middle,
    }


def main() -> int:
    """Measure and print; 1 where a printer was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--wide", action="store_true")
    options = parser.parse_args()
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        print(json.dumps({"benchmark": "onlink", "skipped": "needs root and iproute2 on Linux"}))
        return 0
    present = addresses()
    with wire(present), answering(present):
        networks = [
            sweep(network, present, options.runs) for network in ("10.77.2.0/24", "10.77.0.0/20")
        ]
        if options.wide:
            networks.append(sweep("10.77.0.0/16", present, 1))
    print(json.dumps({"benchmark": "onlink", "timeout": TIMEOUT, "networks": networks}, indent=1))
    return 1 if any(one["found_at_least"] < one["present"] for one in networks) else 0


if __name__ == "__main__":
    sys.exit(main())
