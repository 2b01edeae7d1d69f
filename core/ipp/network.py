"""What all clients of a process share: connections, and how many there may be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from core.ipp.asking import Trace
from core.ipp.client import IppClient
from core.ipp.policy import IppPolicy
from core.ipp.target import IppTarget
from core.ipp.wire import HttpReply

if TYPE_CHECKING:
    from core.ipp.http import HttpWire


class IppNetwork:
    """Gives clients; an asynchronous context manager.

    At most ``at_once`` questions are under way; ``clock`` measures seconds.
    """

    def __init__(self, *, at_once: int = 32, clock: Callable[[], float] = time.monotonic) -> None:
        self._wire = _LateWire()
        self._gate = asyncio.Semaphore(at_once)
        self._clock = clock

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close what is open; the network can be used again afterwards."""
        await self._wire.close()

    def client(
        self,
        target: IppTarget,
        policy: IppPolicy = IppPolicy(),  # noqa: B008 - frozen
        trace: Trace | None = None,
    ) -> IppClient:
        """Make a client of one printer; ``trace`` is told of every request."""
        return IppClient(self._wire, target, policy, self._clock, self._gate, trace)


class _LateWire:
    """HTTP from the first question on: aiohttp takes 19 MB, and many networks need no IPP."""

    def __init__(self) -> None:
        self._wire: HttpWire | None = None

    async def post(self, target: IppTarget, body: bytes, policy: IppPolicy) -> HttpReply:
        if self._wire is None:
            from core.ipp.http import HttpWire  # noqa: PLC0415 - late, see above

            self._wire = HttpWire()
        return await self._wire.post(target, body, policy)

    async def close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.close()
