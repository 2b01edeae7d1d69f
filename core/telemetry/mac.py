"""The MAC address of a printer, out of the interfaces that its agent lists.

ifPhysAddress and ifType (RFC 2863), ipAdEntIfIndex (RFC 4293, the deprecated table that printers
answer).
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address
from typing import Final

from core.model.provenance import Observation
from core.snmp.types import Oid
from core.telemetry.observe import observed
from core.telemetry.oids import IF_PHYS_ADDRESS, IF_TYPE, IP_AD_ENT_IF_INDEX
from core.telemetry.snapshot import Snapshot

_LOOPBACK_TYPE: Final = 24
_TEXT_FORM: Final = re.compile(rb"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\Z|[0-9A-Fa-f]{12}\Z")
_GROUP_BIT: Final = 0x01
_LOCAL_BIT: Final = 0x02


def mac_of(snapshot: Snapshot, address: str | None = None) -> Observation[str] | None:
    """Choose the MAC address: lower case with colons, or nothing.

    Out of the usable interfaces (six octets, neither zero nor broadcast nor loopback; not locally
    administered where a global one exists) the one that holds ``address`` is taken, else one that
    holds another address of the network, else the first.
    """
    usable = _usable(snapshot)
    if any(not _is_local(octets) for octets in usable.values()):
        usable = {index: octets for index, octets in usable.items() if not _is_local(octets)}
    if not usable:
        return None
    asked, others = _holders(snapshot, address)
    rule, index = "first interface", min(usable)
    for name, holders in (("interface of this address", asked), ("interface in use", others)):
        held = sorted(i for i in usable if i in holders)
        if held:
            rule, index = name, held[0]
            break
    oids = ((*IF_PHYS_ADDRESS, *index), *_holder_rows(snapshot, index))
    return observed(usable[index].hex(":"), snapshot, oids, rule)


def _holder_rows(snapshot: Snapshot, interface: Oid) -> tuple[Oid, ...]:
    """Give the rows of ipAdEntIfIndex that point at this interface."""
    rows = snapshot.column(IP_AD_ENT_IF_INDEX)
    return tuple(
        (*IP_AD_ENT_IF_INDEX, *row) for row, value in rows.items() if (value.number(),) == interface
    )


def parse_mac(octets: bytes) -> bytes | None:
    """Read six octets, or the text form of them; ``None`` where this is no station's address."""
    if len(octets) != 6 and _TEXT_FORM.match(octets.strip()):
        octets = bytes.fromhex(re.sub(rb"[:-]", b"", octets.strip()).decode())
    if len(octets) != 6 or not any(octets) or octets[0] & _GROUP_BIT:
        return None
    return octets


def _usable(snapshot: Snapshot) -> dict[Oid, bytes]:
    found: dict[Oid, bytes] = {}
    for index, value in snapshot.column(IF_PHYS_ADDRESS).items():
        mac = parse_mac(value.octets() or b"")
        if mac is not None and snapshot.number((*IF_TYPE, *index)) != _LOOPBACK_TYPE:
            found[index] = mac
    return found


def _is_local(octets: bytes) -> bool:
    return bool(octets[0] & _LOCAL_BIT)


def _holders(snapshot: Snapshot, address: str | None) -> tuple[set[Oid], set[Oid]]:
    asked: set[Oid] = set()
    others: set[Oid] = set()
    for index, value in snapshot.column(IP_AD_ENT_IF_INDEX).items():
        interface = value.number()
        if interface is None or len(index) != 4 or any(part > 255 for part in index):
            continue
        held = IPv4Address(bytes(index))
        if address is not None and str(held) == address:
            asked.add((interface,))
        elif not held.is_loopback and not held.is_unspecified:
            others.add((interface,))
    return asked, others
