"""How fast a sweep may send.

The unit is addresses a second: an address gets one datagram for each SNMP version, back to back.

- **On-link** (a wire of ours): 250 a second, however much in a hurry. Every absent neighbour takes
  an entry of the system's neighbour table (1,024 on Linux) and room in the send buffer for the
  three seconds until ARP gives up; at 250 a second 750 are waiting at a time and none is lost. A
  search of no more addresses than a /24 has cannot fill the table and goes out at once.
- **Routed**: 500 a second, which is some 0.7 Mbit/s on the wire and spares a branch office's line;
  10,000 in a hurry.
- **Loopback**: 10,000 a second.

``Pace.OFF`` is for measuring: routed and loopback without a limit. On-link keeps its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.discovery.interfaces import Path

_TABLE_SAFE = 256  # neighbours that may be asked at once
_SLICE = 0.02  # a bucket holds what this many seconds give: timers are no finer everywhere


class Pace(StrEnum):
    """How much of a hurry there is."""

    GENTLE = "gentle"
    FAST = "fast"
    OFF = "off"


_RATES: dict[Path, dict[Pace, float | None]] = {
    Path.ON_LINK: {Pace.GENTLE: 250.0, Pace.FAST: 250.0, Pace.OFF: 250.0},
    Path.ROUTED: {Pace.GENTLE: 500.0, Pace.FAST: 10_000.0, Pace.OFF: None},
    Path.LOOPBACK: {Pace.GENTLE: 10_000.0, Pace.FAST: 10_000.0, Pace.OFF: None},
}


class Clock(Protocol):
    """Time as pacing sees it."""

    def now(self) -> float:
        """Seconds since some fixed point; they never go back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let that much time pass."""
        ...


class SystemClock:
    """The machine's own."""

    def now(self) -> float:
        """Seconds since some fixed point."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let that much time pass."""
        await asyncio.sleep(seconds)


#: Printers that sleep were seen to need up to 18 s for their first answer: seconds to listen on
#: after the last round, without asking (and waking) anybody again.
SLEEPERS = 20.0


@dataclass(frozen=True, slots=True)
class Rate:
    """Addresses a second (``None``: no limit), and how many may go at once after a rest."""

    per_second: float | None
    burst: int


def rate_for(path: Path, addresses: int, pace: Pace) -> Rate:
    """Give the rate on a path with so many addresses to ask in all."""
    per_second = _RATES[path][pace]
    if per_second is None:
        return Rate(None, 0)
    if path is Path.ON_LINK and addresses <= _TABLE_SAFE:
        return Rate(per_second, _TABLE_SAFE)
    return Rate(per_second, max(1, int(per_second * _SLICE)))


def expected_seconds(
    by_path: Mapping[Path, int], pace: Pace, timeout: float, rounds: int = 2
) -> float:
    """How long a search of silent addresses takes, so that a person can be told beforehand.

    ``by_path`` is how many addresses there are by path; the paths are searched side by side.
    """
    longest = 0.0
    for path, count in by_path.items():
        per_second = rate_for(path, count, pace).per_second or 50_000.0
        longest = max(longest, rounds * max(count / per_second, timeout))
    return longest + timeout if longest else 0.0


class Pacer:
    """A token bucket, full at first; shared by all who send on one path."""

    def __init__(self, rate: Rate, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._tokens = float(rate.burst)
        self._at = clock.now()
        self._turn = asyncio.Lock()

    async def take(self, wanted: int) -> int:
        """Wait until something may be sent; gives how many addresses, 1 to ``wanted``."""
        per_second = self._rate.per_second
        if per_second is None:
            return wanted
        async with self._turn:
            self._fill(per_second)
            if self._tokens < 1:
                # Whole slices: waking for every single address would cost more than sending.
                missing = min(wanted, self._rate.burst) - self._tokens
                await self._clock.sleep(missing / per_second)
                self._fill(per_second)
            taken = max(1, min(wanted, int(self._tokens)))
            self._tokens -= taken
            return taken

    def _fill(self, per_second: float) -> None:
        now = self._clock.now()
        grown = self._tokens + (now - self._at) * per_second
        self._tokens = min(float(self._rate.burst), grown)
        self._at = now
