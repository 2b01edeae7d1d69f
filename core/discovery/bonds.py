"""Which pieces of evidence speak for one printer.

Bonds, the strongest first: the same row or announcement; the same place of a service; serial
number; UUID; MAC; and at one address the same name, the same model, at last the address alone.
Contradictions (``core.discovery.cluster``) part whatever else is shared.

A piece that fits two printers which are not one fits neither surely, and is left alone: ``housed``
says for which it may speak. All depends on the pieces as a set, never on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from core.discovery.cluster import Cluster, Piece, Seen, differ, folded, plain_model
from core.discovery.sightings import Sighting
from core.model.evidence import Finding
from core.model.jsonio import to_json
from core.model.provenance import Source

_Key: TypeAlias = tuple[str, ...]
_Bond: TypeAlias = Callable[[Piece], Iterator[_Key]]
_MOST = 64  # what more than so many share names none of them (and costs their number squared)


def clusters(seen: Iterable[Seen]) -> list[Cluster]:
    """Give one cluster for each printer, in an order that depends on the pieces alone."""
    pieces = {to_json(one): one for one in seen}
    found = [Cluster((Piece(pieces[text], text),)) for text in sorted(pieces)]
    for bond in _BONDS:
        found = _joined(found, bond)
    return found


def housed(found: Sequence[Cluster]) -> list[tuple[Cluster, list[Piece]]]:
    """Give the printers, each with what may speak for it and for others at its address as well."""
    here: dict[str, list[int]] = defaultdict(list)
    for place, cluster in enumerate(found):
        for address in cluster.addresses:
            here[address].append(place)
    homes = [_homes(place, found, here) for place in range(len(found))]
    guests: dict[int, list[Piece]] = defaultdict(list)
    for place, cluster in enumerate(found):
        # A home may be a guest itself, of printers that SNMP knows: these are at home.
        for home in sorted({last for near in homes[place] for last in homes[near] or {near}}):
            guests[home].extend(cluster.pieces)
    return [(found[place], guests[place]) for place in range(len(found)) if not homes[place]]


def _homes(place: int, found: Sequence[Cluster], here: dict[str, list[int]]) -> set[int]:
    """Give the printers that a piece which fits several may speak for, each as well as the other.

    Empty for what is a printer by itself.
    """
    cluster = found[place]
    if cluster.by_snmp:
        return set()
    others = {other for address in cluster.addresses for other in here[address]} - {place}
    by_snmp = {o for o in others if found[o].by_snmp and not differ(cluster, found[o])}
    if len(by_snmp) > 1 or any(found[other].is_row for other in by_snmp):
        return by_snmp
    if cluster.stands:
        return set()
    return {o for o in others if found[o].stands and not differ(cluster, found[o])}


def _row(piece: Piece) -> Iterator[_Key]:
    seen = piece.seen
    if isinstance(seen, Finding):
        yield str(seen.endpoint), str(seen.device_index)
    elif seen.source is Source.DNS_SD:
        for name in folded(seen.name):
            yield from ((address, "", name) for address in seen.addresses)


def _path(piece: Piece) -> Iterator[_Key]:
    if isinstance(piece.seen, Sighting) and piece.seen.service_path:
        yield from ((address, piece.seen.service_path) for address in piece.addresses)


def _serial_here(piece: Piece) -> Iterator[_Key]:
    for serial in folded(piece.seen.identity.serial):
        yield from ((address, serial) for address in piece.addresses)


def _serial(piece: Piece) -> Iterator[_Key]:
    for serial in folded(piece.seen.identity.serial):
        yield serial, *folded(piece.seen.identity.vendor)


def _uuid(piece: Piece) -> Iterator[_Key]:
    yield from ((uuid,) for uuid in folded(piece.seen.identity.uuid))


def _mac(piece: Piece) -> Iterator[_Key]:
    for mac in folded(piece.seen.identity.mac):
        # A locally administered one (IEEE 802, bit 1 of the first octet) is nobody's for sure.
        if not int(mac[:2], 16) & 2:
            yield (mac,)


def _name_here(piece: Piece) -> Iterator[_Key]:
    own = piece.seen.name if isinstance(piece.seen, Sighting) else None
    for name in {*folded(own), *folded(piece.seen.identity.name)}:
        yield from ((address, name) for address in piece.addresses)


def _model_here(piece: Piece) -> Iterator[_Key]:
    for model in folded(plain_model(piece.seen.identity)):
        yield from ((address, model) for address in piece.addresses)


def _address(piece: Piece) -> Iterator[_Key]:
    yield from ((address,) for address in piece.addresses)


_BONDS: tuple[_Bond, ...] = (
    _row,
    _path,
    _serial_here,
    _serial,
    _uuid,
    _mac,
    _name_here,
    _model_here,
    _address,
)


def _joined(found: list[Cluster], bond: _Bond) -> list[Cluster]:
    """Make one of those that the bond binds, as far as nothing contradicts."""
    bound = _bound(found, bond)
    doubtful = {place for place in bound if _is_doubtful(place, bound, found)}
    root = list(range(len(found)))
    whole = list(found)
    for one, other in sorted((a, b) for a, places in bound.items() for b in places if a < b):
        if one in doubtful or other in doubtful:
            continue
        first, second = sorted((_root(root, one), _root(root, other)))
        if first != second and not differ(whole[first], whole[second]):
            root[second] = first
            pieces = whole[first].pieces + whole[second].pieces
            whole[first] = Cluster(tuple(sorted(pieces, key=lambda piece: piece.text)))
    return [whole[place] for place in range(len(found)) if root[place] == place]


def _bound(found: list[Cluster], bond: _Bond) -> dict[int, set[int]]:
    """Give for each cluster those that share a key with it and do not contradict it."""
    holders: dict[_Key, set[int]] = defaultdict(set)
    for place, cluster in enumerate(found):
        if bond is _address and cluster.is_row:
            continue  # one of several printers behind an agent is never meant by the address alone
        for piece in cluster.pieces:
            for key in bond(piece):
                holders[key].add(place)
    bound: dict[int, set[int]] = defaultdict(set)
    for places in holders.values():
        if len(places) > _MOST:
            continue
        for one, other in combinations(sorted(places), 2):
            if other not in bound[one] and not differ(found[one], found[other]):
                bound[one].add(other)
                bound[other].add(one)
    return bound


def _is_doubtful(place: int, bound: dict[int, set[int]], found: list[Cluster]) -> bool:
    return any(differ(found[a], found[b]) for a, b in combinations(sorted(bound[place]), 2))


def _root(root: list[int], place: int) -> int:
    while root[place] != place:
        place = root[place]
    return place
