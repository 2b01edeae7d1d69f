"""Searching segments: sweep, identify those that answer, say of each what it is.

Identification runs while the sweep goes on. Nothing is held back until the end, and nothing that
answered goes without a word: a printer is a ``Finding``, everything else a ``Rejection``.
"""

from __future__ import annotations

import asyncio
import logging
import random as random_module
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from core.discovery.answers import Answer
from core.discovery.classify import results
from core.discovery.hops.atlas import Atlas, Routes
from core.discovery.hops.limit import keep_near, time_to_live
from core.discovery.hops.place import placed
from core.discovery.interfaces import Interface, Interfaces, Path, system_interfaces
from core.discovery.pace import Clock, Pace, Pacer, SystemClock, rate_for
from core.discovery.plan import Laid, SegmentPlan, check, lay_out
from core.discovery.progress import SegmentState, Turnstile, next_changed
from core.discovery.resolve import Resolver, system_resolver
from core.discovery.sweep import Patience, Sweep
from core.discovery.targetset import TargetSet
from core.host.routes import system_routes
from core.model.event import SegmentProgress
from core.model.evidence import Finding, Rejection
from core.model.problem import PlatenError
from core.snmp.access import Opened, Version
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.telemetry.identify import identify

Item: TypeAlias = Finding | Rejection | SegmentProgress

_SEGMENTS_AT_ONCE = 8
_IDENTIFIED_AT_ONCE = 64
_IDENTIFIED_AFTER = 10.0  # seconds that one address may take to say what it is
_PROGRESS_EACH_SECOND = 20
_PROGRESS_EVERY = 0.1  # seconds: half of what is allowed, the rest is for segments that end
_log = logging.getLogger(__name__)


async def discover(
    plans: Sequence[SegmentPlan],
    network: SnmpNetwork,
    *,
    fast: bool = False,
    pace: Pace | None = None,
    linger: float = 0.0,
    clock: Clock | None = None,
    random: Random | None = None,
    resolver: Resolver = system_resolver,
    interfaces: Interfaces = system_interfaces,
    routes: Routes = system_routes,
) -> AsyncGenerator[Item, None]:
    """Search; gives findings, rejections and progress as they come.

    Raises ``BadInputError`` (``TargetError``) before anything is sent, and ``SnmpNoResourcesError``
    when no socket can be opened. ``fast`` stands for ``Pace.FAST``; ``linger`` (seconds) is how
    much longer printers that sleep are waited for. Each segment has one last progress at its end,
    after its findings; in sum there are at most 20 a second. Closing the iterator stops all at
    once.
    """
    check(plans)
    chosen = pace or (Pace.FAST if fast else Pace.GENTLE)
    search = _Search(
        network,
        chosen,
        linger,
        clock or SystemClock(),
        random or random_module.SystemRandom(),
    )
    task = asyncio.create_task(search.run(plans, resolver, interfaces(), routes))
    task.add_done_callback(lambda _: search.out.put_nowait(None))
    try:
        while (item := await search.out.get()) is not None:
            yield item
        await task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@dataclass(slots=True)
