"""Status told by SNMP and by IPP, made one state and one list of conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from core.model.provenance import Provenance
from core.model.reading import DeviceState, Note, Reading, Status

_CODE: Final = "sources_disagree"
_PRINTS: Final = frozenset(
    {DeviceState.IDLE, DeviceState.PRINTING, DeviceState.WARMUP, DeviceState.SLEEP}
)
_STANDS: Final = frozenset({DeviceState.ERROR, DeviceState.OFFLINE})
# IPP's words that leave open which: not said again where SNMP says which.
_OPEN: Final[dict[str, frozenset[str]]] = {
    "low_supply": frozenset(
        {"low_toner", "low_ink", "low_ribbon", "low_developer", "drum_near_end", "supply_near_end"}
    ),
    "no_supply": frozenset(
        {"no_toner", "no_ink", "no_ribbon", "no_developer", "drum_at_end", "supply_at_end"}
    ),
    "waste_almost_full": frozenset({"waste_toner_almost_full", "waste_ink_almost_full"}),
    "waste_full": frozenset({"waste_toner_full", "waste_ink_full"}),
    "no_paper": frozenset({"input_tray_empty"}),
    "input_tray_empty": frozenset({"no_paper"}),
}


@dataclass(frozen=True, slots=True)
class MergedStatus:
    """The status, what IPP added to it, and what the two do not agree on."""

    status: Status
    adds: frozenset[str]
    notes: tuple[Note, ...]
    provenance: dict[str, Provenance]


def merged_status(snmp: Reading, ipp: Reading) -> MergedStatus:
    """Take SNMP's state unless it knows none, or knows no more than "idle" of one that sleeps."""
    one, two = snmp.status, ipp.status
    found: dict[str, Provenance] = {}
    state, adds = one.state, frozenset[str]()
    sleeps = (one.state, two.state) == (DeviceState.IDLE, DeviceState.SLEEP)
    if two.state is not DeviceState.UNKNOWN and (one.state is DeviceState.UNKNOWN or sleeps):
        state, adds = two.state, frozenset({"status"})
        found |= _from(ipp, "status.state")
    new = tuple(c for c in two.conditions if not _is_said(c, one.conditions))
    if new:
        found |= _conditions(snmp, ipp)
    status = replace(one, state=state, conditions=(*one.conditions, *new))
    return MergedStatus(status, adds, _notes(one.state, two.state), found)


def _is_said(condition: str, others: tuple[str, ...]) -> bool:
    return condition in others or bool(_OPEN.get(condition, frozenset()) & set(others))


def _notes(one: DeviceState, two: DeviceState) -> tuple[Note, ...]:
    if (one in _PRINTS and two in _STANDS) or (one in _STANDS and two in _PRINTS):
        return (Note(_CODE, f"State: SNMP says {one.value}, IPP {two.value}."),)
    return ()


def _from(reading: Reading, path: str) -> dict[str, Provenance]:
    origin = reading.provenance.get(path)
    return {} if origin is None else {path: origin}


def _conditions(snmp: Reading, ipp: Reading) -> dict[str, Provenance]:
    path = "status.conditions"
    one, two = snmp.provenance.get(path), ipp.provenance.get(path)
    if one is None or two is None or not snmp.status.conditions:
        return _from(ipp, path)
    rule = f"{one.rule}; {two.rule} by IPP"
    return {path: replace(one, refs=one.refs + two.refs, raw=one.raw + two.raw, rule=rule)}
