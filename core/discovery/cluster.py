"""Pieces of evidence that speak for one printer, and what says that two are not one.

Contradictions part whatever else is shared: two serial numbers, two MACs, two UUIDs of one kind,
two rows (hrDeviceIndex) of one agent, two printers announced under two names at one address, two
models by SNMP with no serial number or UUID in common.
WS-Discovery's reference is a UUID of another kind than IPP's, and so is that of a scanner: one
printer may have one of each, so that only two of one kind part, while equal ones bind across kinds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeAlias

from core.discovery.dns_sd_records import PRINTING
from core.discovery.sightings import Sighting
from core.model.evidence import Finding
from core.model.identity import Endpoint, Identity
from core.model.provenance import Source

Seen: TypeAlias = Finding | Sighting


@dataclass(frozen=True, slots=True)
class Piece:
    """One finding of SNMP or one sighting; ``text`` is equal for equal pieces, and sorts them."""

    seen: Seen
    text: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it was seen."""
        if isinstance(self.seen, Finding):
            return (self.seen.endpoint.address,)
        return self.seen.addresses

    @property
    def source(self) -> Source:
        """Who says it."""
        return Source.SNMP if isinstance(self.seen, Finding) else self.seen.source


@dataclass(slots=True, eq=False)
class Cluster:
    """Pieces that speak for one printer, and what they tell of it together.

    ``uuids`` are by kind; ``rows`` are the SNMP endpoints with their hrDeviceIndex; ``names`` are
    those under which it is announced as a printer, by address; ``models`` are SNMP's.
    """

    pieces: tuple[Piece, ...]
    addresses: set[str] = field(default_factory=set)
    serials: set[str] = field(default_factory=set)
    macs: set[str] = field(default_factory=set)
    uuids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    rows: dict[Endpoint, int | None] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    models: set[str] = field(default_factory=set)
    answers_ipp: bool = False

    def __post_init__(self) -> None:
        for piece in self.pieces:
            self._learn(piece)

    def _learn(self, piece: Piece) -> None:
        seen, identity = piece.seen, piece.seen.identity
        self.addresses.update(piece.addresses)
        self.serials.update(folded(identity.serial))
        self.macs.update(folded(identity.mac))
        self.uuids[_kind(piece)].update(folded(identity.uuid))
        if isinstance(seen, Finding):
            self.rows[seen.endpoint] = seen.device_index
            self.models.update(folded(plain_model(identity)))
        elif seen.service in PRINTING:
            for address in seen.addresses:
                self.names[address].update(folded(seen.name))
        self.answers_ipp |= piece.source is Source.IPP

    @property
    def by_snmp(self) -> bool:
        """Whether SNMP speaks for it."""
        return bool(self.rows)

    @property
    def is_row(self) -> bool:
        """Whether it is one of several printers behind an SNMP agent."""
        return any(index is not None for index in self.rows.values())

    @property
    def every_uuid(self) -> set[str]:
        """UUIDs of all kinds."""
        return set().union(*self.uuids.values())

    @property
    def stands(self) -> bool:
        """Whether it is a printer by itself, and not merely a word about an address."""
        known = self.serials or self.every_uuid
        return self.by_snmp or bool(self.names) or (self.answers_ipp and bool(known))


def differ(one: Cluster, other: Cluster) -> bool:
    """Whether two cannot be one printer."""
    if one.macs and other.macs and not one.macs & other.macs:
        return True
    if any(_two_numbers(a, b) for a in one.serials for b in other.serials):
        return True
    if any(
        found and other.uuids.get(kind) and not found & other.uuids[kind]
        for kind, found in one.uuids.items()
    ):
        return True
    if _two_rows(one, other):
        return True
    if one.serials & other.serials or one.every_uuid & other.every_uuid:
        return False
    return _two_names(one, other) or _two_models(one, other)


def _two_numbers(one: str, other: str) -> bool:
    """Whether two serials differ; by one way it may be told with more around it than by another."""
    return one not in other and other not in one


def _two_rows(one: Cluster, other: Cluster) -> bool:
    shared = one.rows.keys() & other.rows.keys()
    if any(one.rows[endpoint] != other.rows[endpoint] for endpoint in shared):
        return True
    if not one.rows or not other.rows or one.serials & other.serials:
        return False
    return set(one.rows.values()).isdisjoint(other.rows.values())


def _two_names(one: Cluster, other: Cluster) -> bool:
    shared = one.names.keys() & other.names.keys()
    return any(one.names[address].isdisjoint(other.names[address]) for address in shared)


def _two_models(one: Cluster, other: Cluster) -> bool:
    return bool(one.models and other.models) and one.models.isdisjoint(other.models)


def _kind(piece: Piece) -> str:
    if isinstance(piece.seen, Sighting) and not piece.seen.prints:
        return "scanner"
    return "reference" if piece.source is Source.WS_DISCOVERY else "printer"


def plain_model(identity: Identity) -> str | None:
    """Give the model as letters and figures only, without its maker: to compare, not to show."""
    model = (identity.model or "").casefold()
    if identity.vendor:
        model = model.removeprefix(identity.vendor.casefold())
    return "".join(c for c in model if c.isalnum()) or None


def folded(text: str | None) -> tuple[str, ...]:
    """Give a text for comparing, or nothing where it is not known."""
    return (text.casefold(),) if text else ()
