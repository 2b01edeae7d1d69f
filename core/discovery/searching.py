"""The work of one search by all ways: what waits for what, and what is told when."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from core.discovery.discover import Item
from core.discovery.discover import discover as sweep
from core.discovery.doors import HTTPS, IPP, Doors
from core.discovery.gathered import Gathered
from core.discovery.hearing import Heard, ask_each, hear
from core.discovery.interfaces import Path
from core.discovery.ipp_sightings import ask
from core.discovery.pace import Clock
from core.discovery.plan import SegmentPlan
from core.discovery.scope import Scope
from core.ipp.network import IppNetwork
from core.model.event import SegmentProgress
from core.model.evidence import Finding, Rejection
from core.model.identity import Endpoint
from core.snmp.network import SnmpNetwork

SMALL = 256  # addresses, as many as a /24 has
_DIRECTED = 2.0  # seconds: two questions, and half a second for the answers (APP_MAX_DELAY)
_WORKERS = 128
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Others:
    """What is done besides SNMP.

    ``announcements`` are listened to for ``seconds`` (DNS-SD asks at 0, 1 and 3, WS-Discovery at 0,
    0.2 and 2), on ``interfaces`` (addresses of ours; ``None``: those with targets on their wire).
    ``silent`` asks addresses by IPP and WS-Discovery that say nothing by SNMP; ``None`` is for
    small searches only.
    """

    announcements: bool = True
    interfaces: tuple[str, ...] | None = None
    seconds: float = 4.0
    ipp: bool = True
    silent: bool | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """By what a search asks; ``ears`` are the addresses of ours to listen on, ``options`` those of
    ``core.discovery.discover``.
    """

    plans: Sequence[SegmentPlan]
    snmp: SnmpNetwork
    ipp: IppNetwork
    ears: tuple[str, ...]
    clock: Clock
    random: Random
    options: dict[str, Any] = field(default_factory=dict)


class Searching:
    """One search; ``out`` takes what is to be told, ``pending`` are addresses that are yet to be
    asked by IPP because a printer was found or announced there.
    """

    def __init__(
        self, ways: Ways, others: Others, scope: Scope, out: asyncio.Queue[Item | None]
    ) -> None:
        self._ways = ways
        self._others = others
        self._scope = scope
        self._out = out
        self._gathered = Gathered(scope)
        self._doors = Doors(ways.clock)
        self._heard = asyncio.Event()
        self._asked: set[str] = set()
        self.pending: set[str] = set()
        self._progress: dict[str, SegmentProgress] = {}
        self._questions = asyncio.TaskGroup()

    async def run(self) -> tuple[Finding, ...]:
        """Do it all; gives one finding for each printer."""
        async with self._questions, asyncio.TaskGroup() as group:
            group.create_task(self._listen())
            group.create_task(self._sweep())
        result = self._gathered.everything()
        found = tuple(one for one in result if isinstance(one, Finding))
        self._tell(self._gathered.news(found))
        self._tell(one for one in result if isinstance(one, Rejection))
        self._tell(self._gathered.shut(found))
        self._tell(_not_tried(self._doors))
        for name, progress in self._progress.items():
            count = sum(one.segment == name for one in found)
            if count != progress.found:
                self._tell([replace(progress, found=count)])
        return found

    def _tell(self, items: Iterable[Item]) -> None:
        for item in items:
            self._out.put_nowait(item)

    async def _listen(self) -> None:
        """Hear announcements; only then is IPP asked: with the paths that were announced."""
        ways = self._ways
        if ways.ears:
            seconds = self._others.seconds
            await self._take(hear(ways.ears, seconds, clock=ways.clock, random=ways.random))
        for address in self._gathered.announced():
            if not self._ask_later(address, known=False):
                self._tell(self._gathered.around(address))
        self._heard.set()

    async def _sweep(self) -> None:
        ways = self._ways
        items = sweep(ways.plans, ways.snmp, clock=ways.clock, random=ways.random, **ways.options)
        async with aclosing(items):
            async for item in items:
                if isinstance(item, Finding):
                    self._tell(self._gathered.found(item))
                    self._ask_later(item.endpoint.address, known=True)
                    continue
                if isinstance(item, SegmentProgress):
                    self._progress[item.segment] = item
                else:
                    self._gathered.refused(item)
                self._tell([item])
        await self._heard.wait()
        await self._ask_the_silent()

    def _ask_later(self, address: str, *, known: bool) -> bool:
        """See to it that IPP is asked once; ``known``: SNMP says that a printer is there."""
        if not self._others.ipp or not (known or self._scope.may_be_asked(address)):
            return False
        if address not in self._asked:
            self._asked.add(address)
            self.pending.add(address)
            task = self._questions.create_task(self._ask(address, (IPP, HTTPS)))
            task.add_done_callback(lambda _: self.pending.discard(address))
        return True

    async def _ask(self, address: str, ports: tuple[int, ...]) -> None:
        await self._heard.wait()
        paths = self._gathered.paths(address)
        try:
            asked = await ask(self._ways.ipp, self._doors, address, paths=paths, ports=ports)
        except Exception:  # noqa: BLE001 - one odd device must not cost all the others
            _log.exception("asking %s by IPP failed", address)
            return
        for sighting in asked.sightings:
            self._gathered.saw(sighting)
        if asked.reason is not None:
            self._gathered.asked[address] = asked.reason
        self._tell(self._gathered.around(address))

    async def _ask_the_silent(self) -> None:
        count, near = self._scope.near()
        small = count <= SMALL
        if not (small if self._others.silent is None else self._others.silent):
            return
        silent = ((path, address) for path, address in near if address not in self._asked)
        async with asyncio.TaskGroup() as group:
            if small and self._others.announcements:
                each = list(silent)
                silent = (one for one in each)
                # Those on a wire of ours heard the question that went to all.
                far = [a for path, a in each if path is Path.ROUTED and ":" not in a]
                group.create_task(self._probe(far))
            if self._others.ipp:
                for _ in range(min(_WORKERS, count)):
                    group.create_task(self._work(silent))

    async def _work(self, silent: Iterable[tuple[Path, str]]) -> None:
        for _, address in silent:
            await self._ask(address, (IPP,))

    async def _probe(self, addresses: list[str]) -> None:
        clock, random = self._ways.clock, self._ways.random
        if addresses:
            # Told in the end: IPP may yet give the UUID that a printer is better known by.
            await self._take(ask_each(addresses, _DIRECTED, clock=clock, random=random))

    async def _take(self, heard: AsyncGenerator[Heard, None]) -> None:
        async with aclosing(heard):
            async for one in heard:
                if isinstance(one, Rejection):
                    self._tell([one])
                else:
                    self._gathered.saw(one)


def _not_tried(doors: Doors) -> list[Rejection]:
    rejections = []
    for reason, addresses in doors.failures.items():
        more = f" (and {len(addresses) - 1} addresses more)" if len(addresses) > 1 else ""
        text = f"could not be asked by IPP: {reason}{more}"
        rejections.append(Rejection(Endpoint(addresses[0], IPP), text))
    return rejections
