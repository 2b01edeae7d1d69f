"""A search by all the ways there are: SNMP asks every address, others announce themselves.

While the sweep runs, DNS-SD and WS-Discovery are listened to on the wires that have targets on
them. Then IPP is asked (ports 631 and 443) where a printer announced itself or SNMP found one, and,
when the sweep of a small search is through, at the silent addresses (port 631).

Every printer is given as soon as it is known, and **given again** when there is more to say of it:
the newer finding has all the evidence, and to the store it is the same device. ``Search.found`` is
what it came to in the end. Nothing outside of the targets is asked or reported, whoever announces
it; no port that prints what it receives is ever contacted.
"""

from __future__ import annotations

import asyncio
import random as random_module
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from core.discovery.discover import Item
from core.discovery.ears import own_addresses
from core.discovery.interfaces import Interfaces, system_interfaces
from core.discovery.pace import Clock, Pace, SystemClock
from core.discovery.plan import SegmentPlan, check, lay_out
from core.discovery.resolve import Resolver, system_resolver
from core.discovery.scope import Scope
from core.discovery.searching import Others, Searching, Ways
from core.ipp.network import IppNetwork
from core.model.evidence import Finding
from core.snmp.network import SnmpNetwork

__all__ = ["EVERYTHING", "Others", "Search"]

EVERYTHING = Others()


@dataclass(slots=True)
class Search:
    """One search; it is run once. The arguments are those of ``core.discovery.discover``.

    ``ipp`` is lent; without one the search has its own. ``found`` is filled at the end: one finding
    for each printer, with all its evidence.
    """

    plans: Sequence[SegmentPlan]
    network: SnmpNetwork
    others: Others = EVERYTHING
    ipp: IppNetwork | None = None
    fast: bool = False
    pace: Pace | None = None
    linger: float = 0.0
    clock: Clock = field(default_factory=SystemClock)
    random: Random = field(default_factory=random_module.SystemRandom)
    resolver: Resolver = system_resolver
    interfaces: Interfaces = system_interfaces
    found: tuple[Finding, ...] = ()
    _searching: Searching | None = None

    def settled(self, address: str) -> bool:
        """Whether nothing more is being asked of an address at which a printer was found."""
        return self._searching is None or address not in self._searching.pending

    async def items(self) -> AsyncGenerator[Item, None]:
        """Search; gives findings, rejections and progress as they come.

        Raises as ``core.discovery.discover`` does. The last progress of a segment comes once more
        at the end where other ways found more. Closing the iterator stops all at once.
        """
        check(self.plans)
        out: asyncio.Queue[Item | None] = asyncio.Queue()
        task = asyncio.create_task(self._run(out))
        task.add_done_callback(lambda _: out.put_nowait(None))
        try:
            while (item := await out.get()) is not None:
                yield item
            await task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self, out: asyncio.Queue[Item | None]) -> None:
        resolver = _remembering(self.resolver)
        interfaces = self.interfaces()
        laid = await lay_out(self.plans, resolver, interfaces)
        ears = self.others.interfaces
        if ears is None:
            ears = own_addresses(laid, interfaces)
        ways = Ways(
            plans=self.plans,
            snmp=self.network,
            ipp=self.ipp or IppNetwork(),
            ears=ears if self.others.announcements else (),
            clock=self.clock,
            random=self.random,
            options={
                "fast": self.fast,
                "pace": self.pace,
                "linger": self.linger,
                "resolver": resolver,
                "interfaces": lambda: interfaces,
            },
        )
        try:
            self._searching = Searching(ways, self.others, Scope(laid), out)
            self.found = await self._searching.run()
        except BaseExceptionGroup as errors:
            raise _first(errors) from None
        finally:
            if self.ipp is None:
                await ways.ipp.close()


def _remembering(resolver: Resolver) -> Resolver:
    """Ask for each name once: what is swept and what may be reported must be the same."""
    known: dict[str, Sequence[str]] = {}

    async def look_up(host: str) -> Sequence[str]:
        if host not in known:
            known[host] = await resolver(host)
        return known[host]

    return look_up


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
