"""One visit: read everything behind one endpoint and store it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.host.clock import rfc3339
from core.jobs.allowed import access_for
from core.jobs.judging import judge_of, tell_alerts
from core.jobs.runner import Emit
from core.jobs.shapes import keep_shape, read_again
from core.jobs.tools import Tools
from core.jobs.ways import Told, beside, instead, patience
from core.model.device import Device
from core.model.event import DeviceChanged, EventKind, ReadingFailed, ReadingStored
from core.model.identity import Endpoint
from core.model.jsonio import to_builtins
from core.model.problem import PlatenError, Problem
from core.model.reading import Reading
from core.snmp.access import Access, Opened, Version
from core.snmp.client import SnmpClient
from core.snmp.exchange import Quirk


@dataclass(frozen=True, slots=True)
class Visited:
    """What a visit came to: readings stored, and devices that gave nothing."""

    stored: int
    failed: int


@dataclass(frozen=True, slots=True)
class Approach:
    """How to ask: with what, which of it was answered last time, and what was learned."""

    access: Access
    known: Opened | None = None
    quirks: tuple[Quirk, ...] = ()


async def approach_to(tools: Tools, device: Device) -> Approach:
    """Give how to ask a device.

    Raises ``SecretsError`` where its credentials are not there, ``RefusedError`` where version 3
    would be needed and has not been allowed.
    """
    segment = next(
        (s for s in tools.settings.discovery.as_segments() if s.name == device.segment), None
    )
    found = await tools.secrets.get(segment.credentials if segment else "default")
    index, version = device.community_index, device.version
    access = access_for(segment, found, version)
    known = None
    if version is not None and index is not None and index < access.count(Version(version)):
        known = Opened(Version(version), index)
    # A word that another version of Platen learned is not ours to follow.
    quirks = tuple(Quirk(word) for word in device.quirks if word in set(Quirk))
    return Approach(access, known, quirks)


async def visit(
    tools: Tools, endpoint: Endpoint, devices: Sequence[Device], approach: Approach, emit: Emit
) -> Visited:
    """Read ``endpoint``; every reading is stored, every expected device that gave none is said.

    ``devices`` are those expected there. Raises only what the store raises.
    """
    async with tools.visits.of(endpoint):
        at = rfc3339(tools.clock())
        client = tools.network.client(
            endpoint,
            approach.access,
            await patience(tools, devices),
            known=approach.known,
            quirks=approach.quirks,
        )
        try:
            found = await read_again(tools, client, endpoint, at, devices)
        except PlatenError as error:
            return await _without_snmp(tools, endpoint, devices, at, client, error, emit)
        told = await beside(tools, found.readings, devices, at)
        seen = [await _keep(tools, each, devices, emit, client) for each in told.readings]
        await keep_shape(tools, seen[0], found)
        await _learned(tools, seen[0], told)
    return await _whole(tools, endpoint, devices, seen, emit)


async def _without_snmp(
    tools: Tools,
    endpoint: Endpoint,
    devices: Sequence[Device],
    at: str,
    client: SnmpClient,
    failure: PlatenError,
    emit: Emit,
) -> Visited:
    """Ask by IPP what SNMP did not tell."""
    try:
        told = await instead(tools, endpoint, devices, at, failure, client.cost)
    except PlatenError as error:
        return await failed(tools, endpoint, devices, error.problem, emit)
    seen = [await _keep(tools, each, devices, emit) for each in told.readings]
    await _learned(tools, seen[0], told)
    return await _whole(tools, endpoint, devices, seen, emit)


async def _learned(tools: Tools, key: str, told: Told) -> None:
    if told.way is not None:
        await tools.store.ways.save(key, told.way)


async def _whole(
    tools: Tools, endpoint: Endpoint, devices: Sequence[Device], seen: Sequence[str], emit: Emit
) -> Visited:
    """Say which of the devices that were expected did not answer."""
    gone = [device for device in devices if device.key not in seen]
    elsewhere = Problem(
        "another_printer_answers",
        f"Another printer answers at {endpoint} now.",
        "Scan the network: the printer is found again by its serial number, wherever it is.",
    )
    if gone:
        await failed(tools, endpoint, gone, elsewhere, emit)
    return Visited(len(seen), len(gone))


async def _keep(
    tools: Tools,
    reading: Reading,
    devices: Sequence[Device],
    emit: Emit,
    client: SnmpClient | None = None,
) -> str:
    """Store a reading; ``client`` is the one that answered, where SNMP did."""
    opened = None if client is None else await client.open()
    saved = await tools.store.save_reading(
        reading,
        segment=devices[0].segment if devices else None,
        version=None if opened is None else opened.version.value,
        community_index=None if opened is None else opened.community_index,
        judge=await judge_of(tools, reading.taken_at, reading),
    )
    if client is not None and set(saved.device.quirks) != client.quirks:
        await tools.store.save_quirks(saved.device.key, client.quirks)
    emit(EventKind.READING_STORED, ReadingStored(saved.device.key, reading.taken_at))
    tell_alerts(saved.told, emit)
    await tell(tools, saved.device.key, "read", EventKind.DEVICE_UPDATED, emit)
    return saved.device.key


async def failed(
    tools: Tools, endpoint: Endpoint, devices: Sequence[Device], problem: Problem, emit: Emit
) -> Visited:
    """Keep and say that a visit gave nothing."""
    at = rfc3339(tools.clock())
    for device in devices:
        judge = await judge_of(tools, at)
        told = await tools.store.save_problem(device.key, problem, at, judge=judge)
        emit(EventKind.READING_FAILED, ReadingFailed(device.key, str(endpoint), problem))
        tell_alerts(told, emit)
        await tell(tools, device.key, "failed", EventKind.DEVICE_UPDATED, emit)
    if not devices:
        emit(EventKind.READING_FAILED, ReadingFailed("", str(endpoint), problem))
    return Visited(0, len(devices))


async def tell(tools: Tools, key: str, what: str, kind: EventKind, emit: Emit) -> None:
    """Say how a device is now."""
    summary = await tools.store.device(key)
    if summary is not None:
        tools.border.known.learn(to_builtins(summary.device.identity))
        emit(kind, DeviceChanged(what, summary))
