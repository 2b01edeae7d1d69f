"""Which ways a device is asked: SNMP, IPP beside it where that tells more, IPP in its place.

What IPP adds is learned at the first visit to a device that has a door of IPP, remembered, and
learned anew once a week, or when SNMP is back after IPP had to stand in for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from core.host.clock import parse_rfc3339
from core.ipp.errors import IppError
from core.ipp.policy import IppPolicy
from core.ipp.ways import Way
from core.jobs.tools import Tools
from core.model.device import Device
from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.model.provenance import Source
from core.model.reading import Cost, Note, Reading
from core.snmp.policy import Policy
from core.store.ways import KnownWay
from core.telemetry.errors import BothSilentError
from core.telemetry.ipp.reader import ReadByIpp, read_by_ipp
from core.telemetry.merge import DISAGREE, added, merge
from core.telemetry.merge_supplies import rekeyed

LEARNED_FOR: Final = timedelta(days=7)
_DOORS: Final = frozenset({Source.IPP, Source.DNS_SD})
# Seconds to wait for a connection where nothing tells that there is a door.
_KNOCK: Final = 1.5
# Readings back in which the last one by SNMP is looked for.
_BACK: Final = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What a visit gave, and what it taught of the ways to the device (``None``: nothing new)."""

    readings: tuple[Reading, ...]
    way: KnownWay | None = None


async def patience(tools: Tools, devices: Sequence[Device]) -> Policy:
    """Give how long SNMP is waited for: one try only where IPP had to stand in for it last time."""
    limits = tools.settings.collection
    way = await _known(tools, _single(devices))
    silent = way is not None and way.snmp_silent_since is not None
    return Policy(timeout=limits.timeout, retries=0 if silent else limits.retries)


async def beside(
    tools: Tools, readings: tuple[Reading, ...], devices: Sequence[Device], at: str
) -> Told:
    """Ask IPP, too, where it is known or to be learned whether it adds to SNMP; never raises
    for a printer's sake.
    """
    device = _single(devices)
    if device is None or len(readings) != 1 or readings[0].device_index is not None:
        return Told(readings)
    way = await _known(tools, device)
    learn = _is_to_learn(device, way, at)
    if not learn and (way is None or not way.adds):
        return Told(readings)
    endpoint = Endpoint(readings[0].address, readings[0].port)
    try:
        got = await _ask(tools, endpoint, device, way, at)
    except IppError as error:
        if way is not None and way.adds:
            text = f"IPP, which tells more of this printer, gave nothing: {error.problem.text}"
            note = Note("ipp_silent", text)
            return Told((replace(readings[0], notes=(*readings[0].notes, note)),))
        return Told(readings, KnownWay(learned_at=at))
    merged = merge(readings[0], got.reading)
    adds = set(merged.adds) if learn or way is None else merged.adds | set(way.adds)
    since = at if learn or way is None else way.learned_at
    learned = _way(got, since, tuple(sorted(adds)))
    return Told((merged.reading,), None if learned == way else learned)


async def instead(
    tools: Tools,
    endpoint: Endpoint,
    devices: Sequence[Device],
    at: str,
    failure: PlatenError,
    spent: Cost | None = None,
) -> Told:
    """Ask IPP where SNMP gave nothing; ``spent`` is what SNMP cost all the same.

    Raises ``PlatenError`` that names both causes where IPP gives nothing either, and SNMP's own
    where several printers are expected there.
    """
    if len(devices) > 1:
        raise failure
    device = _single(devices)
    way = await _known(tools, device)
    try:
        got = await _ask(tools, endpoint, device, way, at)
    except IppError as error:
        raise BothSilentError(failure, error) from None
    reading = replace(got.reading, cost=added(spent, got.reading.cost))
    if device is not None:
        reading = await _in_its_place(tools, device, reading, failure)
    silent = at if way is None else way.snmp_silent_since or at
    adds = () if way is None else way.adds
    return Told((reading,), replace(_way(got, at, adds), snmp_silent_since=silent))


def _single(devices: Sequence[Device]) -> Device | None:
    """Give the one printer that is expected; of several, nobody knows whom IPP would speak for."""
    return devices[0] if len(devices) == 1 else None


async def _known(tools: Tools, device: Device | None) -> KnownWay | None:
    return None if device is None else await tools.store.ways.of(device.key)


def _has_door(device: Device | None) -> bool:
    return device is not None and any(one.source in _DOORS for one in device.evidence)


def _is_to_learn(device: Device, way: KnownWay | None, at: str) -> bool:
    if way is None:
        return _has_door(device)
    if way.snmp_silent_since is not None:
        return True  # SNMP is back
    age = parse_rfc3339(at) - parse_rfc3339(way.learned_at)
    # A clock that was set back must not keep what was learned for ever.
    old = age >= LEARNED_FOR or age < -LEARNED_FOR
    return old and (way.port is not None or _has_door(device))


async def _ask(
    tools: Tools, endpoint: Endpoint, device: Device | None, way: KnownWay | None, at: str
) -> ReadByIpp:
    known = [] if way is None or way.port is None else [Way(way.port, way.tls)]
    ways = (*known, *(each for each in tools.ipp_ways if each not in known))
    usual = IppPolicy()
    expected = bool(known) or _has_door(device)
    return await read_by_ipp(
        tools.ipp,
        endpoint,
        at,
        ways=ways,
        path=None if way is None else way.path,
        policy=usual if expected else replace(usual, connect=_KNOCK),
    )


def _way(got: ReadByIpp, learned_at: str, adds: tuple[str, ...]) -> KnownWay:
    target = got.target
    return KnownWay(learned_at, target.port, target.tls, target.path, adds)


async def _in_its_place(
    tools: Tools, device: Device, reading: Reading, failure: PlatenError
) -> Reading:
    """Fit a reading by IPP into what SNMP has told of this device until now.

    Its supplies keep their rows. A counter that stands below SNMP's last counts something else
    (the print service's own pages): it is shown in a note, and never as a fall of the meter.
    """
    summary = await tools.store.device(device.key)
    if summary is not None and summary.latest is not None:
        reading = rekeyed(reading, summary.latest.supplies)
    if device.version is None:
        return reading
    text = f"SNMP gave nothing, so that this is what IPP tells. {failure.problem.text}"
    notes = [*reading.notes, Note("snmp_silent", text)]
    past = await tools.store.readings(device.key, limit=_BACK)
    last = next((one for one in past.items if Source.SNMP in one.sources), None)
    kept = dict(reading.meters)
    for name, value in reading.meters.items():
        before = None if last is None else last.meters.get(name)
        if before is not None and value < before:
            del kept[name]
            said = f"The meter {name} was {before} by SNMP and is {value} by IPP: not taken."
            notes.append(Note(DISAGREE, said))
    return replace(reading, meters=kept, notes=tuple(notes))
