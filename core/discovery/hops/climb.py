"""Finding the distance of one address in few questions.

The first question may go as far as is allowed. If the host answers, the distance lies between two
levels: the farthest at which a router dropped the question, and the nearest at which the host
answered. What is left of the answer's time to live says where to look first, so that three
questions mostly do; otherwise the gap is halved. If nobody answers, the level rises from 1, four
questions at a time, as long as routers are heard.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from core.discovery.hops.distance import Distance, How, routers_behind
from core.discovery.hops.word import Kind, Word

# Asks with a time to live, and waits so many seconds.
Ask: TypeAlias = Callable[[int, float], Awaitable[Word]]

_TRIES = 2
_MOST_STEPS = 8  # halving 31 levels takes five
_WINDOW = 4
# Seconds to wait at least where no answer of the host is awaited, and where one may be: a printer
# that is slow once must not seem to be farther away.
_ROUTERS, _HOSTS = 0.25, 0.5


async def climb(ask: Ask, top: int, patience: float) -> Distance:
    """Measure; ``top`` is the largest time to live to send with, ``patience`` in seconds.

    ``Distance.hops`` is ``None`` where nothing was heard at all.
    """
    ladder = _Ladder(ask, top, patience)
    await ladder.step(top, patience)
    if ladder.reached is None and not ladder.blocked:
        await _rise(ladder)
    if ladder.reached is not None:
        await _close_in(ladder)
    return _verdict(ladder)


@dataclass(slots=True)
class _Ladder:
    ask: Ask
    top: int
    patience: float
    words: dict[int, Word] = field(default_factory=dict)

    @property
    def reached(self) -> int | None:
        """The nearest level at which the host answered."""
        return min((level for level, word in self.words.items() if word.reached), default=None)

    @property
    def expired(self) -> int:
        """The farthest level at which a router dropped the question, 0 where none did."""
        dropped = [level for level, word in self.words.items() if word.kind is Kind.EXPIRED]
        return max((level for level in dropped if level < (self.reached or 99)), default=0)

    @property
    def silent(self) -> int:
        """The farthest level before the host's at which nothing was heard, 0 where none."""
        before = (level for level in self.words if level < (self.reached or 0))
        return max((level for level in before if not self.words[level].reached), default=0)

    @property
    def blocked(self) -> bool:
        """Whether there is nothing more to be found out."""
        return self.words[self.top].kind in {Kind.EXPIRED, Kind.NOT_SENT}

    @property
    def answer_ttl(self) -> int | None:
        """What was left of an answer's time to live."""
        return next((word.ttl for word in self.words.values() if word.ttl is not None), None)

    async def step(self, level: int, wait: float) -> None:
        """Ask with this time to live, again where nothing was heard."""
        for _ in range(_TRIES):
            self.words[level] = await self.ask(level, wait)
            if self.words[level].kind is not Kind.SILENCE:
                return


async def _rise(ladder: _Ladder) -> None:
    for first in range(1, ladder.top, _WINDOW):
        levels = range(first, min(first + _WINDOW, ladder.top))
        async with asyncio.TaskGroup() as group:
            for level in levels:
                group.create_task(ladder.step(level, ladder.patience / _TRIES))
        if ladder.words[levels[-1]].kind is not Kind.EXPIRED:
            return


async def _close_in(ladder: _Ladder) -> None:
    seconds = max(word.seconds for word in ladder.words.values())
    quick = min(ladder.patience, max(_ROUTERS, 4 * seconds))
    careful = min(ladder.patience, max(_HOSTS, 8 * seconds))
    guess = None if ladder.answer_ttl is None else routers_behind(ladder.answer_ttl)
    if guess is not None and guess < ladder.top:
        async with asyncio.TaskGroup() as group:
            for level in {guess, guess + 1} - {0, *ladder.words}:
                wait = quick if level == guess else ladder.patience
                group.create_task(ladder.step(level, wait))
    for _ in range(_MOST_STEPS):
        near, far = max(ladder.expired, ladder.silent), ladder.reached or ladder.top
        if far - near <= 1:
            return
        await ladder.step((near + far) // 2, careful)


def _verdict(ladder: _Ladder) -> Distance:
    if ladder.reached is not None:
        return _reached(ladder, ladder.reached - 1)
    last = ladder.expired
    router = ladder.words[last].router if last else None
    if not last:
        return Distance(None, How.UNKNOWN, _why_nothing(ladder))
    for word in ladder.words.values():
        if word.kind is Kind.NO_HOST and word.router == router:
            return Distance(last, How.PROBE, f"router {router} says that nobody is at the address")
    if last == ladder.top:
        text = f"router {router} drops what may cross no more than {last - 1} routers"
        return Distance(last, How.PROBE, text, at_least=True)
    text = f"router {router} is the last that was heard of"
    return Distance(last, How.PROBE, text, at_least=True)


def _reached(ladder: _Ladder, hops: int) -> Distance:
    if hops == 0:
        return Distance(0, How.PROBE, "answers without a router between")
    if ladder.expired == hops:
        text = f"router {ladder.words[hops].router} is the last on the way"
        return Distance(hops, How.PROBE, text)
    left = ladder.answer_ttl
    silent = "the last router on the way says nothing"
    if left is not None and routers_behind(left) == hops:
        text = f"{silent}; the answer came with a TTL of {left} out of {left + hops}"
        return Distance(hops, How.TTL, text)
    text = f"{silent}; answers where {hops} may be crossed, not where {hops - 1} may"
    return Distance(hops, How.PROBE, text)


def _why_nothing(ladder: _Ladder) -> str:
    word = ladder.words[ladder.top]
    if word.kind is Kind.NOT_SENT:
        return f"could not be asked: {word.router}"
    return "neither the address nor a router on the way says anything"
