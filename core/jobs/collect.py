"""Collect: read the managed devices, several at a time, each endpoint once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from core.discovery.local.endpoint import is_local
from core.discovery.single import resolve_single
from core.host.clock import rfc3339
from core.jobs.allowed import access_for
from core.jobs.local import visit_here
from core.jobs.runner import Emit
from core.jobs.tools import Throttle, Tools
from core.jobs.visit import Approach, Visited, approach_to, failed, visit
from core.model.action import CollectArguments, ReadArguments
from core.model.device import Device
from core.model.event import EventKind, Finished, Progress
from core.model.identity import Endpoint
from core.model.problem import BadInputError, PlatenError
from core.snmp.access import Access


async def collect(tools: Tools, arguments: CollectArguments, emit: Emit) -> Finished:
    """Read these devices, or all managed ones; raises ``BadInputError`` for an unknown key."""
    devices = await _chosen(tools, arguments.devices)
    counts = await read_all(tools, devices, emit, arguments.spread)
    if arguments.general or not arguments.devices:
        await tools.store.set_fact("last_collection", rfc3339(tools.clock()))
    return Finished(counts, f"{counts['read']} read, {counts['failed']} failed")


async def _chosen(tools: Tools, keys: Sequence[str]) -> tuple[Device, ...]:
    if not keys:
        return await tools.store.managed()
    devices = []
    for key in keys:
        summary = await tools.store.device(key)
        if summary is None:
            raise BadInputError(
                "unknown_device", f"There is no device {key[:60]!r}.", "See `platen devices`."
            )
        devices.append(summary.device)
    return tuple(devices)


@dataclass(slots=True)
class _Tally:
    total: int
    read: int = 0
    failed: int = 0
    visited: int = 0

    def progress(self) -> Progress:
        return Progress("devices", self.visited, self.total, self.read)


async def read_all(
    tools: Tools, devices: Sequence[Device], emit: Emit, spread: float = 0.0
) -> dict[str, int]:
    """Visit the endpoints of ``devices``, all begun within ``spread`` seconds.

    Gives the counts ``devices``, ``read`` and ``failed``.
    """
    endpoints: dict[Endpoint, list[Device]] = {}
    for device in devices:
        endpoints.setdefault(device.endpoint, []).append(device)
    tally = _Tally(len(devices))
    throttle = Throttle(asyncio.get_running_loop().time)
    gate = asyncio.Semaphore(tools.settings.collection.concurrency)

    async def one(number: int, endpoint: Endpoint, expected: list[Device]) -> None:
        await asyncio.sleep(spread * number / len(endpoints))
        async with gate:
            visited = await go(tools, endpoint, expected, emit)
        tally.read += visited.stored
        tally.failed += visited.failed
        tally.visited += len(expected)
        if throttle.ready():
            emit(EventKind.ACTION_PROGRESS, tally.progress())

    emit(EventKind.ACTION_PROGRESS, tally.progress())
    async with asyncio.TaskGroup() as group:
        for number, (endpoint, expected) in enumerate(endpoints.items()):
            group.create_task(one(number, endpoint, expected))
    emit(EventKind.ACTION_PROGRESS, tally.progress())
    return {"devices": len(devices), "read": tally.read, "failed": tally.failed}


async def go(tools: Tools, endpoint: Endpoint, expected: Sequence[Device], emit: Emit) -> Visited:
    """Read an endpoint by the way that leads there; ``expected`` are its devices, at least one."""
    if is_local(endpoint):
        return await visit_here(tools, endpoint, expected, emit)
    try:
        approach = await approach_to(tools, expected[0])
    except PlatenError as error:
        return await failed(tools, endpoint, expected, error.problem, emit)
    return await visit(tools, endpoint, expected, approach, emit)


async def _approach_at(tools: Tools, endpoint: Endpoint, communities: tuple[str, ...]) -> Approach:
    """Give how to ask there: with these communities, else as the device that is known there."""
    if communities:
        return Approach(Access(communities))
    for device in await tools.store.managed():
        if device.endpoint == endpoint and device.segment is not None:
            return await approach_to(tools, device)
    return Approach(access_for(None, await tools.secrets.get("default"), None))


async def read_address(tools: Tools, arguments: ReadArguments, emit: Emit) -> Finished:
    """Read one address that a person names; raises the failure as ``PlatenError``."""
    endpoint = await resolve_single(arguments.address, arguments.port)
    approach = await _approach_at(tools, endpoint, arguments.communities)
    failures: list[PlatenError] = []

    def watch(kind: EventKind, body: object) -> None:
        if kind is EventKind.READING_FAILED:
            problem = getattr(body, "problem")  # noqa: B009 - the body of this kind has one
            failures.append(PlatenError(problem.code, problem.text, problem.remedy))
        else:
            emit(kind, body)

    visited = await visit(tools, endpoint, (), approach, watch)
    if failures:
        raise failures[0]
    return Finished({"read": visited.stored}, f"{visited.stored} read")
