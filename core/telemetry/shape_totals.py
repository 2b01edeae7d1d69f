"""A billing total that was known stays what it was: it never becomes another counter in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.host.clock import parse_rfc3339
from core.model.problem import PlatenError
from core.model.provenance import Confidence
from core.model.reading import Note, Reading
from core.snmp.types import SnmpAgent, format_oid, parse_oid
from core.telemetry.meters import LIFE_DIFFERS
from core.telemetry.observe import origin
from core.telemetry.shape import Known, Relearned, Total
from core.telemetry.snapshot import Snapshot

MISSING: Final = "total_missing"
#: A total that was missing for so long is gone for good.
LONGEST: Final = timedelta(days=30)
#: So many visits have to agree, also after the printer's configuration changed.
AGREE: Final = 3
_PATH: Final = "meters.total"
_LIFE: Final = "prtMarkerLifeCount"


def totals_before(known: Known | None, now: Snapshot, profiles: str) -> tuple[Total, ...]:
    """Give where the totals were, if this is the same printer read with the same ``profiles``
    (their digest; "" is that of a visit which was not answered in full).
    """
    if known is None or known.shape.profiles not in {"", profiles}:
        return ()
    values = {oid: (tag, data) for oid, tag, data in known.shape.values}
    for name in known.shape.names:
        value = now.value(name)
        if value is None or (value.tag, value.data) != values.get(name):
            return ()
    return known.last.totals


async def ask_alone(agent: SnmpAgent, now: Snapshot, totals: tuple[Total, ...]) -> Snapshot:
    """Ask once more for the places of totals that were not answered, for nothing else."""
    wanted = [ref for total in totals for ref in total.refs if now.value(ref) is None]
    if not wanted:
        return now
    try:
        return now.with_values(await agent.get(tuple(wanted)))
    except PlatenError:
        return now  # the others were answered: that this one is missing is said


def settle(
    readings: tuple[Reading, ...],
    now: Snapshot,
    before: tuple[Total, ...],
    taken_at: str,
    why: Relearned | None,
) -> tuple[tuple[Reading, ...], tuple[Total, ...]]:
    """Take the total out of each reading that has it from elsewhere than ``before``; gives the
    readings and what the next visit should know. ``why`` is why all was read.
    """
    settled, totals = [], []
    for told in readings:
        reading, own = told, _total_of(told)
        kept = next((one for one in before if one.device == reading.device_index), None)
        if kept is not None and not _same(kept, own):
            kept = replace(
                kept,
                missed=kept.missed + 1,
                since=kept.since or taken_at,
                changed=kept.changed or why is Relearned.CONFIGURATION,
            )
            if not _gone(kept, taken_at):
                reading, own = _without(reading, now, kept), kept
        settled.append(reading)
        totals += [] if own is None else [own]
    return tuple(settled), tuple(totals)


def _total_of(reading: Reading) -> Total | None:
    found = reading.provenance.get(_PATH) if "total" in reading.meters else None
    if found is None or not found.refs or found.rule.startswith(_LIFE):
        return None
    return Total(reading.device_index, found.rule, tuple(map(parse_oid, found.refs)))


def _same(one: Total, other: Total | None) -> bool:
    return other is not None and (one.rule, one.refs[0]) == (other.rule, other.refs[0])


def _gone(kept: Total, taken_at: str) -> bool:
    if kept.missed < AGREE or kept.since is None:
        return False
    return kept.changed or parse_rfc3339(taken_at) - parse_rfc3339(kept.since) >= LONGEST


def _without(reading: Reading, now: Snapshot, kept: Total) -> Reading:
    refs = ", ".join(map(format_oid, kept.refs))
    found = origin(now, kept.refs, f"{kept.rule}, refused", Confidence.DOUBTFUL)
    said = f"says {', '.join(found.raw)}, which is not taken" if found.raw else "was not answered"
    text = f"The maker's total ({refs}) {said}. No other counter stands in for it."
    provenance = {path: one for path, one in reading.provenance.items() if path != _PATH}
    # What was said of the count that stood in is said of nothing now.
    sums = f"total is {reading.meters.get('total')},"
    notes = tuple(
        note
        for note in reading.notes
        if note.code != LIFE_DIFFERS and not note.text.startswith(sums)
    )
    return replace(
        reading,
        meters={name: value for name, value in reading.meters.items() if name != "total"},
        provenance=provenance | ({_PATH: found} if found.raw else {}),
        notes=(*notes, Note(MISSING, text)),
    )
