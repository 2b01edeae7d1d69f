"""How far the segments are, told at most so many times a second."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.discovery.pace import Clock
from core.discovery.sweep import Sweep
from core.model.event import SegmentProgress
from core.model.evidence import Finding


@dataclass(slots=True, eq=False)
class SegmentState:
    """One segment under way."""

    name: str
    addresses: int
    sweeps: list[Sweep] = field(default_factory=list)
    found: int = 0
    hops: int | None = None
    done: bool = False
    told: SegmentProgress | None = None

    def progress(self) -> SegmentProgress:
        """Give how far it is now."""
        return SegmentProgress(
            self.name,
            self.addresses,
            sum(sweep.tally.asked for sweep in self.sweeps),
            sum(sweep.tally.answered for sweep in self.sweeps),
            self.found,
            self.hops,
        )

    def note(self, finding: Finding) -> None:
        """Count a printer, and keep the nearest distance."""
        self.found += 1
        if finding.hops is not None:
            self.hops = min(finding.hops, finding.hops if self.hops is None else self.hops)


class Turnstile:
    """Lets ``most`` through in any one second."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._clock = clock

    async def enter(self) -> None:
        """Wait for one's turn."""
        while (wait := self._wait()) > 0:
            await self._clock.sleep(wait)
        self._times.append(self._clock.now())

    def _wait(self) -> float:
        if len(self._times) < (self._times.maxlen or 0):
            return 0.0
        # A hair over a second: a clock that is read twice must not see them within one.
        return self._times[0] + 1.001 - self._clock.now()


def next_changed(states: Iterable[SegmentState]) -> tuple[SegmentState, SegmentProgress] | None:
    """Find a segment whose progress is not what was last told of it."""
    for state in states:
        if not state.done and state.sweeps:
            progress = state.progress()
            if progress != state.told:
                return state, progress
    return None
