"""net-snmp's agent on loopback, with a configuration of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.model.identity import Endpoint
from tests.support.ask_plainly import free_udp_port, wait_until_answering
from tests.support.need import need

ADDRESS = "127.24.0.1"
_CONFIGURATION = """\
agentAddress udp:{address}:{port}
com2sec public default public
com2sec old default only-version-one
group everyone v1 public
group everyone v2c public
group old v1 old
view all included .1
access everyone "" any noauth exact all none none
access old "" v1 noauth exact all none none
sysLocation The shelf by the window
sysContact technician@example.invalid
sysName shelf
"""


@dataclass(frozen=True, slots=True)
class Snmpd:
    """A running agent: community "public" by v1 and v2c, "only-version-one" by v1."""

    endpoint: Endpoint
    process: subprocess.Popen[bytes]


@contextmanager
def run_snmpd(address: str = ADDRESS) -> Iterator[Snmpd]:
    """Run snmpd on a free port of this address until the block ends."""
    program = need("snmpd")
    with tempfile.TemporaryDirectory(prefix="platen-snmpd-") as name:
        folder = Path(name)
        port = free_udp_port(address)
        (folder / "snmpd.conf").write_text(_CONFIGURATION.format(address=address, port=port))
        own = {"SNMPCONFPATH": name, "SNMP_PERSISTENT_DIR": name, "MIBS": ""}
        process = subprocess.Popen(
            [program, "-f", "-LE", "3", "-C", "-c", str(folder / "snmpd.conf"), "-r"],
            env={**os.environ, **own},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_answering({address: port}, process, patience=20)
            yield Snmpd(Endpoint(address, port), process)
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def snmpd() -> Iterator[Snmpd]:
    """One snmpd for the whole run."""
    with run_snmpd() as running:
        yield running
