"""How long to wait before the next try at a hub that is away."""

from __future__ import annotations

from random import Random

FIRST = 8.0
LONGEST = 15 * 60.0
_LEAST = 1.0


class Backoff:
    """Waits that double up to a limit, each at random between one second and its whole length.

    The whole range, not the upper half of it: a thousand agents that lose one hub at one moment
    then come back spread over all of it, and no more than a few in any second.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._ceiling = FIRST

    def next_wait(self) -> float:
        """Give the seconds to wait now; the next answer is longer, on the average."""
        wait = self._random.uniform(_LEAST, self._ceiling)
        self._ceiling = min(self._ceiling * 2, LONGEST)
        return wait

    def reset(self) -> None:
        """Start again from the shortest: something worked."""
        self._ceiling = FIRST
