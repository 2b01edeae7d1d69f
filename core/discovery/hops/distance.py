"""How far an address is, and how that was found out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """The way a distance was found out, best first."""

    PROBE = "probe"  # questions that may cross so many routers and no more
    TTL = "ttl"  # what was left of an answer's own time to live
    ROUTE = "route"  # this machine's addresses and routes: on-link, or behind some router
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Distance:
    """``hops`` routers lie on the way: 0 is a network of our own, ``None`` is not known.

    ``at_least`` says that there may be more of them: nothing was heard from further on. ``detail``
    is for a person.
    """

    hops: int | None
    how: How
    detail: str
    at_least: bool = False

    @property
    def exact(self) -> bool:
        """Whether asking again could tell nothing more."""
        return self.hops is not None and not self.at_least


FARTHEST = 30  # routers; more than any path of a customer's network has
_INITIAL = (32, 64, 128, 255)  # what systems send with: old Windows; Unix; Windows; network gear


def routers_behind(ttl: int) -> int | None:
    """Guess how many routers an answer crossed from what is left of its time to live.

    The guess takes the nearest usual initial value above. ``None`` where that gives a distance that
    no network has. The way back may be another one than the way there.
    """
    crossed = next((initial - ttl for initial in _INITIAL if ttl <= initial), -1)
    return crossed if 0 <= crossed <= FARTHEST else None
