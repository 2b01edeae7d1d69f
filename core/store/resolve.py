"""Which device a sighting is: the order and the conflict rules, as a pure function.

A printer is known by (vendor, serial), then MAC, then UUID, and never by its address. In short:

- Different serials are different printers, whatever else they share (a print server's MAC).
- The same serial is the same printer, wherever it is; unless one with another MAC is elsewhere
  *at the same time*: then a board was cloned, and they are two.
- Without a serial on both sides the MAC decides, then the UUID; and two rows of one address
  (``device_index``) are two printers.
- An identifier that several printers are known to share names none of them by itself: the place
  has to be the same too.
- A printer that gives none of them is the one last seen in its place (address, port, row), as
  long as the maker is the same. When it gives one at last, that record becomes its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from core.model.identity import Identity
from core.store import compare
from core.store.compare import Sighting


class Bond(IntEnum):
    """What ties a sighting to a device; the higher one wins."""

    PLACE = 1
    UUID = 2
    MAC = 3
    SERIAL = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device that has something in common with a sighting.

    ``last`` is how it was last seen, with all that is known of its identity; ``holds_place`` says
    that no other device was seen in its place since. Of two devices with the same claim the one
    with the smaller number, which is the older one, wins.
    """

    device: int
    last: Sighting
    holds_place: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """``device`` is the one that was seen, ``None`` a new one; ``identity`` is all that is now
    known of it; ``absorbed`` are records that turn out to be the same printer; ``moved`` says that
    it was at another address or port before.
    """

    device: int | None
    identity: Identity
    absorbed: tuple[int, ...] = ()
    moved: bool = False


def resolve(sighting: Sighting, candidates: Sequence[Candidate]) -> Decision:
    """Decide which device was seen. ``candidates`` are all devices that share an identifier or the
    place with the sighting, in any order.
    """
    bonds = _bonds(sighting, candidates)
    winner = _winner(sighting, bonds)
    if winner is None:
        return Decision(None, sighting.identity)
    whole = replace(sighting, identity=compare.join(sighting.identity, winner.last.identity))
    absorbed = []
    for candidate in sorted(bonds, key=lambda other: (-bonds[other], other.device)):
        last = candidate.last
        found_out = bonds[candidate] > Bond.PLACE or last.nameless
        if candidate is not winner and found_out and compare.agree(whole, last):
            whole = replace(whole, identity=compare.join(whole.identity, last.identity))
            absorbed.append(candidate.device)
    moved = winner.last.endpoint != sighting.endpoint
    return Decision(winner.device, whole.identity, tuple(absorbed), moved)


def _bonds(sighting: Sighting, candidates: Sequence[Candidate]) -> dict[Candidate, Bond]:
    """Tie the sighting to every candidate that may be the same printer."""
    others = [candidate.last for candidate in candidates]
    shared = {
        Bond.SERIAL: compare.shared_serial(sighting, others),
        Bond.MAC: compare.shared_mac(sighting, others),
        Bond.UUID: compare.shared_uuid(sighting, others),
    }
    found = {}
    for candidate in candidates:
        bond = None if compare.contradict(sighting, candidate.last) else _bond(sighting, candidate)
        if bond and not (shared.get(bond) and not _confirmed(sighting, candidate, bond)):
            found[candidate] = bond
    return found


def _bond(sighting: Sighting, candidate: Candidate) -> Bond | None:
    last = candidate.last
    if compare.same_serial(sighting, last):
        return Bond.SERIAL
    if compare.same(sighting.identity.mac, last.identity.mac):
        return Bond.MAC
    if compare.same(sighting.identity.uuid, last.identity.uuid):
        return Bond.UUID
    if candidate.holds_place and compare.same_place(sighting, last) and _fits(sighting, last):
        return Bond.PLACE
    return None


def _fits(sighting: Sighting, last: Sighting) -> bool:
    """Whether two seen in one place, with nothing else in common, are taken as one printer."""
    a, b = sighting.identity, last.identity
    if compare.differ(a.vendor, b.vendor):
        return False
    if sighting.nameless or last.nameless:
        return True
    # One told its serial and the other its MAC, say: two visits to one printer that each learned
    # a part, but only if no other printer could have taken the place between them.
    return compare.same_time(sighting, last) and not compare.differ(a.model, b.model)


def _confirmed(sighting: Sighting, candidate: Candidate, bond: Bond) -> bool:
    """Whether a shared identifier has the second sign that it needs."""
    if compare.same_place(sighting, candidate.last):
        return True
    return bond == Bond.SERIAL and compare.same(sighting.identity.mac, candidate.last.identity.mac)


def _winner(sighting: Sighting, bonds: dict[Candidate, Bond]) -> Candidate | None:
    def strength(candidate: Candidate) -> tuple[int, bool, bool, bool, int]:
        return (
            bonds[candidate],
            compare.same(sighting.identity.mac, candidate.last.identity.mac),
            compare.same_place(sighting, candidate.last),
            candidate.holds_place,
            -candidate.device,
        )

    return max(bonds, key=strength, default=None)
