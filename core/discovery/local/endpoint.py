"""How a printer connected to this computer stands beside those of the network.

Its endpoint is "usb:KEY" with port 0: KEY is the serial number where there is one, so that the
printer keeps its place whichever socket it is plugged into. No such text is an IP address, so that
nothing can take it for one and send there.
"""

from __future__ import annotations

from urllib.parse import quote

from core.discovery.local.port_reading import PortReading
from core.discovery.local.printer import LocalPrinter
from core.model.evidence import Finding
from core.model.identity import Endpoint
from core.model.provenance import Source
from core.model.reading import Reading

PREFIX = "usb:"


def endpoint_of(printer: LocalPrinter) -> Endpoint:
    """Give the endpoint of a local printer."""
    scheme = "parallel:" if printer.connection == "parallel" else PREFIX
    return Endpoint(scheme + quote(printer.key, safe=""), 0)


def is_local(endpoint: Endpoint) -> bool:
    """Whether this endpoint is one of a printer connected to a computer."""
    return endpoint.port == 0 and endpoint.address.startswith((PREFIX, "parallel:"))


def finding_of(printer: LocalPrinter) -> Finding:
    """Make of a local printer what a discovery gives."""
    return Finding(
        endpoint=endpoint_of(printer),
        identity=printer.identity,
        evidence=(printer.evidence,),
        provenance=printer.provenance,
    )


def reading_of(printer: LocalPrinter, said: PortReading, taken_at: str) -> Reading:
    """Make a reading of what a printer said at its port; ``taken_at`` is RFC 3339 in UTC."""
    endpoint = endpoint_of(printer)
    return Reading(
        address=endpoint.address,
        port=endpoint.port,
        taken_at=taken_at,
        sources=(Source.USB,),
        identity=said.identity,
        meters=said.meters,
        engine_life=said.engine_life,
        supplies=said.supplies,
        trays=(),
        status=said.status,
        alerts=(),
        provenance=said.provenance,
        notes=said.notes,
        cost=said.cost,
    )
