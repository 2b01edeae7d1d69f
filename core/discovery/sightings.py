"""What speaks for a printer besides SNMP, before it is known which printer it speaks for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.model.identity import Identity
from core.model.jsonio import to_json
from core.model.provenance import Provenance, Source


@dataclass(frozen=True, slots=True)
class Sighting:
    """One service that was announced, or that answered.

    ``addresses`` are IP addresses in text form, at least one. ``port`` is the one that the service
    is at; it is read, never contacted because it stands here. ``detail`` is a sentence for a person
    that names no other address. ``provenance`` is keyed as in a reading ("identity.model").

    ``name`` is what the source calls this printer among others at one address (the instance name of
    DNS-SD), ``service_path`` where it is at that port. ``service`` is the kind of service
    ("_ipp._tcp"). ``prints`` is false for one that only scans. ``urls`` are where the device wants
    to be asked, for a person to see; ``page`` is what it names as its own web page.
    ``segment`` is set once it is known to lie in one.
    """

    source: Source
    addresses: tuple[str, ...]
    port: int
    detail: str
    identity: Identity
    provenance: dict[str, Provenance] = field(default_factory=dict)
    service_path: str | None = None
    tls: bool = False
    segment: str | None = None
    name: str | None = None
    service: str = ""
    prints: bool = True
    urls: tuple[str, ...] = ()
    page: str | None = None

    def at(self, addresses: tuple[str, ...]) -> Sighting:
        """Give the same with these addresses."""
        return replace(self, addresses=addresses)

    def canonical(self) -> str:
        """Give a text that is the same for equal sightings and no others; it sorts them."""
        return to_json(self)
