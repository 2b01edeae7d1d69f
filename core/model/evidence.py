"""What speaks for a printer at an address, and what a discovery found there."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.model.identity import Endpoint, Identity
from core.model.provenance import Provenance, Source


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a printer; ``detail`` is a sentence for a person.

    ``url`` is the web page that it names as the printer's own, where that is on the printer itself.
    """

    source: Source
    detail: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One printer found at an address.

    ``device_index`` is its hrDeviceIndex where the address speaks for several printers, else
    ``None``. ``community_index`` says which of the segment's communities answered (never its text);
    ``version`` is the SNMP version that answered ("1" or "2c"). ``hops`` is how many routers lie
    on the way (0: a network of our own), ``None`` where that could not be found out.
    """

    endpoint: Endpoint
    identity: Identity
    evidence: tuple[Evidence, ...]
    device_index: int | None = None
    segment: str | None = None
    version: str | None = None
    community_index: int | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)
    hops: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An address that answered and is not taken as a printer, and why."""

    endpoint: Endpoint
    reason: str
    segment: str | None = None
