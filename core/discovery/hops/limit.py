"""Leaving out what lies behind more routers than a person allows.

Each /24 of the targets is tried at two of its addresses that would be asked (not at the ends, where
its router is likely to be; an IPv6 address by itself), with a question that may cross as many
routers as are allowed. A router that drops it proves that the network lies farther. Where that
cannot be proved (some routers say nothing, and most say such things once a second only) the network
is searched with the same limit on every datagram, so nothing goes farther there either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from core.discovery.addresses import text_of
from core.discovery.hops.atlas import Atlas
from core.discovery.hops.place import question_for
from core.discovery.hops.question import Question
from core.discovery.hops.word import Kind
from core.discovery.interfaces import Path
from core.discovery.plan import Laid
from core.discovery.spans import Span, merge
from core.discovery.targetset import TargetSet
from core.model.evidence import Rejection
from core.model.identity import Endpoint

_AT_ONCE = 32  # networks, each with two questions


@dataclass(frozen=True, slots=True)
class Beyond:
    """Targets that lie farther, neighbours in one, and the router that said so."""

    targets: TargetSet
    router: str | None


@dataclass(frozen=True, slots=True)
class Within:
    """The targets that may be asked, and those that may not."""

    targets: TargetSet
    beyond: tuple[Beyond, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A /24 as a span of addresses, or one IPv6 address."""

    place: Span | str
    samples: tuple[Endpoint, ...]


def time_to_live(max_hops: int | None) -> int | None:
    """Give what a datagram must be sent with so that it crosses no more routers than that."""
    return None if max_hops is None else max_hops + 1


async def keep_near(laid: Laid, atlas: Atlas) -> Laid:
    """Leave out of a laid segment what is behind more routers than it allows, with rejections."""
    segment = laid.plan.segment
    routed = laid.lanes.get(Path.ROUTED)
    if segment.max_hops is None or routed is None:
        return laid
    found = await within(routed, segment.max_hops, atlas, question_for(laid.plan))
    lanes = {**laid.lanes, Path.ROUTED: found.targets}
    rejections = (_rejection(one, segment.max_hops, segment.name) for one in found.beyond)
    return replace(
        laid,
        lanes={path: targets for path, targets in lanes.items() if len(targets)},
        rejections=(*laid.rejections, *rejections),
    )


async def within(targets: TargetSet, max_hops: int, atlas: Atlas, question: Question) -> Within:
    """Split targets behind routers into those behind ``max_hops`` at most, as far as can be told,
    and those that are proved to be behind more.
    """
    pieces = _pieces(targets)
    routers: dict[Span | str, str | None] = {}

    async def work() -> None:
        for piece in pieces:
            ask = partial(atlas.ask, question=question, ttl=max_hops + 1)
            words = await asyncio.gather(*(ask(endpoint) for endpoint in piece.samples))
            expired = [word.router for word in words if word.kind is Kind.EXPIRED]
            if expired and not any(word.reached for word in words):
                routers[piece.place] = expired[0]

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    four = merge(place for place in routers if not isinstance(place, str))
    six = [place for place in routers if isinstance(place, str)]
    beyond = [Beyond(targets.inside((span,)), _router_at(span, routers)) for span in four]
    beyond += [Beyond(_only(targets, address), routers[address]) for address in six]
    return Within(targets.without(four, six), tuple(beyond))


def _pieces(targets: TargetSet) -> Iterator[_Piece]:
    seen: set[int] = set()
    for block in targets.blocks:
        for number in range(block.first >> 8, (block.last >> 8) + 1):
            if number in seen:  # at another port
                continue
            seen.add(number)
            place = (number << 8, number << 8 | 0xFF)
            first, last = max(place[0], block.first), min(place[1], block.last)
            thirds = (first + part * (last - first + 1) // 3 for part in (1, 2))
            samples = (Endpoint(text_of(third), block.port) for third in dict.fromkeys(thirds))
            yield _Piece(place, tuple(samples))
    for endpoint in targets.six:
        yield _Piece(endpoint.address, (endpoint,))


def _router_at(span: Span, routers: Mapping[Span | str, str | None]) -> str | None:
    return routers.get((span[0], span[0] | 0xFF))


def _only(targets: TargetSet, address: str) -> TargetSet:
    return TargetSet({}, (endpoint for endpoint in targets.six if endpoint.address == address))


def _rejection(beyond: Beyond, max_hops: int, segment: str) -> Rejection:
    count = len(beyond.targets)
    first, last = beyond.targets.at(0), beyond.targets.at(count - 1)
    hops = "1 hop" if max_hops == 0 else f"{max_hops + 1} hops"
    where = "" if count == 1 else f"; nothing up to {last.address} was asked ({count:,} addresses)"
    reason = (
        f"at least {hops} away, more than the limit of {max_hops}: "
        f"router {beyond.router} lies before it{where}"
    )
    return Rejection(first, reason, segment)
