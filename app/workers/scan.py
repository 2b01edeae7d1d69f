"""One search of the network, as far as events have told of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import ClassVar

from core.model.device import DeviceSummary
from core.model.event import AddressRejected, Finished, Progress, SegmentProgress
from core.model.problem import Problem

MOST_FOUND = 30  # of the newest finds, for the list beside the map
MOST_REJECTED = 200


@dataclass(slots=True)
class Scan:
    """A search under way or ended. ``began`` and ``ended`` are seconds of a monotonic clock."""

    #: Seconds until the last printer that sleeps has answered, at most, in round figures.
    LONGEST_SLEEP: ClassVar[float] = 30.0

    action_id: str
    began: float
    ended: float | None = None
    segments: dict[str, SegmentProgress] = field(default_factory=dict)
    asked: int = 0
    addresses: int = 0
    found: int = 0
    read: int = 0
    to_read: int = 0
    newest: deque[DeviceSummary] = field(default_factory=lambda: deque(maxlen=MOST_FOUND))
    rejected: dict[str, AddressRejected] = field(default_factory=dict)
    problem: Problem | None = None
    cancelled: bool = False
    result: Finished | None = None

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self.ended is None

    @property
    def answered(self) -> int:
        """How many addresses have answered."""
        return sum(each.answered for each in self.segments.values())

    @property
    def reading(self) -> bool:
        """Whether the addresses are done and what was found is being read."""
        return self.to_read > 0

    @property
    def listening(self) -> bool:
        """Whether every address has been asked and late answers are waited for."""
        return self.running and not self.reading and 0 < self.addresses <= self.asked

    def share(self) -> float | None:
        """How much of the present part is done, 0 to 1; ``None`` while nobody knows."""
        if self.reading:
            return self.read / self.to_read
        if not self.addresses or self.listening:
            return None
        return min(self.asked / self.addresses, 1.0)

    def seconds_left(self, now: float) -> float | None:
        """Estimate the rest from the pace so far; ``None`` while that would be a guess."""
        share = self.share()
        if self.reading or share is None or share < 0.05 or now - self.began < 1:
            return None
        return (now - self.began) * (1 - share) / share

    def take_progress(self, progress: Progress) -> None:
        """Take the figures of the whole."""
        if progress.unit == "devices":
            self.read, self.to_read = progress.done, progress.total
            return
        self.asked, self.addresses = progress.done, progress.total
        self.found = max(self.found, progress.found)

    def take_segment(self, progress: SegmentProgress) -> None:
        """Take the figures of one segment."""
        self.segments[progress.segment] = progress

    def take_found(self, summary: DeviceSummary) -> None:
        """Take a find; each device stands once in the list, at the place of its first find."""
        key = summary.device.key
        for place, known in enumerate(self.newest):
            if known.device.key == key:
                self.newest[place] = summary
                return
        self.newest.appendleft(summary)
        self.found = max(self.found, len(self.newest))  # the whole is told of at times only

    def take_rejected(self, rejected: AddressRejected) -> None:
        """Take an address that was refused."""
        if len(self.rejected) < MOST_REJECTED or rejected.address in self.rejected:
            self.rejected[rejected.address] = rejected
