"""macOS: CUPS is the system's own print service, and the only way in.

It has no device that PJL could be spoken to; the counters of such a printer stay unknown.
"""

from __future__ import annotations

from core.discovery.local.cups import Cups
from core.discovery.local.cups_wire import CupsWire
from core.discovery.local.errors import SpoolerError, not_a_port
from core.discovery.local.merging import merge
from core.discovery.local.port_reading import PortReading
from core.discovery.local.printer import LocalPrinter, QueueState, Tell, nobody


class MacLocalPrinters:
    """See ``core.discovery.local.printer.LocalPrinters``."""

    name = "macos"

    def __init__(self, tell: Tell = nobody, *, cups: Cups | None = None) -> None:
        self._tell = tell
        self._cups = Cups(CupsWire()) if cups is None else cups

    async def printers(self) -> tuple[LocalPrinter, ...]:
        """Give the queues' printers, and those on the USB where CUPS lets this user look."""
        try:
            queues = await self._cups.queues()
        except SpoolerError as error:
            self._tell(error.problem)
            return ()
        if any(one.queue and one.queue.state is QueueState.PRINTING for one in queues):
            return merge((), queues)
        try:
            return merge((), (*await self._cups.devices(), *queues))
        except SpoolerError as error:
            self._tell(error.problem)
            return merge((), queues)

    async def counters(self, printer: LocalPrinter) -> PortReading:
        """Refuse: macOS offers no device for it."""
        raise not_a_port(printer.port or printer.uri, "no port that macOS offers to programs")
