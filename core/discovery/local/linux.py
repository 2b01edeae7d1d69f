"""Linux: the kernel's list of USB and parallel printers, ipp-usb's ports, and CUPS' queues."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from core.discovery.local.cups import Cups, CupsDevice
from core.discovery.local.cups_wire import CupsWire
from core.discovery.local.device_port import open_usb_port
from core.discovery.local.errors import SpoolerError, busy, gone, no_pjl, not_a_port
from core.discovery.local.identity import Told, knows_pjl, told_by_device_id
from core.discovery.local.ipp_usb import STATES, IppUsbPort, read_states
from core.discovery.local.merging import Candidate, merge
from core.discovery.local.open_port import OpenPort
from core.discovery.local.parallel import PORTS, ParallelPrinter, read_ports
from core.discovery.local.pjl import ask
from core.discovery.local.port_reading import PortReading
from core.discovery.local.printer import LocalPrinter, QueueState, Tell, nobody
from core.discovery.local.usb_tree import DEVICES, UsbPrinter, read_tree
from core.host.clock import monotonic
from core.model.problem import Problem
from core.telemetry.ieee1284 import parse_device_id


@dataclass(frozen=True, slots=True)
class Places:
    """Where Linux lists printers."""

    usb: Path = DEVICES
    ipp_usb: Path = STATES
    parallel: Path = PORTS


class LinuxLocalPrinters:
    """See ``core.discovery.local.printer.LocalPrinters``."""

    name = "linux"

    def __init__(
        self,
        tell: Tell = nobody,
        *,
        places: Places = Places(),
        cups: Cups | None = None,
        open_port: Callable[[str], OpenPort] = open_usb_port,
        clock: Callable[[], float] = monotonic,
        token: Callable[[], str] = lambda: f"platen-{token_hex(6)}",
    ) -> None:
        self._tell = tell
        self._places = places
        self._cups = Cups(CupsWire()) if cups is None else cups
        self._open_port = open_port
        self._clock = clock
        self._token = token

    async def printers(self) -> tuple[LocalPrinter, ...]:
        """Give every printer once; none is opened by us."""
        present = await asyncio.to_thread(self._present)
        queues = await self._queues()
        devices = await self._devices(present, queues)
        return merge(present, (*devices, *queues))

    async def counters(self, printer: LocalPrinter) -> PortReading:
        """Ask one by PJL over its USB port; raises ``LocalPortError``."""
        if printer.connection == "parallel" or printer.port is None:
            raise not_a_port(printer.port or printer.uri, "no USB port that can be asked")
        if printer.device_id is not None and not knows_pjl(printer.device_id):
            raise no_pjl(printer.name)
        await self._must_be_quiet(printer)
        port = self._open_port(printer.port)
        try:
            device_id = await asyncio.to_thread(_same, port, printer)
        except BaseException:
            port.close()
            raise
        return await ask(port, device_id, printer.identity, token=self._token(), clock=self._clock)

    async def _must_be_quiet(self, printer: LocalPrinter) -> None:
        names = {queue.name for queue in printer.queues}
        for device in await self._queues() if names else ():
            queue = device.queue
            if queue and queue.name in names and queue.state is QueueState.PRINTING:
                raise busy(str(printer.port), f"the queue {queue.name} is printing")

    async def _queues(self) -> tuple[CupsDevice, ...]:
        try:
            return await self._cups.queues()
        except SpoolerError as error:
            self._tell(error.problem)
            return ()

    async def _devices(
        self, present: list[Candidate], queues: tuple[CupsDevice, ...]
    ) -> tuple[CupsDevice, ...]:
        """Let CUPS look where the kernel knows no device id; never while something is printed."""
        wanting = any(one.connection == "usb" and one.device_id is None for one in present)
        printing = any(one.queue and one.queue.state is QueueState.PRINTING for one in queues)
        if not wanting or printing:
            return ()
        try:
            return await self._cups.devices()
        except SpoolerError as error:
            self._tell(error.problem)
            return ()

    def _present(self) -> list[Candidate]:
        try:
            usb = read_tree(self._places.usb)
        except FileNotFoundError:
            usb = ()  # a computer, or a container, without USB
        except OSError as error:
            reason = error.strerror or str(error.errno)
            text = f"The list of USB devices cannot be read: {reason}."
            self._tell(Problem("usb_unreadable", text, "Let the agent's user read /sys/bus/usb."))
            usb = ()
        ports = read_states(self._places.ipp_usb)
        found = [_of_usb(one, ports) for one in usb]
        return found + [_of_parallel(one) for one in read_ports(self._places.parallel)]


def _of_usb(printer: UsbPrinter, ports: tuple[IppUsbPort, ...]) -> Candidate:
    told = [] if printer.device_id is None else [told_by_device_id(printer.device_id)]
    told.append(Told("USB descriptor", printer.vendor, printer.product, printer.serial))
    mine = (port for port in ports if port.belongs_to(printer.numbers, printer.serial))
    port = next(mine, None) if printer.ipp_usb and printer.port is None else None
    return Candidate(
        connection="usb" if port is None else "ipp-usb",
        told=told,
        device_id=printer.device_id,
        port=printer.port,
        ipp_port=None if port is None else port.port,
    )


def _of_parallel(printer: ParallelPrinter) -> Candidate:
    told = [told_by_device_id(printer.device_id)]
    return Candidate("parallel", told, device_id=printer.device_id, port=printer.port)


def _same(port: OpenPort, printer: LocalPrinter) -> str | None:
    """Give the id of what is at the port now; another printer may have come there meanwhile."""
    now = port.device_id()
    if now is None or printer.device_id is None:
        return now or printer.device_id
    before, after = parse_device_id(printer.device_id), parse_device_id(now)
    if any(before.get(key) != after.get(key) for key in ("MFG", "MDL", "SN")):
        raise gone(port.name, "another printer is there now")
    return now
