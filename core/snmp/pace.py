"""How many requests one agent can take at a time; learned while asking.

Some printers drop a request that arrives while they work on another. The sign: of several sent
together only one is answered, never two whose times overlap, and what was lost is answered when
asked alone.
"""

from __future__ import annotations

from core.snmp.budget import Budget


class Pace:
    """Places beside each other for requests to one agent."""

    def __init__(self, places: int) -> None:
        self._places = Budget(places)
        self._last_answer = float("-inf")
        self._lost_together = 0
        self.overlap_proven = False

    @property
    def one_at_a_time(self) -> bool:
        """Whether there is only one place."""
        return self._places.total == 1

    @property
    def doubtful(self) -> bool:
        """Whether requests were lost together and no two were ever answered together."""
        return self._lost_together > 0 and not self.overlap_proven and not self.one_at_a_time

    async def enter(self, *, alone: bool) -> int:
        """Wait for a place, or for all of them; gives what ``leave`` must be told."""
        return await self._places.take(self._places.total if alone else 1)

    def leave(self, places: int) -> None:
        """Give the place back."""
        self._places.give(places)

    def answered_since(self, moment: float) -> bool:
        """Whether any request was answered since then."""
        return self._last_answer > moment

    def answered(self, sent: float, now: float, *, lost_before: bool) -> None:
        """Learn from an answer: when its request was sent, and whether an earlier try of it was
        lost beside others.
        """
        if self._last_answer > sent:
            self.overlap_proven = True
        self._last_answer = now
        if lost_before:
            self._lost_together += 1
            if self.overlap_proven and self._lost_together % 2 == 0:
                self._places.resize(max(2, self._places.total // 2))

    def confirm(self, *, together: bool) -> None:
        """Settle the doubt: whether two requests sent together were both answered."""
        if together:
            self.overlap_proven = True
            self._lost_together = 0
        else:
            self._places.resize(1)
