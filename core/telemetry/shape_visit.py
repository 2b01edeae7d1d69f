"""One visit to an agent: as cheap as what is known of it allows, and never staler for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.model.identity import Endpoint
from core.model.provenance import Provenance
from core.model.reading import Reading
from core.snmp.types import SnmpAgent, format_oid
from core.telemetry.errors import NotAPrinterError
from core.telemetry.fetch import fetch_reading
from core.telemetry.got import Got
from core.telemetry.profiles import ProfileSet, all_profiles, matching
from core.telemetry.reader import LIMIT, in_time, interpret, spent
from core.telemetry.shape import Known, Relearned, Shape, digest
from core.telemetry.shape_ask import ask_again, outdated
from core.telemetry.shape_learn import last_of, learn
from core.telemetry.shape_places import Witness, changing
from core.telemetry.shape_totals import ask_alone, settle, totals_before


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit gave. ``known`` is for the next one; ``relearned`` says why all was read, and
    is ``None`` where only what changes was asked.
    """

    readings: tuple[Reading, ...]
    known: Known
    relearned: Relearned | None


async def visit_printers(
    agent: SnmpAgent,
    endpoint: Endpoint,
    taken_at: str,
    profiles: ProfileSet | None = None,
    known: Known | None = None,
    limit: float = LIMIT,
) -> Visit:
    """Read every printer behind ``endpoint`` as ``read_printers`` does, with what an earlier visit
    left ``known``: values that change are asked for, the others come from it.

    Whatever says that the others may have changed has all of them read at once; so does a visit
    of which a part was not answered, at the next one. Raises as ``read_printers`` does.
    """
    return await in_time(_visit(agent, endpoint, taken_at, profiles, known), endpoint, limit)


async def _visit(
    agent: SnmpAgent,
    endpoint: Endpoint,
    taken_at: str,
    profiles: ProfileSet | None,
    known: Known | None,
) -> Visit:
    profiles = profiles or ProfileSet(all_profiles())
    before, mark, got = agent.cost, digest(profiles.profiles), Got()
    why = Relearned.FIRST if known is None else outdated(known.shape, mark, taken_at)
    if known is not None and why is None:
        found = await _again(agent, endpoint, taken_at, profiles, known)
    else:
        found = why or Relearned.FIRST
    if isinstance(found, Relearned):
        snapshot, matched = await fetch_reading(agent, profiles.profiles, got)
        totals = totals_before(known, snapshot, mark)
        witness = Witness(await ask_alone(agent, snapshot, totals))
        readings = interpret(witness, matched, endpoint, taken_at)
        learned = learn(witness, readings, matched, mark, taken_at)
        readings, totals = settle(readings, witness, totals, taken_at, found)
        learned = replace(learned, last=replace(learned.last, totals=totals))
        if got.failures:
            # What is missing now must not stay so: this fits no later visit.
            learned = replace(learned, shape=replace(learned.shape, profiles=""))
        found = Visit(readings, learned, found)
    cost = spent(before, agent.cost)
    finished = tuple(
        replace(each, cost=cost, notes=(*each.notes, *got.notes(), *profiles.notes))
        for each in found.readings
    )
    return replace(found, readings=finished)


async def _again(
    agent: SnmpAgent, endpoint: Endpoint, taken_at: str, profiles: ProfileSet, known: Known
) -> Visit | Relearned:
    now = await ask_again(agent, known)
    if isinstance(now, Relearned):
        return now
    before = totals_before(known, now, known.shape.profiles)
    now = await ask_alone(agent, now, before)
    witness, matched = Witness(now), matching(now, profiles.profiles)
    try:
        readings = interpret(witness, matched, endpoint, taken_at)
    except NotAPrinterError:
        return Relearned.IDENTITY
    places, fresh = changing(matched), frozenset(known.shape.fresh)
    if any(oid not in fresh and places.holds(oid) for oid in witness.looked_at()):
        # What was taken last time is no longer plausible, say, and the next best was not asked.
        return Relearned.PLACES
    readings, totals = settle(readings, now, before, taken_at, None)
    told = tuple(_dated(reading, known.shape) for reading in readings)
    return Visit(told, replace(known, last=replace(last_of(now), totals=totals)), None)


def _dated(reading: Reading, shape: Shape) -> Reading:
    """Say of each value that rests on nothing asked now when it was learned."""
    asked = frozenset(map(format_oid, shape.fresh))
    provenance = {
        path: _dated_origin(origin, asked, shape.learned_at)
        for path, origin in reading.provenance.items()
    }
    return replace(reading, provenance=provenance)


def _dated_origin(origin: Provenance, asked: frozenset[str], learned_at: str) -> Provenance:
    if not origin.refs or not asked.isdisjoint(origin.refs):
        return origin
    return replace(origin, learned_at=learned_at)
