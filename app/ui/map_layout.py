"""Where things are on the map: segments as arcs of one ring, printers in places that they keep.

Coordinates are in device-independent pixels at zoom 1, this PC at (0, 0), y downwards; angles in
degrees, 0 to the right, growing clockwise. A printer takes the next free place of its segment in
the order of coming, spread so that few printers stand apart and more fill the gaps between; when a
row is full the next one outwards begins. Nothing moves when a printer comes or goes; only a new
segment makes the arcs share the ring anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

NODE_RADIUS = 14.0
SPACING = 66.0  # between neighbours of one row
ROW_GAP = 78.0
INNER_RADIUS = 220.0
ARC_WIDTH = 10.0
_LEAST_ARC = 150.0  # length of an arc that still holds two printers and its name
_TOP = -90.0


@dataclass(frozen=True, slots=True)
class Sector:
    """The arc of one segment."""

    name: str
    start: float
    span: float
    radius: float

    @property
    def middle(self) -> float:
        """The angle of its middle."""
        return self.start + self.span / 2


@dataclass(slots=True)
class _Places:
    """The places of one segment: free ones first, so that a place left is taken again."""

    taken: dict[str, int]
    free: list[int]


@lru_cache(maxsize=512)
def spread(count: int) -> tuple[int, ...]:
    """Order the places of a row so that any first few of them stand well apart.

    The van der Corput sequence: the middle, the quarters, the eighths ...
    """
    order: list[int] = []
    seen: set[int] = set()
    number = 1
    while len(order) < count:
        share, base, rest = 0.0, 0.5, number
        while rest:
            share += base * (rest & 1)
            rest >>= 1
            base /= 2
        place = int(share * count)
        if place not in seen:
            seen.add(place)
            order.append(place)
        number += 1
    return tuple(order)


class RingLayout:
    """Segments and printers with their places."""

    def __init__(self) -> None:
        self._segments: dict[str, _Places] = {}
        self._home: dict[str, str] = {}

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments in the order of coming."""
        return tuple(self._segments)

    def add_segment(self, name: str) -> bool:
        """Take a segment; true where it is new, which moves the others."""
        if name in self._segments:
            return False
        self._segments[name] = _Places({}, [])
        return True

    def drop_empty(self, keep: set[str]) -> bool:
        """Drop segments that hold no printer and are not in ``keep``; true where one went."""
        gone = [n for n, places in self._segments.items() if not places.taken and n not in keep]
        for name in gone:
            del self._segments[name]
        return bool(gone)

    def add(self, key: str, segment: str) -> bool:
        """Give a printer its place; true where it is new or has come from another segment."""
        if self._home.get(key) == segment:
            return False
        self.remove(key)
        self.add_segment(segment)
        places = self._segments[segment]
        slot = places.free.pop(0) if places.free else len(places.taken)
        places.taken[key] = slot
        self._home[key] = segment
        return True

    def remove(self, key: str) -> None:
        """Let a printer's place go."""
        segment = self._home.pop(key, None)
        if segment is not None:
            places = self._segments[segment]
            slot = places.taken.pop(key)
            places.free.append(slot)
            places.free.sort()

    def count(self, segment: str) -> int:
        """Count the printers of a segment."""
        return len(self._segments[segment].taken)

    def reach(self, segment: str) -> float:
        """Give the radius of the outermost row of a segment."""
        taken = self._segments[segment].taken
        if not taken:
            return self.radius
        return _slots(self.sector(segment), max(taken.values()) + 1)[-1][0]

    # --- geometry -------------------------------------------------------------------------------

    @property
    def radius(self) -> float:
        """The radius of the ring."""
        return max(INNER_RADIUS, len(self._segments) * _LEAST_ARC / (2 * math.pi))

    def sector(self, name: str) -> Sector:
        """Give the arc of a segment; all are equally wide, the first is centred at the top."""
        count = len(self._segments)
        gap = 60.0 if count == 1 else min(16.0, 90.0 / count)
        whole = 360.0 / count
        place = list(self._segments).index(name)
        start = _TOP - (whole - gap) / 2 + place * whole
        return Sector(name, start, whole - gap, self.radius)

    def extent(self) -> tuple[float, float, float, float]:
        """Give how far the printers reach: left and up (negative), right and down."""
        left = up = right = down = 0.0
        for name in self._segments:
            sector, reach = self.sector(name), self.reach(name)
            for angle in _extremes(sector):
                x, y = point(reach, angle)
                left, up = min(left, x), min(up, y)
                right, down = max(right, x), max(down, y)
        return left, up, right, down

    def positions(self, name: str) -> dict[str, tuple[float, float]]:
        """Give the places of all printers of a segment."""
        sector = self.sector(name)
        taken = self._segments[name].taken
        slots = _slots(sector, max(taken.values(), default=-1) + 1)
        return {key: point(*slots[slot]) for key, slot in taken.items()}


def _extremes(sector: Sector) -> list[float]:
    """Give the angles of a sector where it reaches furthest along an axis."""
    end = sector.start + sector.span
    first = math.ceil(sector.start / 90) * 90
    return [sector.start, end, *(float(a) for a in range(first, math.floor(end) + 1, 90))]


@lru_cache(maxsize=512)
def _slots(sector: Sector, count: int) -> tuple[tuple[float, float], ...]:
    """Give radius and angle of the first ``count`` places of a sector, row by row outwards."""
    found: list[tuple[float, float]] = []
    row = 0
    while len(found) < count:
        radius = sector.radius + row * ROW_GAP
        room = max(1, int(math.radians(sector.span) * radius / SPACING))
        step = sector.span / room
        found.extend((radius, sector.start + step * (i + 0.5)) for i in spread(room))
        row += 1
    return tuple(found[:count])


def point(radius: float, angle: float) -> tuple[float, float]:
    """Give the point at ``angle`` degrees on a circle around the middle."""
    return radius * math.cos(math.radians(angle)), radius * math.sin(math.radians(angle))
