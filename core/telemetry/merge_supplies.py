"""Supplies told by SNMP and by IPP: IPP fills what a row of SNMP's does not know.

A row is matched where it is the only one of its kind and colour on both sides. No row is ever
added beside those of SNMP: two lists of one set of cartridges are one set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.model.provenance import Provenance
from core.model.reading import LevelState, Note, Reading, Supply, SupplyKind

_CODE: Final = "sources_disagree"
_POINTS: Final = 5.0  # levels of one moment that are farther apart than this differ
_LOW_AT_MOST: Final = 10.0
_BAD: Final = {LevelState.LOW: 1, LevelState.EMPTY: 2}

_Key = tuple[SupplyKind, str | None]


@dataclass(frozen=True, slots=True)
class MergedSupplies:
    """The rows, what IPP added, what the two do not agree on, and the new provenance."""

    rows: tuple[Supply, ...]
    adds: frozenset[str]
    notes: tuple[Note, ...]
    provenance: dict[str, Provenance]


def merged_supplies(snmp: Reading, ipp: Reading) -> MergedSupplies:
    """Merge the supplies of one printer."""
    if not snmp.supplies:
        adds = frozenset({"supplies"} if ipp.supplies else ())
        return MergedSupplies(ipp.supplies, adds, (), under_rows(ipp, "supplies"))
    pairs = _pairs(snmp.supplies, ipp.supplies)
    rows, notes, provenance = [], [], {}
    filled = False
    for row in snmp.supplies:
        other = pairs.get(row.index)
        if other is None:
            rows.append(row)
            continue
        note = _disagreement(row, other)
        merged = row if note is not None else _filled(row, other)
        filled |= merged.level_percent != row.level_percent
        notes += [] if note is None else [note]
        rows.append(merged)
        for name in ("level_percent", "state", "description", "part", "serial"):
            origin = ipp.provenance.get(f"supplies[{other.index}].{name}")
            if origin is not None and getattr(merged, name) != getattr(row, name):
                provenance[f"supplies[{row.index}].{name}"] = origin
    adds = frozenset({"levels"} if filled else ())
    return MergedSupplies(tuple(rows), adds, tuple(notes), provenance)


def rekeyed(reading: Reading, known: Sequence[Supply]) -> Reading:
    """Give the rows of a reading the indexes under which these supplies are known already.

    So that a cartridge stays the same one when its printer answers in another way. Rows that are
    not the only ones of their kind and colour keep their own.
    """
    renamed = {row.index: other.index for row, other in _known(reading.supplies, known)}
    if not renamed:
        return reading
    supplies = tuple(replace(s, index=renamed.get(s.index, s.index)) for s in reading.supplies)
    provenance = {}
    for path, origin in reading.provenance.items():
        head, bracket, tail = path.partition("].")
        index = head.removeprefix("supplies[")
        if bracket and head.startswith("supplies[") and index in renamed:
            provenance[f"supplies[{renamed[index]}].{tail}"] = origin
        else:
            provenance[path] = origin
    return replace(reading, supplies=supplies, provenance=provenance)


def under_rows(reading: Reading, head: str) -> dict[str, Provenance]:
    """Give the provenance of the rows of ``head``."""
    return {p: o for p, o in reading.provenance.items() if p.startswith(f"{head}[")}


def _known(rows: Sequence[Supply], known: Sequence[Supply]) -> list[tuple[Supply, Supply]]:
    pairs = _pairs(rows, known)
    return [(row, pairs[row.index]) for row in rows if row.index in pairs]


def _pairs(rows: Sequence[Supply], others: Sequence[Supply]) -> dict[str, Supply]:
    """Give for each row, by index, the other side's one that is surely the same supply."""
    here, there = (Counter(map(_key, each)) for each in (rows, others))
    by_key = {_key(other): other for other in others}
    return {
        row.index: by_key[_key(row)]
        for row in rows
        if row.kind is not SupplyKind.OTHER and here[_key(row)] == there[_key(row)] == 1
    }


def _key(supply: Supply) -> _Key:
    return supply.kind, supply.color


def _filled(row: Supply, other: Supply) -> Supply:
    """Fill what the row does not know; ``low`` and ``empty`` are never taken back."""
    state, percent = row.state, row.level_percent
    if percent is None and other.level_percent is not None and state is not LevelState.UNLIMITED:
        percent = other.level_percent
        state = state if _BAD.get(state, 0) > _BAD.get(other.state, 0) else other.state
    elif state is LevelState.UNKNOWN:
        state = other.state
    return replace(
        row,
        level_percent=percent,
        state=state,
        description=row.description or other.description,
        part=row.part or other.part,
        serial=row.serial or other.serial,
    )


def _disagreement(row: Supply, other: Supply) -> Note | None:
    one, two = row.level_percent, other.level_percent
    if two is None:
        return None
    differ = one is not None and abs(one - two) > _POINTS
    # "Some is left" against nothing, "empty" against plenty: no number of IPP's is put there.
    differ |= one is None and row.state is LevelState.SOME_REMAINING and two <= 0
    differ |= one is None and row.state is LevelState.EMPTY and two > _LOW_AT_MOST
    if not differ:
        return None
    name = row.description or " ".join(filter(None, (row.color, row.kind.value)))
    said = row.state.value.replace("_", " ") if one is None else f"{one:g} %"
    return Note(_CODE, f"{name} ({row.index}): SNMP says {said}, IPP {two:g} %.")
