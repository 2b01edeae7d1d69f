r"""Windows: print queues of the spooler, and USB printers of the registry.

A queue leads to a port (USB001); the registry says which USB printer has that port now, and at
which device path. LPT ports are listed by their queues alone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from secrets import token_hex
from typing import Final

from core.discovery.local.errors import busy, gone, not_a_port
from core.discovery.local.identity import Told, device_id_text, told_by_device_id
from core.discovery.local.merging import Candidate, merge
from core.discovery.local.pjl import ask
from core.discovery.local.port_reading import PortReading
from core.discovery.local.printer import LocalPrinter, LocalQueue, QueueState, Tell, nobody
from core.discovery.local.windows_border import SpoolerQueue, UsbPrintInterface, WindowsBorder
from core.host.clock import monotonic
from core.model.problem import Problem

# PRINTER_STATUS_* of winspool.h.
_PRINTING: Final = 0x0400 | 0x0200 | 0x4000  # printing, busy, processing
_STOPPED: Final = 0x0001 | 0x0002 | 0x0080  # paused, error, offline
_USB_PORT: Final = re.compile(r"(?:USB|DOT4_)\d{3}\Z", re.IGNORECASE)
_LPT_PORT: Final = re.compile(r"LPT\d:\Z", re.IGNORECASE)
# The third part of a device path is the serial number, unless Windows made it up: "6&1a2b&0&1".
_PATH: Final = re.compile(r"\\\\\?\\usb#[^#]+#(?P<serial>[^#&]+)#\{[^}]+\}\Z", re.IGNORECASE)


class WindowsLocalPrinters:
    """See ``core.discovery.local.printer.LocalPrinters``."""

    name = "windows"

    def __init__(
        self,
        calls: WindowsBorder,
        tell: Tell = nobody,
        *,
        clock: Callable[[], float] = monotonic,
        token: Callable[[], str] = lambda: f"platen-{token_hex(6)}",
    ) -> None:
        self._calls = calls
        self._tell = tell
        self._clock = clock
        self._token = token

    async def printers(self) -> tuple[LocalPrinter, ...]:
        """Give every printer once; none is written to."""
        return await asyncio.to_thread(self._printers)

    async def counters(self, printer: LocalPrinter) -> PortReading:
        """Ask one by PJL over its USB port; raises ``LocalPortError``."""
        name = printer.port
        if printer.connection != "usb" or name is None:
            raise not_a_port(name or printer.uri, "no USB port that can be asked")
        found, queues = await asyncio.to_thread(lambda: (self._interfaces(), self._queues()))
        interface = next((one for one in found if one.linked and port_name(one) == name), None)
        if interface is None:
            raise gone(name, "no printer is there now")
        for queue in queues:
            if name in _ports(queue) and (queue.jobs or queue.status & _PRINTING):
                raise busy(name, f"the queue {queue.name} is printing")
        device_id = await asyncio.to_thread(self._device_id, interface.path)
        port = await asyncio.to_thread(self._calls.open, interface.path, name)
        return await ask(port, device_id, printer.identity, token=self._token(), clock=self._clock)

    def _printers(self) -> tuple[LocalPrinter, ...]:
        found = {port_name(one): self._candidate(one) for one in self._interfaces() if one.linked}
        for queue in self._queues():
            for port in _ports(queue):
                if _USB_PORT.match(port) or _LPT_PORT.match(port):
                    _add(found.setdefault(port, _of_queue(port)), queue)
        return merge(found.values(), ())

    def _candidate(self, interface: UsbPrintInterface) -> Candidate:
        device_id = self._device_id(interface.path)
        matched = _PATH.match(interface.path)
        serial = None if matched is None else matched.group("serial")
        told = [] if device_id is None else [told_by_device_id(device_id)]
        told.append(Told("USB device path", model=_described(interface), serial=serial))
        return Candidate("usb", told, device_id=device_id, port=port_name(interface))

    def _queues(self) -> tuple[SpoolerQueue, ...]:
        try:
            return self._calls.queues()
        except OSError as error:
            self._failed("spooler_failed", "The print spooler cannot be asked", error)
            return ()

    def _interfaces(self) -> tuple[UsbPrintInterface, ...]:
        try:
            return self._calls.interfaces()
        except OSError as error:
            self._failed("usb_unreadable", "The list of USB printers cannot be read", error)
            return ()

    def _device_id(self, path: str) -> str | None:
        try:
            return device_id_text(self._calls.device_id(path))
        except OSError:
            return None  # another program has it; the registry's own texts serve

    def _failed(self, code: str, what: str, error: OSError) -> None:
        text = f"{what}: {error.strerror or error.errno}."
        self._tell(Problem(code, text, "Check that the service Print Spooler runs."))


def port_name(interface: UsbPrintInterface) -> str:
    """Give the name of the port as the spooler has it: "USB001"."""
    return f"{interface.base}{interface.number:03d}"


def _described(interface: UsbPrintInterface) -> str | None:
    r"""Give the model: the description unless it is Windows' own, else the hardware id.

    ``USBPRINT\KyoceraECOSYS_P3155dnA1B2``: maker and model, and four hex digits of a checksum.
    """
    own = interface.description
    if own is not None and "usb printing support" not in own.casefold():
        return own
    for hardware in interface.hardware:
        scheme, _, name = hardware.partition("\\")
        if scheme.upper() == "USBPRINT" and len(name) > 4:
            return name[:-4].replace("_", " ")
    return None


def _ports(queue: SpoolerQueue) -> list[str]:
    return [port.strip() for port in queue.port.split(",") if port.strip()]


def _of_queue(port: str) -> Candidate:
    return Candidate("parallel" if _LPT_PORT.match(port) else "usb", [], False, port=port)


def _add(candidate: Candidate, queue: SpoolerQueue) -> None:
    state = QueueState.IDLE
    if queue.jobs or queue.status & _PRINTING:
        state = QueueState.PRINTING
    elif queue.status & _STOPPED:
        state = QueueState.STOPPED
    candidate.queues.append(LocalQueue(queue.name, state))
    candidate.told.append(Told("driver name", model=queue.driver))
