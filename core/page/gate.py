"""Bounds what connections may cost: so many at once, so long each.

Other users of this computer can open connections to the page, too. The oldest makes room for the
newest: who holds many open without a request loses them, and who asks is answered in the meantime.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

MOST = 32
LONGEST = 20.0  # seconds


class Gate:
    """Makes the protocol of every connection; ``inner`` makes aiohttp's."""

    def __init__(
        self,
        inner: Callable[[], asyncio.Protocol],
        loop: asyncio.AbstractEventLoop,
        most: int = MOST,
        longest: float = LONGEST,
    ) -> None:
        self._inner = inner
        self._loop = loop
        self._most = most
        self._longest = longest
        self._open: dict[_Watched, asyncio.TimerHandle] = {}

    def __call__(self) -> asyncio.Protocol:
        """Make the protocol of a new connection."""
        return _Watched(self._inner(), self)

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._open)

    def enter(self, one: _Watched) -> None:
        """Count a new connection; the oldest is ended where there are too many."""
        self._open[one] = self._loop.call_later(self._longest, one.abort)
        if len(self._open) > self._most:
            next(iter(self._open)).abort()

    def leave(self, one: _Watched) -> None:
        """Forget a connection."""
        if (timer := self._open.pop(one, None)) is not None:
            timer.cancel()


class _Watched(asyncio.Protocol):
    def __init__(self, inner: asyncio.Protocol, gate: Gate) -> None:
        self._inner = inner
        self._gate = gate
        self._transport: asyncio.Transport | None = None

    def abort(self) -> None:
        self._gate.leave(self)
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self._transport = transport
        self._inner.connection_made(transport)
        self._gate.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gate.leave(self)
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()
