"""What one printer says by SNMP and by IPP, made one reading: by rank, disagreement shown.

SNMP's word goes first, since it has the rows of the Printer-MIB and the makers' own places; IPP
fills what SNMP does not know. Where both tell and differ, SNMP's value stays and a note has both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from core.model.identity import Identity
from core.model.provenance import Provenance
from core.model.reading import Cost, Note, Reading
from core.telemetry.merge_status import merged_status
from core.telemetry.merge_supplies import merged_supplies, under_rows
from core.telemetry.shape_totals import MISSING

DISAGREE: Final = "sources_disagree"
OTHER_PRINTER: Final = "ipp_other_printer"
QUEUE: Final = "ipp_queue"
# A visit asks one source after the other, and the printer may print in between.
_PRINTED_MEANWHILE: Final = 10


@dataclass(frozen=True, slots=True)
class Merged:
    """The reading, and what IPP is worth asking for: "levels", "supplies", "trays", "meters",
    "status", "disagreement". Nothing in it: SNMP alone would have told as much.
    """

    reading: Reading
    adds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Part:
    adds: frozenset[str]
    notes: tuple[Note, ...]
    provenance: dict[str, Provenance]


def merge(snmp: Reading, ipp: Reading) -> Merged:
    """Merge two readings of one visit to one address.

    Where their identities contradict each other, or a computer's print queue answers by IPP,
    SNMP's reading stays as it is, with a note.
    """
    cost = added(snmp.cost, ipp.cost)
    why = _why_not(snmp, ipp)
    if why is not None:
        return Merged(replace(snmp, notes=(*snmp.notes, why), cost=cost))
    named = completed(snmp, ipp.identity, ipp.provenance)
    supplies = merged_supplies(snmp, ipp)
    status = merged_status(snmp, ipp)
    meters, counted = _meters(snmp, ipp)
    trays, alerts = snmp.trays or ipp.trays, snmp.alerts or ipp.alerts
    notes = (*supplies.notes, *status.notes, *counted.notes)
    provenance = named.provenance | supplies.provenance | status.provenance | counted.provenance
    if not snmp.trays:
        provenance |= under_rows(ipp, "trays")
    if not snmp.alerts:
        provenance |= under_rows(ipp, "alerts")
    adds = supplies.adds | status.adds | counted.adds
    adds |= {"trays"} if ipp.trays and not snmp.trays else set()
    adds |= {"disagreement"} if notes else set()
    reading = replace(
        snmp,
        sources=(*snmp.sources, *(one for one in ipp.sources if one not in snmp.sources)),
        identity=named.identity,
        meters=meters,
        supplies=supplies.rows,
        trays=trays,
        status=status.status,
        alerts=alerts,
        provenance=provenance,
        notes=(*snmp.notes, *ipp.notes, *notes),
        cost=cost,
    )
    return Merged(reading, adds)


def contradiction(one: Identity, other: Identity) -> str | None:
    """Say by what two identities cannot be of one printer; ``None`` where nothing speaks against.

    One serial number on both sides outweighs the rest; else UUID, MAC and maker must not differ.
    """
    if one.serial and other.serial:
        same = one.serial.casefold() == other.serial.casefold()
        return None if same else f"serial number {other.serial}"
    for name, text in (("mac", "MAC address"), ("uuid", "UUID"), ("vendor", "maker")):
        here, there = getattr(one, name), getattr(other, name)
        if here and there and here.casefold() != there.casefold():
            return f"{text} {there}"
    return None


def _why_not(snmp: Reading, ipp: Reading) -> Note | None:
    queue = next((note for note in ipp.notes if note.code == QUEUE), None)
    if queue is not None:
        text = "A print queue of a computer answers by IPP here; its values are not taken."
        return Note(QUEUE, text)
    what = contradiction(snmp.identity, ipp.identity)
    if what is None:
        return None
    text = f"What answers by IPP here is another printer ({what}): its values are not taken."
    return Note(OTHER_PRINTER, text)


def completed(
    reading: Reading, identity: Identity, provenance: Mapping[str, Provenance]
) -> Reading:
    """Give the reading with this identity's fields where it knows none of its own."""
    filled: dict[str, str] = {}
    origins: dict[str, Provenance] = {}
    for field in fields(Identity):
        told = getattr(identity, field.name)
        if told is None or getattr(reading.identity, field.name) is not None:
            continue
        filled[field.name] = told
        origin = provenance.get(f"identity.{field.name}")
        if origin is not None:
            origins[f"identity.{field.name}"] = origin
    return replace(
        reading,
        identity=replace(reading.identity, **filled),
        provenance=reading.provenance | origins,
    )


def _meters(snmp: Reading, ipp: Reading) -> tuple[dict[str, int], _Part]:
    """Take IPP's meters where SNMP has none and both count the same thing."""
    counted = ipp.meters.get("total")
    life = snmp.engine_life
    known = [snmp.meters["total"]] if "total" in snmp.meters else []
    if life is not None and life.unit in {"impressions", "unknown"}:
        known.append(life.value)
    differs = (
        counted is not None
        and bool(known)
        and all(abs(counted - value) > _PRINTED_MEANWHILE for value in known)
    )
    notes: tuple[Note, ...] = ()
    if differs:
        text = f"SNMP counts {known[0]} impressions, IPP {counted} (the print service's own)."
        notes = (Note(DISAGREE, text),)
    taken = {} if differs else {k: v for k, v in ipp.meters.items() if k not in snmp.meters}
    if any(note.code == MISSING for note in snmp.notes):
        taken.pop("total", None)  # the maker's total is only missing: nothing stands in for it
    paths = [f"meters.{name}" for name in taken]
    provenance = {path: ipp.provenance[path] for path in paths if path in ipp.provenance}
    adds = frozenset({"meters"} if taken else ())
    return snmp.meters | taken, _Part(adds, notes, provenance)


def added(one: Cost | None, other: Cost | None) -> Cost | None:
    """Add what two parts of a visit cost."""
    if one is None or other is None:
        return one or other
    return Cost(
        requests=one.requests + other.requests,
        bytes_out=one.bytes_out + other.bytes_out,
        bytes_in=one.bytes_in + other.bytes_in,
        elapsed_ms=one.elapsed_ms + other.elapsed_ms,
    )
