"""The client against recordings of real printers, served by snmpsim."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from core.model.identity import Endpoint
from core.snmp.access import BY_COMMUNITY, Access
from core.snmp.deny import denied_prefix
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.types import parse_oid
from tests.support.ask_plainly import free_udp_port
from tests.support.need import need_walks
from tests.support.snmpsim import serve_walks

PRINTERS = {
    "127.24.10.1": "kyocera_cs4053ci",
    "127.24.10.2": "brother_hl5370dw",
    "127.24.10.3": "ricoh_mpc3002",
}
POLICY = Policy(timeout=3)
MIB = parse_oid("1.3.6.1.2.1.43")
SUPPLIES = parse_oid("1.3.6.1.2.1.43.11.1.1")


class Served(NamedTuple):
    files: dict[str, Path]
    port: int


@pytest.fixture(scope="module")
def served():
    folder = need_walks()
    files = {address: folder / f"{name}.snmprec" for address, name in PRINTERS.items()}
    port = free_udp_port(next(iter(PRINTERS)))
    with serve_walks(files, port):
        yield Served(files, port)


def recorded(path, root):
    """The names below a root in a recording, in order."""
    lines = path.read_text(errors="replace").splitlines()
    names = {parse_oid(line.split("|")[0]) for line in lines if "|" in line}
    below = [name for name in names if name[: len(root)] == root and name != root]
    return sorted(name for name in below if denied_prefix(name) is None)


@pytest.mark.walks
@pytest.mark.parametrize("address", PRINTERS)
async def test_a_walk_gives_the_whole_recording(served, address):
    async with SnmpNetwork() as network:
        client = network.client(Endpoint(address, served.port), Access(), POLICY)
        found = await client.walk(MIB)
        assert found
        assert list(found) == recorded(served.files[address], MIB)


@pytest.mark.walks
@pytest.mark.parametrize("version", BY_COMMUNITY)
async def test_columns_give_the_whole_table(served, version):
    address = "127.24.10.1"
    async with SnmpNetwork() as network:
        access = Access(versions=(version,))
        client = network.client(Endpoint(address, served.port), access, POLICY)
        found = await client.columns([(*SUPPLIES, n) for n in range(1, 12)], rows=5)
        assert sorted(found) == recorded(served.files[address], SUPPLIES)
        assert client.quirks == frozenset()
