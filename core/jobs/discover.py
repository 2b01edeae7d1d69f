"""Discover: search segments, keep what is found, say what was refused and why."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from core.discovery.everything import Search
from core.discovery.pace import SLEEPERS
from core.discovery.plan import SegmentPlan
from core.discovery.targets import check_targets, own_subnets
from core.host.clock import rfc3339
from core.jobs.allowed import V3, plan_for
from core.jobs.collect import read_all
from core.jobs.early import EarlyReads
from core.jobs.judging import judge_of, tell_alerts
from core.jobs.local import found_here
from core.jobs.runner import Emit
from core.jobs.tools import Throttle, Tools
from core.jobs.visit import tell
from core.model.action import DiscoverArguments
from core.model.device import Device
from core.model.event import (
    AddressRejected,
    EventKind,
    Finished,
    Progress,
    SegmentProgress,
)
from core.model.evidence import Finding, Rejection
from core.model.problem import BadInputError
from core.model.segment import Segment
from core.secrets import CredentialSet


async def plans(tools: Tools, arguments: DiscoverArguments) -> tuple[SegmentPlan, ...]:
    """Decide what is searched: the segments given, else the approved ones, else our subnets."""
    segments = arguments.segments or tools.settings.discovery.as_segments() or own_segments()
    if not segments:
        raise BadInputError(
            "nothing_to_search",
            "This computer is in no network that is searched unasked: it has none, or VPNs alone.",
            "Name what to search, for example 192.168.1.0/24.",
        )
    for segment in segments:
        check_targets(segment)
    return tuple([await _plan(tools, segment, arguments.communities) for segment in segments])


async def _plan(tools: Tools, segment: Segment, given: tuple[str, ...]) -> SegmentPlan:
    """Give what a segment is asked with; raises ``RefusedError`` for version 3 not allowed."""
    if given and V3 not in segment.versions:
        return SegmentPlan(segment, given)
    plan = plan_for(segment, await tools.secrets.get(segment.credentials))
    return replace(plan, communities=given or plan.communities)


def own_segments() -> tuple[Segment, ...]:
    """One segment for each of the machine's own networks, without VPNs (at most a /20 of each)."""
    return tuple(Segment(name=text, targets=(text,)) for text in own_subnets())


async def approve(tools: Tools, arguments: DiscoverArguments) -> None:
    """Keep the segments given, and their communities in the secret store."""
    kept = {segment.name: segment for segment in tools.settings.discovery.as_segments()}
    for segment in arguments.segments:
        if arguments.communities:
            credentials = f"segment {segment.name}"
            await _keep_communities(tools, credentials, segment.credentials, arguments.communities)
            segment = _with_credentials(segment, credentials)  # noqa: PLW2901
        kept[segment.name] = segment
    new = tools.settings.with_segments(kept.values())
    new.save(tools.folder)
    tools.settings = new


async def _keep_communities(
    tools: Tools, name: str, before: str, communities: tuple[str, ...]
) -> None:
    """Keep communities under a name, with the users and logins of the set that was used before."""
    names = await tools.secrets.names()
    known = next((one for one in (name, before) if one in names), None)
    kept = CredentialSet() if known is None else await tools.secrets.get(known)
    await tools.secrets.set(name, replace(kept, communities=communities))


def _with_credentials(segment: Segment, name: str) -> Segment:
    return replace(segment, credentials=name)


@dataclass(slots=True)
class _Tally:
    segments: dict[str, SegmentProgress] = field(default_factory=dict)
    found: int = 0
    new: int = 0
    rejected: int = 0
    keys: set[str] = field(default_factory=set)

    def progress(self) -> Progress:
        rows = self.segments.values()
        return Progress(
            "addresses", sum(r.asked for r in rows), sum(r.addresses for r in rows), self.found
        )

    def counts(self) -> dict[str, int]:
        rows = self.segments.values()
        return {
            "addresses": sum(r.addresses for r in rows),
            "answered": sum(r.answered for r in rows),
            "found": self.found,
            "new": self.new,
            "rejected": self.rejected,
        }


async def discover(tools: Tools, arguments: DiscoverArguments, emit: Emit) -> Finished:
    """Search, store, and say so as it goes; raises ``BadInputError`` for wrong targets."""
    chosen = await plans(tools, arguments)
    if arguments.remember and arguments.segments:
        await approve(tools, arguments)
    search = Search(
        chosen,
        tools.network,
        random=tools.random,
        fast=arguments.fast,
        linger=0.0 if arguments.fast else SLEEPERS,
    )
    async with asyncio.TaskGroup() as group:
        early = EarlyReads(tools, emit, group, search.settled)
        tally = await _search(tools, search, emit, early if arguments.read_found else None)
    for finding in await found_here():
        await _keep(tools, finding, tally, emit)
    emit(EventKind.ACTION_PROGRESS, tally.progress())
    await tools.store.set_fact("last_scan", rfc3339(tools.clock()))
    counts = tally.counts()
    if arguments.read_found:
        managed = await tools.store.managed()
        rest = [each for each in managed if each.key in tally.keys - early.stored]
        read = await read_all(tools, rest, emit) if rest else {"read": 0, "failed": 0}
        counts |= {"read": read["read"] + len(early.stored), "failed": read["failed"]}
    return Finished(counts, f"{tally.found} found, {tally.new} new")


async def _search(tools: Tools, search: Search, emit: Emit, early: EarlyReads | None) -> _Tally:
    tally = _Tally()
    throttle = Throttle(asyncio.get_running_loop().time)
    async with aclosing(search.items()) as items:
        async for item in items:
            if isinstance(item, Finding):
                device = await _keep(tools, item, tally, emit)
                if early is not None and item.version is not None:
                    early.offer(device)
            elif isinstance(item, Rejection):
                tally.rejected += 1
                emit(EventKind.ADDRESS_REJECTED, _rejected(item))
            else:
                tally.segments[item.segment] = item
                emit(EventKind.SEGMENT_PROGRESS, item)
            if throttle.ready():
                emit(EventKind.ACTION_PROGRESS, tally.progress())
    return tally


async def _keep(tools: Tools, finding: Finding, tally: _Tally, emit: Emit) -> Device:
    manage_new = tools.settings.discovery.manage_new
    at = rfc3339(tools.clock())
    judge = await judge_of(tools, at)
    saved = await tools.store.save_finding(finding, at, manage_new=manage_new, judge=judge)
    if saved.device.key not in tally.keys:
        tally.keys.add(saved.device.key)
        tally.found += 1
        tally.new += saved.what == "found"
    kind = EventKind.DEVICE_FOUND if saved.what == "found" else EventKind.DEVICE_UPDATED
    await tell(tools, saved.device.key, saved.what, kind, emit)
    tell_alerts(saved.told, emit)
    return saved.device


def _rejected(item: Rejection) -> AddressRejected:
    return AddressRejected(item.endpoint.address, item.endpoint.port, item.segment, item.reason)
