"""The words on the map: distances, segments and printers, as many as find a free place.

Places are worked out when the map has come to rest. While it moves, words move with what they
belong to, and one that comes to lie on a more important one is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QTransform

from app.ui.map.items import NodeItem
from app.ui.map.label_wishes import OTHERS, Wishes
from app.ui.map.label_words import Words, node_words, write
from app.ui.map.labels import Box, place_patiently, still_apart
from app.ui.map.pictures import Pictures
from app.ui.map.scene import MapScene

MOST_LABELS = 160  # a map with more words than this is read by nobody
_MOST_NEW = 24  # words that are drawn for the first time in one frame: more would be seen
_BESIDE = 40  # pixels beside the viewport that count as in sight


@dataclass(frozen=True, slots=True)
class _Placed:
    """Words at a distance (pixels) from what they belong to (a point of the scene)."""

    words: Words
    anchor: QPointF
    left: float
    top: float
    width: float
    height: float

    def box(self, transform: QTransform) -> Box:
        at = transform.map(self.anchor)
        return Box(at.x() + self.left, at.y() + self.top, self.width, self.height)


class LabelLayer:
    """Places labels when told to, and draws them from memory. ``grown`` says that printers are
    drawn larger than they stand in the scene where they are few; ``most`` of them are named.
    """

    def __init__(self, scene: MapScene, most: int = MOST_LABELS, *, grown: bool = True) -> None:
        self._map = scene
        self._most = most
        self._grown = grown
        self.kept_free = Box(0, 0, 0, 0)  # where the controls of the map lie
        self._made_for: tuple[QTransform, QSize] | None = None
        self._placed: dict[str, _Placed] = {}
        self._fresh = False  # whether places are those of the map as it is
        self.pictures = Pictures(2_000_000)
        self.waiting = False  # whether words are still to be drawn for the first time

    def forget(self) -> None:
        """Place anew before the next drawing: the map is another one."""
        self._made_for, self._placed, self._fresh = None, {}, False

    def outdate(self) -> None:
        """Take news of printers, which may have moved: new words now, new places soon."""
        self._fresh = False
        for key, placed in list(self._placed.items()):
            node = self._map.node(key)
            if node is not None:
                self._placed[key] = replace(placed, words=node_words(node), anchor=node.spot)
            elif not key.startswith(OTHERS):
                del self._placed[key]

    def box_of(self, key: str) -> QRectF | None:
        """Give the place of a printer's label; ``None`` where it found none."""
        placed = self._placed.get(key)
        if placed is None or self._made_for is None:
            return None
        box = placed.box(self._made_for[0])
        return QRectF(box.x, box.y, box.width, box.height)

    @property
    def placed(self) -> bool:
        """Whether places were worked out since the map became another one."""
        return self._made_for is not None

    def settled(self, transform: QTransform, size: QSize) -> bool:
        """Say whether the labels stand where they belong in this view."""
        return self._fresh and self._made_for == (transform, size)

    def place(self, transform: QTransform, size: QSize, nodes: Iterable[NodeItem]) -> None:
        """Work out all places; ``nodes`` are those that may be in sight."""
        same = self._made_for is not None and self._made_for[0].m11() == transform.m11()
        kept = {key: one.box(transform) for key, one in self._placed.items()} if same else {}
        wishes = self._wishes(transform, size, nodes, kept)
        room = Box(2, 2, size.width() - 4, size.height() - 4)
        first = self._map.selected or ""
        placed = place_patiently(wishes.wishes, wishes.taken, room, wishes.tries, first)
        self._placed = {}
        for key, box in placed.items():
            anchor = wishes.anchors[key]
            at = transform.map(anchor)
            left, top = box.x - at.x(), box.y - at.y()
            self._placed[key] = _Placed(wishes.words[key], anchor, left, top, box.width, box.height)
        self._made_for, self._fresh = (QTransform(transform), QSize(size)), True

    def _wishes(
        self, transform: QTransform, size: QSize, nodes: Iterable[NodeItem], kept: dict[str, Box]
    ) -> Wishes:
        zoom = transform.m11()
        wishes = Wishes(self._map, transform, self._map.grown(zoom) if self._grown else 1.0, kept)
        near = zoom >= self._map.far_below
        shown = _in_sight(nodes, transform, size)
        if near:  # dots by the thousand are ground to write on, printers are not
            wishes.leave_free(n for n in shown if not n.aside)
        wishes.taken.append(self.kept_free)
        wishes.leave_arcs_free()
        wishes.ask_own()
        for ring in self._map.rings:
            wishes.ask_ring(ring.ring)
        for arc in self._map.arcs:
            wishes.ask_segment(arc)
        named = (n for n in shown if near or n.selected or n.matched)
        wishes.ask_nodes((n for n in named if not n.aside), self._most)
        return wishes

    # --- drawing --------------------------------------------------------------------------------

    def draw(self, painter: QPainter, transform: QTransform, size: QSize, ratio: float) -> None:
        """Draw in pixels of the viewport, by copying pictures; a few new ones a frame."""
        self.pictures.begin(ratio)
        new = 0
        self.waiting = False
        for key, box in self._boxes(transform, size).items():
            words = self._placed[key].words
            look = (words, box.width, box.height)
            if look not in self.pictures:
                new += 1
                if new > _MOST_NEW:
                    self.waiting = True
                    continue
            extent = QRectF(0, 0, box.width, box.height)
            inner = Box(0, 0, box.width, box.height)
            picture, _ = self.pictures.get(
                look, extent, 1.0, partial(write, box=inner, words=words)
            )
            painter.drawPixmap(QPointF(round(box.x), round(box.y)), picture)

    def write(self, painter: QPainter, transform: QTransform) -> None:
        """Write all of them as words, for a picture that is to stay sharp."""
        for placed in self._placed.values():
            write(painter, placed.box(transform), placed.words)

    def _boxes(self, transform: QTransform, size: QSize) -> dict[str, Box]:
        room = Box(0, 0, size.width(), size.height())
        boxes = {key: one.box(transform) for key, one in self._placed.items()}
        found = {key: box for key, box in boxes.items() if box.overlaps(room)}
        zoomed = self._made_for is None or self._made_for[0].m11() != transform.m11()
        return still_apart(found) if zoomed else found


def _in_sight(nodes: Iterable[NodeItem], transform: QTransform, size: QSize) -> list[NodeItem]:
    zoom, dx, dy = transform.m11(), transform.dx(), transform.dy()
    left, right = (-_BESIDE - dx) / zoom, (size.width() + _BESIDE - dx) / zoom
    top, bottom = (-_BESIDE - dy) / zoom, (size.height() + _BESIDE - dy) / zoom
    return [n for n in nodes if left < n.x < right and top < n.y < bottom]
