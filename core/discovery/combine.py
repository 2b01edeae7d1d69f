"""All evidence made one: one finding for each printer, with everything that speaks for it.

Pure: what comes out depends on what is known, not on the order in which it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from core.discovery.bonds import clusters, housed
from core.discovery.cluster import Cluster, Piece, plain_model
from core.discovery.dns_sd_records import SERVICES, sentence
from core.discovery.doors import HTTPS
from core.discovery.scope import Scope
from core.discovery.sightings import Sighting
from core.discovery.usable import in_order
from core.model.evidence import Evidence, Finding, Rejection
from core.model.identity import Endpoint, Identity
from core.model.provenance import Provenance, Source
from core.model.web_page import plain_page, web_page

NO_SNMP = "SNMP is off here, or its community is not in the list"
_SCANS_ONLY = "announces that it scans and nothing that it prints"

# The machine's own words come before what is announced.
_RANK = {Source.SNMP: 0, Source.IPP: 1, Source.DNS_SD: 2, Source.WS_DISCOVERY: 3}
_COMPARED = ("vendor", "model", "serial")


def combine(
    findings: Iterable[Finding],
    sightings: Iterable[Sighting],
    scope: Scope,
    *,
    refused: Mapping[str, str] | None = None,
) -> tuple[Finding | Rejection, ...]:
    """Give one finding for each printer, in the order of addresses.

    Sightings outside of ``scope`` are dropped. Of each identity field SNMP's word is taken, else
    IPP's, DNS-SD's, WS-Discovery's; another word stays in its evidence. ``refused`` is what SNMP
    did say at addresses where it knows of no printer (its reason, by address): give it when the
    sweep is through, and findings without SNMP say why. A device that announces only that it scans
    is a rejection.
    """
    inside = (kept for one in sightings if (kept := scope.inside(one)) is not None)
    found = clusters([*findings, *inside])
    made = [_result(cluster, guests, scope, refused) for cluster, guests in housed(found)]
    return tuple(sorted(made, key=_order))


def _result(
    cluster: Cluster, guests: list[Piece], scope: Scope, refused: Mapping[str, str] | None
) -> Finding | Rejection:
    ranked = sorted(cluster.pieces, key=_rank)
    base = _base(ranked, scope)
    if all(isinstance(one.seen, Sighting) and not one.seen.prints for one in ranked):
        names = {one.seen.name for one in ranked if isinstance(one.seen, Sighting)} - {None}
        who = f'"{min(map(str, names))}" ' if names else ""
        return Rejection(base.endpoint, f"{who}{_SCANS_ONLY}", base.segment)
    identity, provenance = _identity(ranked)
    evidence = _evidence(ranked, identity) + _evidence(sorted(guests, key=_rank), identity)
    if not cluster.by_snmp and refused is not None:
        why = next((refused[a] for a in sorted(cluster.addresses) if a in refused), None)
        note = NO_SNMP if why is None else f"SNMP answers here, and knows of no printer: {why}"
        evidence[0] = replace(evidence[0], detail=f"{evidence[0].detail}. {note}")
    return replace(
        base,
        identity=identity,
        # Hops and all; in its order: what nothing was added to stays the same to the letter.
        provenance=base.provenance | provenance,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _base(ranked: list[Piece], scope: Scope) -> Finding:
    """Give where the printer is reached: as SNMP found it, else at its first address in scope."""
    by_snmp = [piece.seen for piece in ranked if isinstance(piece.seen, Finding)]
    if by_snmp:
        return min(by_snmp, key=_order)
    address = min((a for piece in ranked for a in piece.addresses), key=in_order)
    place = scope.place(address)
    segment, endpoint = place if place is not None else (None, Endpoint(address))
    return Finding(endpoint, Identity(), (), segment=segment, hops=scope.hops(address))


def _identity(ranked: list[Piece]) -> tuple[Identity, dict[str, Provenance]]:
    values: dict[str, str] = {}
    origins: dict[str, Provenance] = {}
    for field in fields(Identity):
        for piece in ranked:
            value = getattr(piece.seen.identity, field.name)
            if value is None:
                continue
            values[field.name] = value
            origin = piece.seen.provenance.get(f"identity.{field.name}")
            if origin is not None:
                origins[f"identity.{field.name}"] = origin
            break
    return Identity(**values), origins


def _evidence(ranked: list[Piece], identity: Identity) -> list[Evidence]:
    """Give one piece of evidence a source and thing said; several services of one name are one."""
    found: dict[Evidence, None] = {}
    announced: dict[str, list[Sighting]] = {}
    endpoints = {p.seen.endpoint for p in ranked if isinstance(p.seen, Finding)}
    hosts = _hosts(ranked)
    for piece in ranked:
        seen = piece.seen
        if isinstance(seen, Finding):
            where = f" (at {seen.endpoint})" if len(endpoints) > 1 else ""
            found |= {replace(one, detail=one.detail + where): None for one in seen.evidence}
        elif seen.source is Source.DNS_SD:
            announced.setdefault((seen.name or "").casefold(), []).append(seen)
        else:
            detail = seen.detail + _where([seen]) + _otherwise([seen], identity)
            found[Evidence(seen.source, detail, _page([seen], hosts))] = None
    for group in announced.values():
        services = list(dict.fromkeys((one.service, one.port) for one in group))
        path = next((one.service_path for one in group if one.service_path), None)
        said, _ = _identity([Piece(one, "") for one in group])
        text = sentence(group[0].name, said, services, path)
        detail = text + _where(group) + _otherwise(group, identity)
        found[Evidence(Source.DNS_SD, detail, _page(group, hosts))] = None
    return sorted(found, key=lambda one: _RANK.get(one.source, 9))


def _hosts(ranked: list[Piece]) -> set[str]:
    """Give the addresses and the names by which the printer itself is known."""
    names = {piece.seen.identity.hostname or "" for piece in ranked}
    return names.union(*(piece.addresses for piece in ranked)) - {""}


def _page(group: list[Sighting], hosts: set[str]) -> str | None:
    """Give the web page that is named, where it is on the printer itself; else what was met.

    Announcements are anybody's word: a page elsewhere is none. IPP over TLS at the port of https
    is a web server that answered.
    """
    for one in group:
        page = web_page(one.page)
        if page is not None and page.is_at(hosts):
            return page.text
    at_https = (o for o in group if o.source is Source.IPP and o.tls and o.port == HTTPS)
    return next((plain_page("https").at(one.addresses[0]) for one in at_https), None)


def _where(group: list[Sighting]) -> str:
    urls = dict.fromkeys(url for one in group for url in one.urls)
    return f", at {', '.join(urls)}" if urls else ""


def _otherwise(group: list[Sighting], identity: Identity) -> str:
    """Name what a source says that another, which is believed, says differently."""
    told: dict[str, None] = {}
    for one in group:
        for name in _COMPARED:
            value, chosen = getattr(one.identity, name), getattr(identity, name)
            if value and chosen and not _alike(name, one.identity, identity):
                told[f"; its {name} here is {value}"] = None
    return "".join(told)


def _alike(name: str, one: Identity, other: Identity) -> bool:
    if name == "model":
        a, b = plain_model(one) or "", plain_model(other) or ""
        return a in b or b in a
    return str(getattr(one, name)).casefold() == str(getattr(other, name)).casefold()


def _rank(piece: Piece) -> tuple[Any, ...]:
    seen = piece.seen
    if isinstance(seen, Finding):
        return _RANK[Source.SNMP], *_order(seen), piece.text
    place = SERVICES.index(seen.service) if seen.service in SERVICES else 0
    return _RANK.get(seen.source, 9), not seen.prints, place, piece.text


def _order(found: Finding | Rejection) -> tuple[tuple[int, int, str], int, int, str]:
    index = found.device_index if isinstance(found, Finding) else None
    text = str(found.identity) if isinstance(found, Finding) else found.reason
    return in_order(found.endpoint.address), found.endpoint.port, index or 0, text
