"""The geometry of the map: directions, rings, and the places along an arc.

Coordinates are in device-independent pixels at zoom 1, this PC at (0, 0), y downwards; angles in
degrees, 0 to the right, growing clockwise. A segment is a direction, a distance is a ring.

Directions come from a sequence in which every new one halves a gap (top, bottom, right, left, the
diagonals ...), so a new segment never turns another; arcs only get narrower, and only when their
number passes a power of two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

NODE_RADIUS = 14.0
SPACING = 66.0  # between neighbours of a row: room for words
TIGHT = 42.0  # between neighbours, and between rows, further out: a crowd that is read by colour
ROW_GAP = 78.0
ROOMY_ROWS = 2
RING_GAP = 94.0  # from the outermost row of a ring to the next ring
INNER_RADIUS = 150.0
ARC_WIDTH = 10.0
_TOP = -90.0
# How long an arc is at least, by how many directions there are: few arcs have room for their names.
_LEAST_ARC = ((16, 110.0), (32, 80.0), (64, 60.0), (128, 50.0))
_LEAST_OF_ALL = 44.0


@dataclass(frozen=True, slots=True)
class Sector:
    """One arc: a segment at a distance (``hops``; ``None``: not known).

    ``start`` and ``span`` are angles, ``radius`` is that of its ring. ``basis`` (at most
    ``radius``) is what the number of places in a row is counted by: it doubles where the ring has
    grown to twice of it, and so a ring that is pushed outwards a little moves nobody along it.
    """

    name: str
    hops: int | None
    start: float
    span: float
    radius: float
    basis: float

    @property
    def middle(self) -> float:
        """The angle of its middle."""
        return self.start + self.span / 2

    def reach(self, count: int) -> float:
        """Give the radius of the outermost row that so many printers need."""
        if not count:
            return self.radius
        return self.radius + _slots(self.span, self.basis, _even(count))[count - 1].offset

    def places(self, count: int) -> list[tuple[float, float]]:
        """Give the first ``count`` places as points."""
        slots = _slots(self.span, self.basis, _even(count))[:count]
        return [
            point(self.radius + slot.offset, self.start + self.span * slot.share) for slot in slots
        ]


@dataclass(frozen=True, slots=True)
class _Slot:
    """How far outside the ring, and where along the arc (0 to 1)."""

    offset: float
    share: float


def turned(number: int) -> float:
    """Give a number's bits mirrored behind the point: 0, 1/2, 1/4, 3/4, 1/8 ...

    The van der Corput sequence: any first few members lie well apart.
    """
    share, base = 0.0, 0.5
    while number:
        share += base * (number & 1)
        number >>= 1
        base /= 2
    return share


@lru_cache(maxsize=512)
def spread(count: int) -> tuple[int, ...]:
    """Order the places of a row so that any first few of them stand well apart."""
    order: dict[int, None] = {}
    number = 1
    while len(order) < count:
        order.setdefault(int(turned(number) * count))
        number += 1
    return tuple(order)


def directions(segments: int) -> int:
    """Give how many directions the circle is divided into for so many segments."""
    return 1 << max(0, segments - 1).bit_length()


def wedge(number: int, divided: int) -> tuple[float, float]:
    """Give start and span of the arc of the segment with this number."""
    whole = 360.0 / divided
    span = whole - (60.0 if divided == 1 else min(16.0, 90.0 / divided))
    return _TOP + 360.0 * turned(number) - span / 2, span


def innermost(divided: int) -> float:
    """Give the radius of the first ring: every arc has its least length there."""
    least = next((length for most, length in _LEAST_ARC if divided <= most), _LEAST_OF_ALL)
    return max(INNER_RADIUS, divided * least / (2 * math.pi))


def basis_of(radius: float, inner: float) -> float:
    """Give what the places of a ring are counted by: the first ring's radius, doubled as often as
    it goes into this one.
    """
    return float(inner * 2 ** math.floor(math.log2(max(radius / inner, 1.0))))


def _even(count: int) -> int:
    """Round up to a power of two, so that few tables of places are ever made."""
    return 1 << max(4, (count - 1).bit_length())


@lru_cache(maxsize=256)
def _slots(span: float, basis: float, count: int) -> tuple[_Slot, ...]:
    """Give the first ``count`` places of an arc, row by row outwards."""
    found: list[_Slot] = []
    row, offset = 0, 0.0
    while len(found) < count:
        roomy = row < ROOMY_ROWS
        length = math.radians(span) * (basis + offset)
        room = max(1, int(length / (SPACING if roomy else TIGHT)))
        found.extend(_Slot(offset, (place + 0.5) / room) for place in spread(room))
        row += 1
        offset += ROW_GAP if row < ROOMY_ROWS else (ROW_GAP + TIGHT) / 2 if roomy else TIGHT
    return tuple(found[:count])


def point(radius: float, angle: float) -> tuple[float, float]:
    """Give the point at ``angle`` degrees on a circle around the middle."""
    return radius * math.cos(math.radians(angle)), radius * math.sin(math.radians(angle))
