"""How far the networks of one search are, each measured once.

Addresses of one /24 (IPv6: one /64) count as equally far: networks are seldom smaller. Where it is
not told exactly, up to two more addresses of the network are tried before that stands.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from types import TracebackType
from typing import Self, TypeAlias

from core.discovery.hops.climb import climb
from core.discovery.hops.distance import FARTHEST, Distance, How
from core.discovery.hops.near import by_route, own_network
from core.discovery.hops.prober import Prober
from core.discovery.hops.question import Question
from core.discovery.hops.word import Word, network_of
from core.discovery.interfaces import Interface
from core.discovery.pace import Clock, Pacer
from core.host.routes import Route, system_routes
from core.model.identity import Endpoint

Routes: TypeAlias = Callable[[], Sequence[Route]]

_SAMPLES = 3


class Atlas:
    """Measures distances and remembers them. Made inside a running loop.

    ``pacer`` is that of routed paths: the questions go at its pace, each to one address that the
    caller names and nowhere else.
    """

    def __init__(
        self,
        interfaces: Sequence[Interface],
        pacer: Pacer,
        clock: Clock,
        random: Random,
        *,
        routes: Routes = system_routes,
    ) -> None:
        self._interfaces = interfaces
        self._read_routes = routes
        self._routes: Sequence[Route] | None = None
        self._prober = Prober(pacer, clock, random)
        self._known: dict[int | str, Distance] = {}
        self._tried: Counter[int | str] = Counter()
        self._turns: defaultdict[int | str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._prober.close()

    @property
    def datagrams(self) -> int:
        """How many questions were sent."""
        return self._prober.datagrams

    async def distance(
        self, endpoint: Endpoint, question: Question, max_hops: int | None = None
    ) -> Distance:
        """Say how far an address is; sends nothing behind more than ``max_hops`` routers.

        Never raises: what cannot be found out is unknown, and the detail says why.
        """
        near = own_network(endpoint.address, self._interfaces)
        if near is not None:
            return near
        network = network_of(endpoint)
        async with self._turns[network]:
            known = self._known.get(network)
            if known is not None and (known.exact or self._tried[network] >= _SAMPLES):
                return known
            self._tried[network] += 1
            found = await self._measure(endpoint, question, max_hops)
            self._known[network] = found if known is None else _better(known, found)
            return self._known[network]

    async def ask(self, endpoint: Endpoint, question: Question, ttl: int) -> Word:
        """Send one question with this time to live, and say what came of it."""
        return await self._prober.ask(endpoint, question, ttl, question.patience)

    async def _measure(
        self, endpoint: Endpoint, question: Question, max_hops: int | None
    ) -> Distance:
        top = 1 + (FARTHEST if max_hops is None else min(max_hops, FARTHEST))
        found = await climb(partial(self._prober.ask, endpoint, question), top, question.patience)
        if found.hops is not None:
            return found
        if self._routes is None:
            self._routes = await asyncio.to_thread(self._read_routes)
        routed = by_route(endpoint.address, self._routes)
        return found if routed.hops is None else routed


def _better(one: Distance, other: Distance) -> Distance:
    def worth(distance: Distance) -> tuple[bool, int]:
        return distance.exact, -1 if distance.hops is None else distance.hops

    return max(one, other, key=worth)


async def distance(
    endpoints: Sequence[Endpoint], question: Question, atlas: Atlas, max_hops: int | None = None
) -> Distance:
    """Say how far a network is by a sample of its addresses: the first that tells it exactly, else
    the best of what they tell.
    """
    best = Distance(None, How.UNKNOWN, "no address to ask")
    for endpoint in endpoints:
        best = _better(await atlas.distance(endpoint, question, max_hops), best)
        if best.exact:
            break
    return best
