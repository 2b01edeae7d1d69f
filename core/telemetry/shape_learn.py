"""Makes the shape of an agent out of a visit that read all."""

from __future__ import annotations

from collections.abc import Sequence

from core.model.reading import Reading
from core.snmp.types import Oid, Tag, parse_oid
from core.telemetry import oids
from core.telemetry.printers import mib_indexes
from core.telemetry.profile import Profile
from core.telemetry.shape import VERSION, Known, Last, Shape
from core.telemetry.shape_places import HINTS, SUPPLIES, Witness, changing
from core.telemetry.shape_plan import plan
from core.telemetry.snapshot import Snapshot


def learn(
    witness: Witness,
    readings: Sequence[Reading],
    matched: tuple[Profile, ...],
    profiles: str,
    taken_at: str,
) -> Known:
    """Make a shape: ``witness`` saw what ``readings`` were made of, ``matched`` are the profiles
    that fit, ``profiles`` identifies all there were.
    """
    places = changing(matched)
    names = names_of(witness, readings)
    fresh = [oid for oid in witness.looked_at() if places.holds(oid)]
    fresh += [oid for oid in _hints(witness) if witness.value(oid) is not None]
    fresh = list(dict.fromkeys((*fresh, *names)))
    way = plan(witness, fresh, places)
    shape = Shape(
        version=VERSION,
        learned_at=taken_at,
        profiles=profiles,
        values=_values(witness),
        fresh=tuple(fresh),
        scalars=way.scalars,
        tables=way.tables,
        names=names,
    )
    return Known(shape, last_of(witness))


def last_of(snapshot: Snapshot) -> Last:
    """Give the numbers that the next visit compares with its own."""
    places = [oids.SYS_UP_TIME]
    places += [(*SUPPLIES[0], *index) for index in snapshot.column(SUPPLIES[0])]
    numbers = ((place, snapshot.number(place)) for place in places)
    return Last(tuple((place, number) for place, number in numbers if number is not None))


def names_of(snapshot: Snapshot, readings: Sequence[Reading]) -> tuple[Oid, ...]:
    """Give the places that tell each printer from another: serial number, else MAC, else what the
    agent says of itself.
    """
    found: dict[Oid, None] = {}
    for reading in readings:
        for field in ("identity.serial", "identity.mac"):
            origin = reading.provenance.get(field)
            if origin is not None and origin.refs:
                found[parse_oid(origin.refs[0])] = None
                break
        else:
            itself = (oids.SYS_OBJECT_ID, oids.SYS_DESCR)
            found.update(dict.fromkeys(o for o in itself if snapshot.value(o) is not None))
    return tuple(found)


def _hints(snapshot: Snapshot) -> list[Oid]:
    indexes = sorted(mib_indexes(snapshot))
    return [oids.SYS_UP_TIME, *((*column, index) for column in HINTS for index in indexes)]


def _values(snapshot: Snapshot) -> tuple[tuple[Oid, Tag, int | bytes | Oid], ...]:
    return tuple(
        (oid, value.tag, value.data)
        for oid, value in sorted(snapshot.items())
        if value.data is not None
    )
