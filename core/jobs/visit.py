"""One visit: read everything behind one endpoint and store it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.host.clock import rfc3339
from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.model.device import Device
from core.model.event import DeviceChanged, EventKind, ReadingFailed, ReadingStored
from core.model.identity import Endpoint
from core.model.problem import PlatenError, Problem
from core.model.reading import Reading
from core.snmp.access import Access, Opened, Version
from core.snmp.client import SnmpClient
from core.snmp.exchange import Quirk
from core.snmp.policy import Policy
from core.telemetry.profiles import FOLDER, profiles_with
from core.telemetry.reader import read_printers


@dataclass(frozen=True, slots=True)
class Visited:
    """What a visit came to: readings stored, and devices that gave nothing."""

    stored: int
    failed: int


@dataclass(frozen=True, slots=True)
class Approach:
    """How to ask: the communities, which of them answered last time, and what was learned."""

    access: Access
    known: Opened | None = None
    quirks: tuple[Quirk, ...] = ()


async def approach_to(tools: Tools, device: Device) -> Approach:
    """Give how to ask a device; raises ``SecretsError`` where its communities are not there."""
    segment = next(
        (s for s in tools.settings.discovery.as_segments() if s.name == device.segment), None
    )
    found = await tools.secrets.get(segment.credentials if segment else "default")
    communities = found.communities
    known = None
    index, version = device.community_index, device.version
    if version is not None and index is not None and index < len(communities):
        known = Opened(Version(version), index)
    # A word that another version of Platen learned is not ours to follow.
    quirks = tuple(Quirk(word) for word in device.quirks if word in set(Quirk))
    return Approach(Access(communities), known, quirks)


async def visit(
    tools: Tools, endpoint: Endpoint, devices: Sequence[Device], approach: Approach, emit: Emit
) -> Visited:
    """Read ``endpoint``; every reading is stored, every expected device that gave none is said.

    ``devices`` are those expected there. Raises only what the store raises.
    """
    async with tools.visits.of(endpoint):
        at = rfc3339(tools.clock())
        limits = tools.settings.collection
        client = tools.network.client(
            endpoint,
            approach.access,
            Policy(timeout=limits.timeout, retries=limits.retries),
            known=approach.known,
            quirks=approach.quirks,
        )
        try:
            known = profiles_with(tools.folder / FOLDER)
            readings = await read_printers(client, endpoint, at, known)
        except PlatenError as error:
            return await failed(tools, endpoint, devices, error.problem, emit)
        seen = set()
        for reading in readings:
            seen.add(await _keep(tools, reading, client, devices, emit))
    gone = [device for device in devices if device.key not in seen]
    elsewhere = Problem(
        "another_printer_answers",
        f"Another printer answers at {endpoint} now.",
        "Scan the network: the printer is found again by its serial number, wherever it is.",
    )
    if gone:
        await failed(tools, endpoint, gone, elsewhere, emit)
    return Visited(len(readings), len(gone))


async def _keep(
    tools: Tools, reading: Reading, client: SnmpClient, devices: Sequence[Device], emit: Emit
) -> str:
    opened = await client.open()
    saved = await tools.store.save_reading(
        reading,
        segment=devices[0].segment if devices else None,
        version=opened.version.value,
        community_index=opened.community_index,
    )
    if set(saved.device.quirks) != client.quirks:
        await tools.store.save_quirks(saved.device.key, client.quirks)
    emit(EventKind.READING_STORED, ReadingStored(saved.device.key, reading.taken_at))
    await tell(tools, saved.device.key, "read", EventKind.DEVICE_UPDATED, emit)
    return saved.device.key


async def failed(
    tools: Tools, endpoint: Endpoint, devices: Sequence[Device], problem: Problem, emit: Emit
) -> Visited:
    """Keep and say that a visit gave nothing."""
    at = rfc3339(tools.clock())
    for device in devices:
        await tools.store.save_problem(device.key, problem, at)
        emit(EventKind.READING_FAILED, ReadingFailed(device.key, str(endpoint), problem))
        await tell(tools, device.key, "failed", EventKind.DEVICE_UPDATED, emit)
    if not devices:
        emit(EventKind.READING_FAILED, ReadingFailed("", str(endpoint), problem))
    return Visited(0, len(devices))


async def tell(tools: Tools, key: str, what: str, kind: EventKind, emit: Emit) -> None:
    """Say how a device is now."""
    summary = await tools.store.device(key)
    if summary is not None:
        emit(kind, DeviceChanged(what, summary))
