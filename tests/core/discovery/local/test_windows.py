"""Windows: what its registry and spooler would answer, recorded by hand after their formats."""

from __future__ import annotations

import sys

import pytest

from core.discovery.local.errors import LocalPortError
from core.discovery.local.open_port import OpenPort
from core.discovery.local.printer import QueueState
from core.discovery.local.windows import WindowsLocalPrinters
from core.discovery.local.windows_border import SpoolerQueue, UsbPrintInterface
from core.model.problem import Problem
from tests.support.pjl_printer import PjlPrinter, printer
from tests.support.usb_tree import KYOCERA_ID

CLASS = "{28d78fad-5a12-11d1-ae5b-0000f803a8c2}"
PATH = rf"\\?\usb#vid_0482&pid_0647#R4B1972571#{CLASS}"
INVENTED = rf"\\?\usb#vid_03f0&pid_4117#6&1a2b3c4d&0&2#{CLASS}"
KYOCERA = UsbPrintInterface(PATH, "USB", 1, True, "USB Printing Support")
GONE = UsbPrintInterface(INVENTED, "USB", 2, False, "HP LaserJet 1018")
HARDWARE = (r"USBPRINT\Hewlett-PackardHP_LaC7B4", "Hewlett-PackardHP_LaC7B4")


class Recorded:
    """A computer as the border shows it."""

    def __init__(self, *queues: SpoolerQueue) -> None:
        self.listed = queues
        self.found: tuple[UsbPrintInterface, ...] = (KYOCERA, GONE)
        self.ids = {PATH: KYOCERA_ID}
        self.opened: list[str] = []
        self.at_port: PjlPrinter | None = None

    def queues(self) -> tuple[SpoolerQueue, ...]:
        return self.listed

    def interfaces(self) -> tuple[UsbPrintInterface, ...]:
        return self.found

    def device_id(self, path: str) -> str | None:
        if path not in self.ids:
            raise PermissionError(13, "Access is denied")
        return self.ids[path]

    def open(self, path: str, name: str) -> OpenPort:
        self.opened.append(path)
        assert self.at_port is not None
        return self.at_port.port


def queue(name: str = "Desk", port: str = "USB001", status: int = 0, jobs: int = 0) -> SpoolerQueue:
    return SpoolerQueue(name, port, "Kyocera ECOSYS P3155dn KX", status, jobs)


async def test_a_usb_printer_and_its_queues() -> None:
    calls = Recorded(queue(), queue("Copy", "USB001,LPT1:"), queue("Far", "10.0.0.5_1"))
    usb, lpt = await WindowsLocalPrinters(calls).printers()
    assert (usb.connection, usb.port, usb.device_id) == ("usb", "USB001", KYOCERA_ID)
    assert [one.name for one in usb.queues] == ["Copy", "Desk"]
    assert usb.identity.serial == "R4B1972571"
    assert (lpt.connection, lpt.port, [one.name for one in lpt.queues]) == (
        *("parallel", "LPT1:"),
        ["Copy"],
    )


async def test_a_queue_whose_printer_is_away() -> None:
    found = await WindowsLocalPrinters(Recorded(queue(port="USB007"))).printers()
    assert [one.port for one in found] == ["USB001", "USB007"]
    assert "is not seen now" in found[1].evidence.detail
    assert found[1].device_id is None


async def test_without_an_id_the_registry_tells_the_model() -> None:
    calls = Recorded()
    described = UsbPrintInterface(INVENTED, "USB", 3, True, "HP LaserJet 1018")
    hardware = UsbPrintInterface(INVENTED, "USB", 4, True, "USB Printing Support", HARDWARE)
    calls.found = (described, hardware)
    first, second = await WindowsLocalPrinters(calls).printers()
    assert (first.identity.vendor, first.identity.model) == ("HP", "HP LaserJet 1018")
    assert first.identity.serial is None  # Windows made that one up
    assert second.identity.model == "Hewlett-PackardHP La"


@pytest.mark.parametrize(
    ("status", "jobs", "state"),
    [(0, 0, "idle"), (0x400, 0, "printing"), (0, 2, "printing"), (0x80, 0, "stopped")],
)
async def test_what_queues_do(status: int, jobs: int, state: str) -> None:
    calls = Recorded(queue(status=status, jobs=jobs))
    (found,) = await WindowsLocalPrinters(calls).printers()
    assert found.queues[0].state is QueueState(state)


async def test_counters() -> None:
    calls = Recorded(queue())
    backend = WindowsLocalPrinters(calls)
    (found,) = await backend.printers()
    with printer() as calls.at_port:
        assert (await backend.counters(found)).meters == {"total": 183933}
    assert calls.opened == [PATH]


async def test_ports_that_are_left_alone() -> None:
    calls = Recorded(queue())
    backend = WindowsLocalPrinters(calls)
    (found,) = await backend.printers()
    calls.listed = (queue(jobs=1),)
    assert await code(backend, found) == "local_port_busy"
    calls.listed, calls.found = (), (GONE,)
    assert await code(backend, found) == "local_port_gone"
    assert calls.opened == []


async def code(backend: WindowsLocalPrinters, found: object) -> str:
    with pytest.raises(LocalPortError) as caught:
        await backend.counters(found)  # type: ignore[arg-type]
    return caught.value.problem.code


async def test_a_spooler_that_does_not_run() -> None:
    class Stopped(Recorded):
        def queues(self) -> tuple[SpoolerQueue, ...]:
            raise OSError(1722, "The RPC server is unavailable")

    told: list[Problem] = []
    (found,) = await WindowsLocalPrinters(Stopped(), told.append).printers()
    assert found.queues == ()
    assert [problem.code for problem in told] == ["spooler_failed"]


@pytest.mark.skipif(sys.platform == "win32", reason="says what other systems do")
def test_its_calls_are_windows_only() -> None:
    with pytest.raises(ImportError):
        __import__("core.discovery.local.windows_calls")
