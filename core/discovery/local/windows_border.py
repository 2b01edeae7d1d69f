"""What is asked of Windows, in one class of calls; the rest is plain code that runs anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.discovery.local.open_port import OpenPort


@dataclass(frozen=True, slots=True)
class SpoolerQueue:
    """PRINTER_INFO_2 of one queue, without names of servers, shares, people and documents.

    ``port`` may name several ports, joined by commas. ``status`` are the PRINTER_STATUS bits,
    ``jobs`` how many wait.
    """

    name: str
    port: str
    driver: str
    status: int
    jobs: int


@dataclass(frozen=True, slots=True)
class UsbPrintInterface:
    r"""One USB printer interface of the registry (DeviceClasses, GUID_DEVINTERFACE_USBPRINT).

    ``path`` is what CreateFile takes (``\\?\usb#vid_0482&pid_0647#SERIAL#{28d78fad-...}``),
    ``base`` and ``number`` make the port's name ("USB" and 1: USB001). ``linked`` is whether the
    interface is there now; ``hardware`` and ``description`` are of its device below Enum.
    """

    path: str
    base: str
    number: int
    linked: bool
    description: str | None = None
    hardware: tuple[str, ...] = ()


class WindowsBorder(Protocol):
    """The calls. Every one may raise ``OSError`` with ``winerror``."""

    def queues(self) -> tuple[SpoolerQueue, ...]:
        """EnumPrintersW, local queues, level 2."""
        ...

    def interfaces(self) -> tuple[UsbPrintInterface, ...]:
        """Every USB printer interface that the registry remembers."""
        ...

    def device_id(self, path: str) -> str | None:
        """IOCTL_USBPRINT_GET_1284_ID, without the right to read or write."""
        ...

    def open(self, path: str, name: str) -> OpenPort:
        """Open the interface for PJL; raises ``LocalPortError``."""
        ...
