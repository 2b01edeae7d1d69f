"""What a printer connected to this computer is, and the one interface to find and ask them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from core.discovery.local.port_reading import PortReading
from core.model.evidence import Evidence
from core.model.identity import Identity
from core.model.problem import Problem
from core.model.provenance import Provenance

Connection = Literal["usb", "ipp-usb", "parallel"]
# Told of every source that could not be asked; the others are asked all the same.
Tell = Callable[[Problem], None]


class QueueState(StrEnum):
    """What a print queue of this computer does at present."""

    IDLE = "idle"
    PRINTING = "printing"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LocalQueue:
    """A print queue of this computer that leads to a printer connected to it."""

    name: str
    state: QueueState = QueueState.UNKNOWN


@dataclass(frozen=True, slots=True)
class LocalPrinter:
    """One printer connected to this computer, however many queues lead to it.

    ``uri`` is the address of the device in the form of CUPS ("usb://Kyocera/ECOSYS%20P3155dn?
    serial=..."), without logins. ``device_id`` is the IEEE 1284 text. ``port`` is the device path
    or port name at which PJL may be asked ("/dev/usb/lp0", "USB001"), ``ipp_port`` the TCP port of
    this computer's loopback at which it answers by IPP over USB. ``provenance`` is keyed as in a
    reading ("identity.serial").
    """

    connection: Connection
    name: str
    uri: str
    device_id: str | None
    identity: Identity
    queues: tuple[LocalQueue, ...]
    port: str | None
    evidence: Evidence
    provenance: dict[str, Provenance] = field(default_factory=dict)
    ipp_port: int | None = None

    @property
    def key(self) -> str:
        """What names this printer on this computer: its serial number, else port, else URI."""
        return self.identity.serial or self.port or self.uri


class LocalPrinters(Protocol):
    """Printers connected to this computer, as one operating system knows them."""

    name: str

    async def printers(self) -> tuple[LocalPrinter, ...]:
        """Give every printer once. Nothing is sent to any of them. Never raises for a source that
        cannot be asked: that is told (see ``Tell``).
        """
        ...

    async def counters(self, printer: LocalPrinter) -> PortReading:
        """Ask one by PJL over its USB port: id, status, page count, supplies.

        Raises ``core.discovery.local.errors.LocalPortError``: a printer that prints, a port that
        another program has, a printer that knows no PJL are left alone.
        """
        ...


def nobody(_: Problem) -> None:
    """Tell nobody."""
