"""A number of units, lent in the order of asking."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress


class Budget:
    """Units to lend: places beside each other, or octets of a receive buffer.

    Whoever asks for more than there is in all gets all, when nobody else holds any.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self._free = total
        self._waiting: deque[tuple[asyncio.Future[int], int]] = deque()

    async def take(self, units: int) -> int:
        """Wait for ``units``; gives how many were lent, which must be given back."""
        if not self._waiting and (lent := min(units, self.total)) <= self._free:
            self._free -= lent
            return lent
        waiter: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        entry = (waiter, units)
        self._waiting.append(entry)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.give(waiter.result())
            else:
                with suppress(ValueError):  # it may have been passed over already
                    self._waiting.remove(entry)
                self._serve()
            raise

    def give(self, units: int) -> None:
        """Give units back."""
        self._free += units
        self._serve()

    def resize(self, total: int) -> None:
        """Lend out of another total from now on; what is lent stays lent."""
        self._free += total - self.total
        self.total = total
        self._serve()

    def _serve(self) -> None:
        while self._waiting:
            waiter, units = self._waiting[0]
            lent = min(units, self.total)
            if lent > self._free:
                return
            self._waiting.popleft()
            if not waiter.done():
                self._free -= lent
                waiter.set_result(lent)
