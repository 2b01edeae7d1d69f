"""How patiently and how hard an agent is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits of one client; times in seconds.

    A request is sent ``1 + retries`` times; the first wait is ``timeout``, each later one
    ``backoff`` times longer. At most ``side_by_side`` requests are under way to one agent, and a
    GET carries at most ``max_varbinds`` names. A walk of more than ``row_cap`` rows or
    ``octet_cap`` octets is an error; of columns read side by side, one of more than ``column_cap``
    rows is given up.
    ``deadline`` bounds one whole operation (a get, a walk, a read of columns); ``None`` means
    24 times the patience of one request, two minutes by default.
    """

    timeout: float = 1.0
    retries: int = 2
    backoff: float = 1.6
    side_by_side: int = 6
    max_varbinds: int = 48
    row_cap: int = 20_000
    column_cap: int = 4_000
    octet_cap: int = 8_000_000
    deadline: float | None = None

    def waits(self, tries: int | None = None) -> tuple[float, ...]:
        """How long each try of a request waits for its answer."""
        count = self.retries + 1 if tries is None else min(tries, self.retries + 1)
        return _waits(self.timeout, self.backoff, count)

    @property
    def limit(self) -> float:
        """How long one whole operation may take."""
        return 24 * sum(self.waits()) if self.deadline is None else self.deadline


@lru_cache(maxsize=64)
def _waits(first: float, backoff: float, count: int) -> tuple[float, ...]:
    return tuple(first * backoff**n for n in range(count))
