"""The null backend: an operating system without printers that we could know of."""

from __future__ import annotations

from core.discovery.local.errors import not_a_port
from core.discovery.local.port_reading import PortReading
from core.discovery.local.printer import LocalPrinter


class NullLocalPrinters:
    """See ``core.discovery.local.printer.LocalPrinters``."""

    name = "null"

    async def printers(self) -> tuple[LocalPrinter, ...]:
        """Give none."""
        return ()

    async def counters(self, printer: LocalPrinter) -> PortReading:
        """Refuse: there is no port."""
        raise not_a_port(printer.port or printer.uri, "no port that this system offers")
