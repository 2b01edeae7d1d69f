"""Asks an agent whose shape is known for what changes, and sees whether the shape still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from core.host.clock import parse_rfc3339
from core.model.problem import PlatenError
from core.snmp.together import together
from core.snmp.types import Oid, SnmpAgent, Value
from core.telemetry import oids
from core.telemetry.got import AWAY
from core.telemetry.shape import VERSION, Known, Relearned, Shape
from core.telemetry.shape_places import CONFIGURATION, EVENTS, SUPPLIES
from core.telemetry.snapshot import Snapshot

#: What does not change is asked for this often all the same.
OLDEST: Final = timedelta(days=7)
# The level of what is filled moves both ways: prtMarkerSuppliesClass receptacleThatIsFilled, and
# prtMarkerSuppliesType wasteToner, wasteInk and wasteWax, which some agents class as consumed.
_RECEPTACLE: Final = 4
_WASTE: Final = frozenset({4, 8, 14})


def outdated(shape: Shape, profiles: str, taken_at: str) -> Relearned | None:
    """Say why a shape must not be used at ``taken_at``, without asking anything."""
    if shape.version != VERSION:
        return Relearned.VERSION
    if shape.profiles != profiles:
        return Relearned.PROFILES
    try:
        age = parse_rfc3339(taken_at) - parse_rfc3339(shape.learned_at)
    except ValueError:
        return Relearned.UNREADABLE
    # A clock that was set back makes an age that says nothing.
    return None if timedelta() <= age <= OLDEST else Relearned.AGE


async def ask_again(agent: SnmpAgent, known: Known) -> Snapshot | Relearned:
    """Ask for what changes; gives all that is known now, or why it has to be learned anew.

    Raises ``SnmpError`` where the agent does not answer.
    """
    shape = known.shape
    jobs = [agent.columns(table.columns, max(table.rows, 1)) for table in shape.tables]
    if shape.scalars:
        jobs.insert(0, agent.get(shape.scalars))
    try:
        parts = await together(jobs)
    except AWAY:
        raise
    except PlatenError:
        return Relearned.FAILED
    answered = {oid: value for part in parts for oid, value in part.items()}
    return _put_together(known, answered)


def _put_together(known: Known, answered: dict[Oid, Value]) -> Snapshot | Relearned:
    shape, before = known.shape, known.shape.snapshot()
    if _rows_of(shape, before) != _rows_in(shape, answered) or not answered.keys() >= set(
        shape.scalars
    ):
        return Relearned.ROWS
    asked = set(shape.fresh) | answered.keys()
    now = Snapshot({oid: v for oid, v in before.items() if oid not in asked} | answered)
    return _hint(known, before, now) or now


def _rows_of(shape: Shape, snapshot: Snapshot) -> set[Oid]:
    return {
        (*column, *index)
        for table in shape.tables
        for column in table.columns
        for index in snapshot.column(column)
    }


def _rows_in(shape: Shape, answered: dict[Oid, Value]) -> set[Oid]:
    columns = {column for table in shape.tables for column in table.columns}
    depths = {len(column) for column in columns}
    rows = answered.keys() - set(shape.scalars)
    return {oid for oid in rows if any(oid[:depth] in columns for depth in depths)}


def _hint(known: Known, before: Snapshot, now: Snapshot) -> Relearned | None:
    """Say what gives away that something changed which was not asked for."""
    if any(before.value(place) != now.value(place) for place in known.shape.names):
        return Relearned.IDENTITY
    last = dict(known.last.numbers)
    if (now.number(oids.SYS_UP_TIME) or 0) < last.get(oids.SYS_UP_TIME, 0):
        return Relearned.RESTARTED
    for columns, why in ((CONFIGURATION, Relearned.CONFIGURATION), (EVENTS, Relearned.EVENTS)):
        if any(before.column(column) != now.column(column) for column in columns):
            return why
    return Relearned.REPLACED if _replaced(last, before, now) else None


def _replaced(last: dict[Oid, int], before: Snapshot, now: Snapshot) -> bool:
    level, most = SUPPLIES
    if before.column(most) != now.column(most):
        return True
    for index, value in now.column(level).items():
        was, number = last.get((*level, *index)), value.number()
        if was is None or number is None or _is_filled(now, index):
            continue
        if _rose(was, number):
            return True
    return False


def _is_filled(snapshot: Snapshot, index: Oid) -> bool:
    kind = snapshot.number((*oids.PRT_SUPPLY_TYPE, *index))
    return snapshot.number((*oids.PRT_SUPPLY_CLASS, *index)) == _RECEPTACLE or kind in _WASTE


def _rose(was: int, now: int) -> bool:
    """Say whether a level rose; with one of the negative ones, whether it changed but to empty."""
    if was < 0 or now < 0:
        return now not in (was, 0)
    return now > was
