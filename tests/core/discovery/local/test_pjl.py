"""A printer at a port asked end to end; ports that must not be asked; no way to a network."""

from __future__ import annotations

import ast
import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import core.discovery.local.pjl as module
from core.discovery.local.device_port import DevicePort, open_usb_port
from core.discovery.local.errors import LocalPortError, LocalRefusedError
from core.discovery.local.open_port import OpenPort
from core.discovery.local.pjl import PjlPolicy, ask
from core.discovery.local.port_reading import PortReading
from core.host.clock import monotonic
from core.model.identity import Identity
from core.model.reading import DeviceState
from tests.support.pjl_printer import READY, PjlPrinter, printer
from tests.support.usb_tree import KYOCERA_ID

PATIENT = PjlPolicy()
QUICK = PjlPolicy(send=0.3, first=0.4, quiet=0.3, total=2.0)


async def visit(
    port: OpenPort, device_id: str | None = KYOCERA_ID, policy: PjlPolicy = PATIENT
) -> PortReading:
    return await ask(port, device_id, Identity(), token="platen-1", clock=monotonic, policy=policy)


def is_closed(one: PjlPrinter) -> bool:
    return one.port._descriptor < 0


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - a thread of the test's printer sets it
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("piece", [4096, 7, 1])
async def test_a_printer_that_is_ready(piece: int) -> None:
    with printer(piece=piece) as one:
        reading = await visit(one.port)
    assert reading.meters == {"total": 183933}
    assert reading.status.state is DeviceState.IDLE
    assert reading.status.display == ("Ready",)
    assert reading.identity.model == "ECOSYS P3155dn"
    assert reading.notes == ()
    assert reading.provenance["meters.total"].refs == ("@PJL INFO PAGECOUNT",)
    assert reading.cost.bytes_out == len(one.received)


async def test_what_another_program_left_is_not_taken() -> None:
    left = b"@PJL INFO PAGECOUNT\r\nPAGECOUNT=1\r\n\x0c"
    with printer(leftover=left) as one:
        assert (await visit(one.port)).meters == {"total": 183933}


async def test_a_printer_without_echo_ends_by_its_silence() -> None:
    with printer(echoes=False) as one:
        reading = await visit(one.port, policy=QUICK)
    assert reading.meters == {"total": 183933}
    assert reading.notes[0].code == "pjl_not_synchronised"


async def test_a_printer_that_knows_half() -> None:
    with printer({"INFO STATUS": READY["INFO STATUS"]}) as one:
        reading = await visit(one.port)
    assert reading.meters == {}
    assert reading.status.state is DeviceState.IDLE


async def test_a_silent_printer() -> None:
    with printer({}, echoes=False) as one, pytest.raises(LocalPortError) as caught:
        await visit(one.port, policy=QUICK)
    assert caught.value.problem.code == "local_port_silent"
    assert is_closed(one)


@pytest.mark.parametrize("device_id", [None, "MFG:HP;MDL:LaserJet 1018;CMD:ACL,ZJS;", ""])
async def test_a_printer_that_knows_no_pjl_gets_not_one_octet(device_id: str | None) -> None:
    with printer() as one:
        with pytest.raises(LocalRefusedError) as caught:
            await visit(one.port, device_id)
        assert caught.value.problem.code == "local_pjl_unknown"
        assert bytes(one.received) == b""
        assert is_closed(one)


async def test_a_printer_that_is_unplugged() -> None:
    with printer({}, echoes=False) as one:
        waiting = asyncio.create_task(visit(one.port))
        await until(lambda: one.received)
        one.unplug()
        with pytest.raises(LocalPortError) as caught:
            await waiting
    assert caught.value.problem.code == "local_port_gone"


async def test_a_printer_that_takes_nothing_is_busy() -> None:
    far, near = os.openpty()
    try:
        port = DevicePort(near, "/dev/usb/lp0")
        with pytest.raises(LocalPortError) as caught:
            port.send(b"x" * 1_000_000, 0.2)
        assert caught.value.problem.code == "local_port_busy"
    finally:
        port.close()
        os.close(far)


async def test_who_stops_waiting_leaves_no_open_port() -> None:
    with printer({}, echoes=False) as one:
        waiting = asyncio.create_task(visit(one.port, policy=PjlPolicy(first=60, total=60)))
        await until(lambda: one.received)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await until(lambda: is_closed(one))


async def test_a_flood_is_cut_off() -> None:
    class Flood(OpenPort):
        name = "flood"
        closed = False
        given = 0

        def device_id(self) -> str | None:
            return None

        def send(self, data: bytes, seconds: float) -> None:
            pass

        def receive(self, most: int, seconds: float) -> bytes:
            self.given += min(most, 4096)
            return b"x" * min(most, 4096)

        def close(self) -> None:
            self.closed = True

    port = Flood()
    assert (await visit(port)).meters == {}
    assert (port.given, port.closed) == (65_536, True)


@pytest.mark.parametrize("kind", ["socket", "pipe", "file"])
def test_only_devices_are_ports(kind: str, tmp_path: Path) -> None:
    pair = socket.socketpair() if kind == "socket" else None
    made = {
        "socket": lambda: (pair[0].fileno(), pair[1].fileno()) if pair else (),
        "pipe": os.pipe,
        "file": lambda: (os.open(tmp_path / "f", os.O_CREAT | os.O_RDWR),),
    }[kind]()
    try:
        with pytest.raises(LocalRefusedError) as caught:
            DevicePort(made[0], "/dev/usb/lp0")
        assert caught.value.problem.code == "local_port_refused"
    finally:
        if pair:
            for one in pair:
                one.close()
        else:
            for descriptor in made:
                os.close(descriptor)


async def test_pjl_takes_nothing_but_an_open_port() -> None:
    with socket.socket() as sock, pytest.raises(LocalRefusedError):
        await visit(sock)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path",
    ["10.0.0.5:9100", "/dev/tcp/10.0.0.5/9100", "/dev/sda", "/dev/usb/lp0/../../sda", "", "lp0"],
)
def test_only_paths_of_usb_printers_are_opened(path: str) -> None:
    with pytest.raises(LocalRefusedError):
        open_usb_port(path)


def test_a_port_that_is_not_there() -> None:
    with pytest.raises(LocalPortError) as caught:
        open_usb_port("/dev/usb/lp999")
    assert caught.value.problem.code == "local_port_gone"


def test_no_module_of_pjl_has_a_way_to_a_network() -> None:
    folder = Path(module.__file__).parent
    names = ("pjl*.py", "open_port.py", "device_port.py", "windows_port.py")
    files = [path for name in names for path in folder.glob(name)]
    assert len(files) >= 6
    for path in files:
        text = path.read_text()
        tree = ast.walk(ast.parse(text))
        imported = {
            name
            for node in tree
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([a.name for a in node.names] + [getattr(node, "module", "") or ""])
        }
        assert not imported & {"socket", "ssl", "aiohttp", "http", "urllib", "subprocess"}, path
        assert "open_connection" not in text
        assert "create_connection" not in text
        assert not any(name.startswith(("core.snmp", "core.ipp")) for name in imported), path
