"""Labels that don't collide: placed one after the other, the important ones first.

All in pixels of the viewport, so that zooming in makes room for more of them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_CELL = 64
_GAP = 4.0
_FURTHER = 9.0  # pixels: how far from its node a label may stand where it finds no place at it
AROUND = (0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180)
EVERYWHERE = (*AROUND, 15, -15, 45, -45, 75, -75, 105, -105, 135, -135, 165, -165)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Say whether the two share any point."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def inside(self, other: Box) -> bool:
        """Say whether this lies wholly in ``other``."""
        return (
            self.x >= other.x
            and self.y >= other.y
            and self.x + self.width <= other.x + other.width
            and self.y + self.height <= other.y + other.height
        )

    def moved(self, dx: float, dy: float) -> Box:
        """Give the same rectangle elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that wants a place beside the node at (x, y) with this reach; ``outward`` is the
    angle in degrees that points away from the middle of the map, ``turns`` are the sides that
    may be tried from there, ``further`` allows a step away from the node. ``centred`` ones stand on
    (x, y) itself or not at all. ``kept`` is where it stood so far: that is tried first. A second
    wish of a key counts only where the first found no place.
    """

    key: str
    x: float
    y: float
    reach: float
    outward: float
    width: float
    height: float
    turns: tuple[int, ...] = AROUND
    centred: bool = False
    further: bool = False
    kept: Box | None = None


class Ground:
    """The boxes that are taken, in a grid, so that a look costs a few cells and not all boxes."""

    def __init__(self, taken: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in taken:
            self.take(box)

    def take(self, box: Box) -> None:
        """Put a box onto the ground."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Say whether nothing lies there."""
        left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
        for cell in _cells(box):
            for other in self._cells.get(cell, ()):
                if (
                    left < other.x + other.width
                    and other.x < right
                    and top < other.y + other.height
                    and other.y < bottom
                ):
                    return False
        return True


def _cells(box: Box) -> list[tuple[int, int]]:
    first, last = int(box.x // _CELL), int((box.x + box.width) // _CELL)
    top, bottom = int(box.y // _CELL), int((box.y + box.height) // _CELL)
    return [(c, r) for c in range(first, last + 1) for r in range(top, bottom + 1)]


def place_labels(wishes: Sequence[Wish], taken: Iterable[Box], room: Box) -> dict[str, Box]:
    """Give each label that fits its box; what fits nowhere is left out.

    ``taken`` are the nodes and whatever else must not be covered; ``room`` is the viewport.
    """
    ground = Ground(taken)
    placed: dict[str, Box] = {}
    for wish in wishes:
        if wish.key in placed:
            continue
        for box in _candidates(wish):
            if box.inside(room) and ground.is_free(box):
                ground.take(box)
                placed[wish.key] = box
                break
    return placed


def place_patiently(
    wishes: Sequence[Wish], taken: Sequence[Box], room: Box, tries: int, first: str = ""
) -> dict[str, Box]:
    """Place as ``place_labels`` does, and if some found no place, try again with these before the
    others; gives the best of all tries. The label of ``first`` is placed before all, and over what
    is taken if need be.
    """
    own = [wish for wish in wishes if wish.key == first]
    chosen = place_labels(own, taken, room) or place_labels(own, (), room)
    taken = [*taken, *chosen.values()]
    order = [wish for wish in wishes if wish.key != first]
    best = placed = place_labels(order, taken, room)
    every = {wish.key for wish in order}
    for _ in range(tries):
        if len(best) == len(every):
            break
        order.sort(key=lambda wish: wish.key in placed)  # stable: else the order is as before
        placed = place_labels(order, taken, room)
        if len(placed) > len(best):
            best = placed
    return chosen | best


def still_apart(boxes: dict[str, Box]) -> dict[str, Box]:
    """Give of these boxes, the important ones first, those that lie on no earlier one."""
    ground, found = Ground(), {}
    for key, box in boxes.items():
        if ground.is_free(box):
            ground.take(box)
            found[key] = box
    return found


def _candidates(wish: Wish) -> Iterable[Box]:
    """Outward first, then around the node on either side, inward last; then a step away."""
    if wish.kept is not None:
        yield wish.kept
    if wish.centred:
        yield Box(wish.x - wish.width / 2, wish.y - wish.height / 2, wish.width, wish.height)
        return
    for away in (0.0, _FURTHER) if wish.further else (0.0,):
        for turn in wish.turns:
            yield beside(wish, wish.outward + turn, away)


def beside(wish: Wish, angle: float, away: float = 0.0) -> Box:
    """Give the label's box on that side of its node, touching the node's reach, or so many pixels
    away from it.
    """
    dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    # The box slides around the square of the node: one of its edges always touches it.
    across = wish.reach + _GAP + away + wish.width / 2
    along = wish.reach + _GAP + away + wish.height / 2
    far = min(across / max(abs(dx), 1e-9), along / max(abs(dy), 1e-9))
    left = wish.x + dx * far - wish.width / 2
    top = wish.y + dy * far - wish.height / 2
    return Box(left, top, wish.width, wish.height)
