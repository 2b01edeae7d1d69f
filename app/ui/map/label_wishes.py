"""Which words the map wants to show, and where each would like to stand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QTransform

from app.ui.map import words as map_words
from app.ui.map.items import CENTRE_RADIUS, ArcItem, NodeItem, arc_label_point
from app.ui.map.label_words import Words, measure, node_words, plain
from app.ui.map.labels import AROUND, EVERYWHERE, Box, Wish
from app.ui.map.layout import NODE_RADIUS, Sector, point
from app.ui.map.places import Ring
from app.ui.map.scene import MapScene

OTHERS = "\0"  # how the key begins of what is no printer: no device has such a key
_WIDEST_NAME = 220.0  # of a segment
_NARROW = (84.0, 60.0)  # a name is shortened to these before it is left out
_CROWD = 24  # segments; of more than these only the names are written from afar
_DEPTHS = (1.0, 0.75, 0.55)  # where inside its ring the name of a segment is tried
# Where on its circle the name of a distance may stand: at the bottom rather than anywhere else.
_RING_ANGLES = sorted(
    range(0, 360, 15), key=lambda angle: abs(angle - 90 if angle < 270 else 450 - angle)
)


@dataclass(frozen=True, slots=True)
class _Effort:
    """How hard a place is looked for where at most so many printers are in sight: all of it has to
    be done within a few milliseconds.
    """

    most: float
    turns: tuple[int, ...]
    tries: int = 0
    further: bool = False
    narrow: bool = False


_EFFORTS = (
    _Effort(26, EVERYWHERE, tries=4, further=True, narrow=True),
    _Effort(42, EVERYWHERE, tries=1, further=True, narrow=True),
    _Effort(64, EVERYWHERE, narrow=True),
    _Effort(160, AROUND),
    _Effort(math.inf, AROUND[:6]),
)


class Wishes:
    """Collects the wishes of one view of the map: ``wishes``, and ``taken``, where nothing may be
    written. ``words`` and ``anchors`` (scene) are by key. ``kept`` has the boxes of before.
    """

    def __init__(
        self, scene: MapScene, transform: QTransform, grown: float, kept: dict[str, Box]
    ) -> None:
        self._map = scene
        self._into = transform
        self._zoom = transform.m11()
        self._reach = NODE_RADIUS * self._zoom * grown
        self._kept = kept
        self.tries = 0  # how often it is worth while to try another order
        self.words: dict[str, Words] = {}
        self.anchors: dict[str, QPointF] = {}
        self.wishes: list[Wish] = []
        self.taken: list[Box] = [_box(transform.map(QPointF(0, 0)), CENTRE_RADIUS * self._zoom)]

    def ask_own(self) -> None:
        """Ask for a place for this PC."""
        words = Words(QCoreApplication.translate("Map", "This PC"))
        reach = CENTRE_RADIUS * self._zoom
        self._note("\0own", words, QPointF(0, 0))
        self._beside("\0own", self._into.map(QPointF(0, 0)), 90, measure(words), reach)

    def ask_ring(self, ring: Ring) -> None:
        """Ask for a place on the circle itself, wherever nothing else stands."""
        key = f"\0ring {ring.hops}"
        words = Words(map_words.ring(ring.hops))
        self._note(key, words, QPointF(*point(ring.radius, 90)))
        width, height = measure(words, _WIDEST_NAME)
        for angle in _RING_ANGLES:
            at = self._into.map(QPointF(*point(ring.radius, angle)))
            self.wishes.append(Wish(key, at.x(), at.y(), 0, 0, width + 8, height, centred=True))

    def ask_segment(self, arc: ArcItem) -> None:
        """Ask for a place inside the ring, or beyond the outermost row where the ring is too small
        for words, or at an end of the arc; shortened where none has room for all of them.
        """
        sector, layout = arc.sector, self._map.layout_of
        arc_id = (sector.name, sector.hops)
        crowded = self._zoom < self._map.far_below and len(layout.sectors) > _CROWD
        progress = self._map.progress.get(sector.name)
        said = "" if crowded else map_words.segment(layout.count(arc_id), arc.share, progress)
        words = Words(plain(sector.name), said, strong=not crowded)
        key = f"\0segment {sector.name} {sector.hops}"
        self._note(key, words, QPointF(*point(sector.radius, sector.middle)))
        far = layout.reach(arc_id) + NODE_RADIUS
        outer = self._into.map(QPointF(*point(far, sector.middle)))
        if crowded:
            self._beside(key, outer, sector.middle, measure(words), 4)
            return
        for size in (measure(words, _WIDEST_NAME), measure(words)):
            self._inside(key, sector, size)
            self._beside(key, outer, sector.middle, size, 4)
            self._at_ends(key, sector, size)

    def ask_nodes(self, nodes: Iterable[NodeItem], most: int) -> None:
        """Ask for the printers that matter most."""
        everyone = sorted(nodes, key=_importance)
        order = everyone[:most]
        effort = next(one for one in _EFFORTS if len(everyone) <= one.most)
        self.tries = effort.tries
        for node in order:
            words = node_words(node)
            self._note(node.key, words, node.spot)
            self._node(node, measure(words), effort)
        # Who found no place for the whole name may find one for its beginning.
        for width in _NARROW if effort.narrow else ():
            for node in order:
                size = measure(self.words[node.key])
                if size[0] > width:
                    self._node(node, (width, size[1]), effort)

    def _node(self, node: NodeItem, size: tuple[float, float], effort: _Effort) -> None:
        at = self._into.map(node.spot)
        kept = self._kept.get(node.key)
        if kept is not None and (kept.width, kept.height) != size:
            kept = None
        wish = Wish(
            node.key,
            at.x(),
            at.y() + 2,
            self._reach + 2,
            node.outward,
            *size,
            turns=effort.turns,
            further=effort.further,
            kept=kept,
        )
        self.wishes.append(wish)

    def leave_free(self, nodes: Iterable[NodeItem]) -> None:
        """Write nothing over these printers, and nothing over the arcs."""
        reach, sag = self._reach + 2, 9 * self._reach / NODE_RADIUS
        wide, high = 2 * reach + 3, 2 * reach + sag
        # The supply bar hangs under the node, the sign sits on its shoulder.
        zoom, dx, dy = self._zoom, self._into.dx() - reach, self._into.dy() - reach - 2
        self.taken.extend(Box(n.x * zoom + dx, n.y * zoom + dy, wide, high) for n in nodes)

    def leave_arcs_free(self) -> None:
        """Write nothing over the arcs."""
        for arc in self._map.arcs:
            sector = arc.sector
            steps = max(2, int(sector.span * sector.radius * self._zoom / 57.3 / 12))
            for step in range(min(steps, 400) + 1):
                angle = sector.start + sector.span * step / steps
                at = self._into.map(QPointF(*point(sector.radius, angle)))
                self.taken.append(_box(at, 6 * self._zoom))

    def _note(self, key: str, words: Words, anchor: QPointF) -> None:
        self.words[key] = words
        self.anchors[key] = anchor

    def _beside(
        self, key: str, at: QPointF, angle: float, size: tuple[float, float], reach: float
    ) -> None:
        self.wishes.append(Wish(key, at.x(), at.y(), reach, angle, *size))

    def _inside(self, key: str, sector: Sector, size: tuple[float, float]) -> None:
        width, height = size[0] + 8, size[1] + 4
        inward = sector.middle + 180
        for depth in _DEPTHS:
            at = self._into.map(QPointF(*arc_label_point(sector, depth)))
            reach = -size[1] / 2
            wish = Wish(key, at.x(), at.y(), reach, inward, width, height, turns=(0,))
            self.wishes.append(wish)

    def _at_ends(self, key: str, sector: Sector, size: tuple[float, float]) -> None:
        for angle, away in ((sector.start, -90), (sector.start + sector.span, 90)):
            at = self._into.map(QPointF(*point(sector.radius, angle)))
            turns = (0, 30, -30, 60, -60)
            self.wishes.append(Wish(key, at.x(), at.y(), 8, angle + away, *size, turns=turns))


def _importance(node: NodeItem) -> tuple[bool, bool, bool, int, str]:
    return (
        not node.selected,
        not node.matched,
        not node.chip.needs_attention,
        node.chip.rank,
        node.key,
    )


def _box(spot: QPointF, reach: float) -> Box:
    return Box(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)