class _Search:
    network: SnmpNetwork
    pace: Pace
    linger: float
    clock: Clock
    random: Random
    out: asyncio.Queue[Item | None] = field(default_factory=asyncio.Queue)
    states: list[SegmentState] = field(default_factory=list)
    pacers: dict[Path, Pacer] = field(default_factory=dict)
    segments: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(_SEGMENTS_AT_ONCE)
    )
    places: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(_IDENTIFIED_AT_ONCE)
    )
    turnstile: Turnstile = field(init=False)

    def __post_init__(self) -> None:
        self.turnstile = Turnstile(_PROGRESS_EACH_SECOND, self.clock)

    async def run(
        self,
        plans: Sequence[SegmentPlan],
        resolver: Resolver,
        interfaces: Sequence[Interface],
        routes: Routes,
    ) -> None:
        """Do it all; what is found goes to ``out``."""
        laid = await lay_out(plans, resolver, interfaces)
        for path in Path:
            count = sum(len(one.lanes.get(path, ())) for one in laid)
            self.pacers[path] = Pacer(rate_for(path, count, self.pace), self.clock)
        paced = self.pacers[Path.ROUTED]
        async with Atlas(interfaces, paced, self.clock, self.random, routes=routes) as atlas:
            try:
                async with asyncio.TaskGroup() as group:
                    reporter = group.create_task(self._report())
                    async with asyncio.TaskGroup() as work:
                        for one in laid:
                            work.create_task(self._segment(one, atlas))
                    reporter.cancel()
            except BaseExceptionGroup as errors:
                raise _first(errors) from None

    async def _report(self) -> None:
        while True:
            await self.clock.sleep(_PROGRESS_EVERY)
            changed = next_changed(self.states)
            if changed is not None:
                state, progress = changed
                # The next time others come first.
                self.states.remove(state)
                self.states.append(state)
                await self._tell(state, progress)

    async def _tell(self, state: SegmentState, progress: SegmentProgress) -> None:
        await self.turnstile.enter()
        if not state.done:
            state.told = progress
            self.out.put_nowait(progress)

    async def _segment(self, whole: Laid, atlas: Atlas) -> None:
        async with self.segments, asyncio.TaskGroup() as lanes:
            laid = await keep_near(whole, atlas)
            state = SegmentState(laid.plan.segment.name, laid.addresses)
            self.states.append(state)
            for rejection in laid.rejections:
                self.out.put_nowait(rejection)
            for path, targets in laid.lanes.items():
                lanes.create_task(self._lane(laid.plan, state, path, targets, atlas))
        await self._tell(state, state.progress())
        state.done = True

    async def _lane(
        self,
        plan: SegmentPlan,
        state: SegmentState,
        path: Path,
        targets: TargetSet,
        atlas: Atlas,
    ) -> None:
        sweep = Sweep(
            targets,
            plan.communities,
            path=path,
            pacer=self.pacers[path],
            clock=self.clock,
            random=self.random,
            patience=Patience(plan.segment.timeout, self.linger),
            versions=plan.access.versions,
            ttl=time_to_live(plan.segment.max_hops),
        )
        state.sweeps.append(sweep)
        async with aclosing(sweep.answers()) as answers, asyncio.TaskGroup() as group:
            async for answer in answers:
                await self.places.acquire()
                group.create_task(self._identify(plan, state, answer, atlas))
        for rejection in _not_asked(sweep, plan):
            self.out.put_nowait(rejection)

    async def _identify(
        self, plan: SegmentPlan, state: SegmentState, answer: Answer, atlas: Atlas
    ) -> None:
        try:
            for item in await self._results(plan, answer):
                if isinstance(item, Rejection):
                    self.out.put_nowait(item)
                else:
                    finding = await placed(item, plan, atlas)
                    state.note(finding)
                    self.out.put_nowait(finding)
        finally:
            self.places.release()

    async def _results(self, plan: SegmentPlan, answer: Answer) -> Sequence[Finding | Rejection]:
        name = plan.segment.name
        # An engine that introduced itself has not yet heard any user.
        by_user = answer.version is Version.V3
        known = None if by_user else Opened(answer.version, answer.community_index)
        client = self.network.client(
            answer.endpoint,
            plan.access,
            Policy(timeout=plan.segment.timeout),
            known=known,
        )
        try:
            async with asyncio.timeout(_IDENTIFIED_AFTER + 1):
                found = await identify(client, answer.endpoint.address, _IDENTIFIED_AFTER)
                opened = await client.open()
        except TimeoutError:
            reason = (
                "answers, but too slowly or without end: after "
                f"{_IDENTIFIED_AFTER:g} s it had not said what it is"
            )
            return (Rejection(answer.endpoint, reason, name),)
        except PlatenError as error:
            reason = f"answered the sweep, then fell silent: {error.problem.text}"
            if error.problem.code != "snmp_timeout":
                reason = f"answered the sweep, then failed: {error.problem.text}"
            return (Rejection(answer.endpoint, reason, name),)
        except Exception as error:  # noqa: BLE001 - one odd device must not cost all the others
            _log.exception("identification of %s failed", answer.endpoint)
            reason = f"answered the sweep, but could not be understood ({type(error).__name__})"
            return (Rejection(answer.endpoint, reason, name),)
        return results(answer, opened, found, name)


def _not_asked(sweep: Sweep, plan: SegmentPlan) -> list[Rejection]:
    segment = plan.segment.name
    by_user = Version.V3 in plan.access.versions
    spoken = "SNMP" if by_user else "SNMP v1 or v2c"
    rejections = [
        Rejection(endpoint, f"answers with something that is not {spoken}: {why}", segment)
        for endpoint, why in sweep.garbled
    ]
    for refused in sweep.refused:
        more = f" (and {refused.count - 1} addresses more)" if refused.count > 1 else ""
        reason = f"could not be asked: {refused.reason}{more}"
        rejections.append(Rejection(refused.endpoint, reason, segment))
    return rejections


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
