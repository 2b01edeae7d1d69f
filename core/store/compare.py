"""What two sightings say of each other: the same printer, another one, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from core.model.identity import Endpoint, Identity

# Two sightings this close (seconds) are of one time: longer than a sweep takes, shorter than it
# takes to give a printer another network card.
SAME_TIME = 900.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """A printer as it was seen once. ``at`` is in seconds since the epoch; ``device_index`` is the
    row where an address speaks for several printers.
    """

    identity: Identity
    endpoint: Endpoint
    device_index: int | None
    at: float

    @property
    def nameless(self) -> bool:
        """Whether it told neither serial, MAC nor UUID."""
        return nameless(self.identity)


def binding(identity: Identity) -> Identity:
    """Give what of an identity knows a printer again.

    A locally administered MAC (IEEE 802, bit 1 of its first octet) was made up by somebody, and so
    may be the same in many printers: it is kept and shown, and tells nobody apart.
    """
    mac = identity.mac
    local = mac is not None and mac[1:2].lower() in "2367abef"
    return replace(identity, mac=None) if local else identity


def nameless(identity: Identity) -> bool:
    """Whether there is neither serial, MAC nor UUID."""
    return not (identity.serial or identity.mac or identity.uuid)


def join(newer: Identity, older: Identity) -> Identity:
    """Give the newer identity, with the older one's values where it knows none."""
    names = [field.name for field in fields(Identity)]
    return Identity(**{name: getattr(newer, name) or getattr(older, name) for name in names})


def same(one: str | None, other: str | None) -> bool:
    """Whether both are known and equal, but for the case of letters."""
    return one is not None and other is not None and one.casefold() == other.casefold()


def differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and not equal."""
    return one is not None and other is not None and one.casefold() != other.casefold()


def same_place(one: Sighting, other: Sighting) -> bool:
    """Whether both were seen at one address and port, in one row."""
    return one.endpoint == other.endpoint and one.device_index == other.device_index


def same_time(one: Sighting, other: Sighting) -> bool:
    """Whether they were seen closely after each other."""
    return abs(one.at - other.at) <= SAME_TIME


def same_serial(one: Sighting, other: Sighting) -> bool:
    """Whether they have one serial of one maker.

    A maker that is unknown, or was classified anew, needs a second sign: MAC, UUID or place.
    """
    a, b = one.identity, other.identity
    if not same(a.serial, b.serial):
        return False
    if same(a.vendor, b.vendor) or (a.vendor is None and b.vendor is None):
        return True
    return same(a.mac, b.mac) or same(a.uuid, b.uuid) or same_place(one, other)


def differ_in_serial(one: Sighting, other: Sighting) -> bool:
    """Whether they have two serials, or one serial of two makers."""
    a, b = one.identity, other.identity
    if differ(a.serial, b.serial):
        return True
    return same(a.serial, b.serial) and differ(a.vendor, b.vendor) and not same_serial(one, other)


def contradict(one: Sighting, other: Sighting) -> bool:
    """Whether the two cannot be one printer."""
    if differ_in_serial(one, other):
        return True
    if same_serial(one, other):
        return _two_at_once(one, other)
    if one.device_index != other.device_index:
        return True
    a, b = one.identity, other.identity
    if same(a.uuid, b.uuid):
        return _two_at_once(one, other)
    if same(a.mac, b.mac):
        return False
    return differ(a.mac, b.mac) or differ(a.uuid, b.uuid)


def _two_at_once(one: Sighting, other: Sighting) -> bool:
    """Whether two with one serial or UUID were seen at the same time: two cards in two places, or
    two rows of one place.
    """
    if not same_time(one, other):
        return False
    if one.endpoint != other.endpoint:
        return differ(one.identity.mac, other.identity.mac)
    rows = (one.device_index, other.device_index)
    return None not in rows and rows[0] != rows[1]


def agree(one: Sighting, other: Sighting) -> bool:
    """Whether nothing that both tell differs: stricter than not contradicting, and asked before
    two records become one.
    """
    if differ_in_serial(one, other) or differ(one.identity.mac, other.identity.mac):
        return False
    return one.device_index == other.device_index or same_serial(one, other)


def shared_serial(sighting: Sighting, others: Iterable[Sighting]) -> bool:
    """Whether several network cards are known under the sighting's serial."""
    return len({o.identity.mac for o in others if same_serial(sighting, o)} - {None}) > 1


def shared_mac(sighting: Sighting, others: Iterable[Sighting]) -> bool:
    """Whether several serials are known behind the sighting's MAC, in its row."""
    group = [o for o in others if same(sighting.identity.mac, o.identity.mac)]
    return len(_serials(sighting, group)) > 1


def shared_uuid(sighting: Sighting, others: Iterable[Sighting]) -> bool:
    """Whether several serials or network cards are known under the sighting's UUID, in its row."""
    group = [o for o in others if same(sighting.identity.uuid, o.identity.uuid)]
    cards = {o.identity.mac for o in group if o.device_index == sighting.device_index}
    return len(cards - {None}) > 1 or len(_serials(sighting, group)) > 1


def _serials(sighting: Sighting, group: Iterable[Sighting]) -> set[str]:
    row = [o for o in group if o.device_index == sighting.device_index]
    return {o.identity.serial.casefold() for o in [sighting, *row] if o.identity.serial}
