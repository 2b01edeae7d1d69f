"""Simulated printers in a process of their own, as tests and benchmarks want them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.need import ROOT


@dataclass(frozen=True, slots=True)
class Served:
    """One printer that is served, as it says of itself."""

    address: str
    port: int
    vendor: str
    model: str
    serial: str
    mac: str
    situation: str

    def __str__(self) -> str:
        return f"{self.address}:{self.port}"


def command(*arguments: str, module: str = "sim") -> list[str]:
    """Give the command line that serves printers; ``module`` stands in for ``sim``."""
    return [sys.executable, "-m", module, "serve", *arguments]


@contextmanager
def simulated(
    network: str, count: int = 24, *arguments: str, port: int = 0, module: str = "sim"
) -> Iterator[list[Served]]:
    """Serve printers while the block runs; port 0 gives each one a free port of its own."""
    places = ("--network", network, "--count", str(count), "--port", str(port), "--json")
    with subprocess.Popen(
        command(*places, *arguments, module=module),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline())
            yield [Served(**row) for row in ready["printers"]]
        finally:
            process.stdin.close()
            assert process.wait(10) == 0
