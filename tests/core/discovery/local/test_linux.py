"""Linux as a whole: the kernel's folders, a real CUPS, and a printer at a port."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.discovery.local.cups import Cups
from core.discovery.local.cups_wire import CupsWire
from core.discovery.local.endpoint import endpoint_of, finding_of, is_local, reading_of
from core.discovery.local.errors import LocalPortError
from core.discovery.local.linux import LinuxLocalPrinters, Places
from core.discovery.local.open_port import OpenPort
from core.discovery.local.printer import LocalPrinter, QueueState
from core.model.jsonio import to_json
from core.model.problem import Problem
from core.model.provenance import Source
from tests.support.cupsd import Cupsd, cupsd
from tests.support.pjl_printer import PjlPrinter, printer
from tests.support.usb_tree import KYOCERA_ID, add_mouse, add_printer

__all__ = ["cupsd"]
URI = "usb://Kyocera/ECOSYS%20P3155dn?serial=R4B1972571"


class Here:
    """A computer: its folders, what was told, and the printer at its port, if any."""

    def __init__(self, folder: Path, cups: Cups | None = None) -> None:
        self.told: list[Problem] = []
        self.opened: list[str] = []
        self.at_port: PjlPrinter | None = None
        self.usb = folder / "usb"
        self.usb.mkdir()
        self.printers = LinuxLocalPrinters(
            self.told.append,
            places=Places(self.usb, folder / "ipp-usb", folder / "parport"),
            cups=cups or Cups(CupsWire([folder / "none"], loopback=None)),
            open_port=self.open,
        )

    def open(self, path: str) -> OpenPort:
        self.opened.append(path)
        assert self.at_port is not None
        return self.at_port.port

    async def only(self) -> LocalPrinter:
        (found,) = await self.printers.printers()
        return found


async def test_one_printer_seen_on_the_bus_and_as_a_queue(tmp_path: Path, cupsd: Cupsd) -> None:
    here = Here(tmp_path, cupsd.cups())
    add_printer(here.usb)
    add_mouse(here.usb)
    cupsd.add("desk", URI)
    cupsd.add("far", "socket://192.0.2.1:9100")
    try:
        found = await here.only()
    finally:
        cupsd.remove("desk")
        cupsd.remove("far")
    assert (found.connection, found.uri, found.port) == ("usb", URI, "/dev/usb/lp0")
    assert [queue.name for queue in found.queues] == ["desk"]
    assert found.identity.serial == "R4B1972571"
    assert found.evidence.source is Source.USB
    assert here.told == []


async def test_without_cups_the_bus_is_enough_and_it_is_said(tmp_path: Path) -> None:
    here = Here(tmp_path)
    add_printer(here.usb)
    assert (await here.only()).device_id == KYOCERA_ID
    assert [problem.code for problem in here.told] == ["cups_absent"]


async def test_cups_is_let_look_where_the_kernel_has_no_id(tmp_path: Path, cupsd: Cupsd) -> None:
    here = Here(tmp_path, cupsd.cups())
    add_printer(here.usb, device_id=None, lp=None)
    cupsd.lists(f'direct {URI} "K" "K" "{KYOCERA_ID}" ""')
    found = await here.only()
    assert (found.device_id, found.port) == (KYOCERA_ID, None)


async def test_while_a_queue_prints_cups_is_not_let_look(tmp_path: Path, cupsd: Cupsd) -> None:
    here = Here(tmp_path, cupsd.cups())
    add_printer(here.usb, device_id=None, lp=None)
    cupsd.lists(f'direct {URI} "K" "K" "{KYOCERA_ID}" ""')
    cupsd.add("desk", URI)
    with cupsd.printing("desk"):
        found = await here.only()
    cupsd.remove("desk")
    assert (found.device_id, found.queues[0].state) == (None, QueueState.PRINTING)


async def test_ipp_over_usb(tmp_path: Path) -> None:
    here = Here(tmp_path)
    texts = ("HP", "HP Laser 103", "VNC3X02")
    add_printer(here.usb, texts=texts, numbers="03f0:6a2a", device_id=None, lp=None, protocol="04")
    (tmp_path / "ipp-usb").mkdir()
    state = tmp_path / "ipp-usb" / "03f0-6a2a-VNC3X02-HP-Laser-103.state"
    state.write_text("[device]\nhttp-port = 60000\n")
    found = await here.only()
    assert (found.connection, found.ipp_port, found.name) == ("ipp-usb", 60000, "HP Laser 103")


async def test_nothing_here(tmp_path: Path) -> None:
    here = Here(tmp_path)
    here.usb.rmdir()
    assert await here.printers.printers() == ()


async def test_counters_end_to_end(tmp_path: Path) -> None:
    here = Here(tmp_path)
    add_printer(here.usb)
    found = await here.only()
    with printer() as here.at_port:
        said = await here.printers.counters(found)
    assert here.opened == ["/dev/usb/lp0"]
    assert said.meters == {"total": 183933}
    assert said.identity == found.identity
    reading = reading_of(found, said, "2026-01-01T00:00:00Z")
    assert (reading.address, reading.port) == ("usb:R4B1972571", 0)
    assert '"total":183933' in to_json(reading)
    observed = reading.observation("meters.total")
    assert observed is not None
    assert observed.provenance.source is Source.USB


async def test_while_a_queue_prints_the_port_is_not_opened(tmp_path: Path, cupsd: Cupsd) -> None:
    here = Here(tmp_path, cupsd.cups())
    add_printer(here.usb)
    cupsd.add("desk", URI)
    found = await here.only()  # the queue was idle then
    with cupsd.printing("desk"), pytest.raises(LocalPortError) as caught:
        await here.printers.counters(found)
    cupsd.remove("desk")
    assert caught.value.problem.code == "local_port_busy"
    assert "desk" in caught.value.problem.text
    assert here.opened == []


async def test_who_knows_no_pjl_is_not_even_opened(tmp_path: Path) -> None:
    here = Here(tmp_path)
    add_printer(here.usb, device_id="MFG:HP;MDL:LaserJet 1018;CMD:ACL;")
    with pytest.raises(LocalPortError) as caught:
        await here.printers.counters(await here.only())
    assert caught.value.problem.code == "local_pjl_unknown"
    assert here.opened == []


async def test_another_printer_came_to_the_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Here(tmp_path)
    add_printer(here.usb)
    found = await here.only()
    with printer() as here.at_port:
        other = KYOCERA_ID.replace("R4B1972571", "OTHER")
        monkeypatch.setattr(here.at_port.port, "device_id", lambda: other)
        with pytest.raises(LocalPortError) as caught:
            await here.printers.counters(found)
        assert bytes(here.at_port.received) == b""
    assert caught.value.problem.code == "local_port_gone"


async def test_a_parallel_one_is_found_and_not_asked(tmp_path: Path) -> None:
    here = Here(tmp_path)
    (tmp_path / "parport/parport0").mkdir(parents=True)
    text = "CLASS:PRINTER;\nMODEL:LaserJet 5;\nMANUFACTURER:HP;\nCOMMAND SET:PJL;"
    (tmp_path / "parport/parport0/autoprobe").write_text(text)
    found = await here.only()
    assert (found.connection, found.name, found.port) == ("parallel", "HP LaserJet 5", "/dev/lp0")
    with pytest.raises(LocalPortError) as caught:
        await here.printers.counters(found)
    assert caught.value.problem.code == "local_port_refused"
    assert str(endpoint_of(found).address) == "parallel:%2Fdev%2Flp0"


async def test_beside_the_printers_of_the_network(tmp_path: Path) -> None:
    here = Here(tmp_path)
    add_printer(here.usb)
    finding = finding_of(await here.only())
    assert finding.endpoint == endpoint_of(await here.only())
    assert is_local(finding.endpoint)
    assert finding.evidence[0].source is Source.USB
    assert finding.provenance["identity.serial"].raw == ("R4B1972571",)
