"""The words on the map: distances, segments and printers, as many as find a free place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTransform

from app.ui import device_words, fonts, map_words
from app.ui.map_items import CENTRE_RADIUS, ArcItem, NodeItem, arc_label_point
from app.ui.map_labels import Box, Wish, place_labels
from app.ui.map_layout import NODE_RADIUS, Sector, point
from app.ui.map_places import Ring
from app.ui.map_scene import MapScene
from app.ui.theme import tokens
from app.ui.tokens import Tone

_WIDEST = 128.0
_WIDEST_NAME = 220.0  # of a segment
_AIR = 8.0  # so that neighbours on one line do not read as one name
_CROWD = 24  # segments; of more than these only the names are written from afar
_DEPTHS = (1.0, 0.75, 0.55)  # where inside its ring the name of a segment is tried
_VEIL = 216  # how much of what lies under words is hidden, of 255
MOST_LABELS = 160  # a map with more words than this is read by nobody
# Where on its circle the name of a distance may stand: at the bottom rather than anywhere else.
_RING_ANGLES = sorted(
    range(0, 360, 15), key=lambda angle: abs(angle - 90 if angle < 270 else 450 - angle)
)


@dataclass(frozen=True, slots=True)
class _Words:
    first: str
    second: str
    tone: Tone
    strong: bool


class LabelLayer:
    """Places labels once a change of map, zoom or size, and draws them from memory."""

    def __init__(self, scene: MapScene, most: int = MOST_LABELS, *, grown: bool = True) -> None:
        """``most`` printers are named; ``grown`` says that they are drawn as large as they stand
        in the scene at this moment, and not in their plain size.
        """
        self._map = scene
        self._most = most
        self._grown = grown
        self.kept_free = Box(0, 0, 0, 0)  # where the controls of the map lie
        self._made_for: tuple[QTransform, QSize] | None = None
        self._boxes: dict[str, Box] = {}
        self._words: dict[str, _Words] = {}

    def forget(self) -> None:
        """Place anew at the next drawing."""
        self._made_for = None

    def box_of(self, key: str) -> QRectF | None:
        """Give the place of a printer's label; ``None`` where it found none."""
        box = self._boxes.get(key)
        return None if box is None else QRectF(box.x, box.y, box.width, box.height)

    def draw(self, painter: QPainter, transform: QTransform, size: QSize) -> None:
        """Draw the labels; ``painter`` is in pixels of the viewport."""
        if self._made_for != (transform, size):
            self._place(transform, size)
            self._made_for = (QTransform(transform), QSize(size))
        for key, box in self._boxes.items():
            _write(painter, box, self._words[key])

    # --- placing --------------------------------------------------------------------------------

    def _place(self, transform: QTransform, size: QSize) -> None:
        room = Box(2, 2, size.width() - 4, size.height() - 4)
        zoom = transform.m11()
        near = zoom >= self._map.far_below
        shown = self._in_sight(transform, size, near=near)
        # Dots by the thousand are ground to write on, printers are not.
        taken = [_node_box(spot, zoom * self._size(n)) for n, spot in shown if near]
        taken.append(_box(transform.map(QPointF(0, 0)), CENTRE_RADIUS * zoom))
        taken.append(self.kept_free)
        taken.extend(self._arc_boxes(transform, zoom))
        self._words = {}
        wishes = [self._own_wish(transform)]
        wishes.extend(w for r in self._map.rings for w in self._ring_wishes(r.ring, transform))
        wishes.extend(w for arc in self._map.arcs for w in self._segment_wishes(arc, transform))
        wishes.extend(self._node_wishes(shown, zoom))
        self._boxes = place_labels(wishes, taken, room)

    def _size(self, node: NodeItem) -> float:
        return node.scale() if self._grown else 1.0

    def _in_sight(
        self, transform: QTransform, size: QSize, *, near: bool
    ) -> list[tuple[NodeItem, QPointF]]:
        wide, high = size.width() + 40, size.height() + 40
        return [
            (node, spot)
            for node in self._map.nodes
            if near or node.selected or node.matched
            for spot in (transform.map(node.pos()),)
            if -40 < spot.x() < wide and -40 < spot.y() < high
        ]

    def _node_wishes(self, shown: list[tuple[NodeItem, QPointF]], zoom: float) -> list[Wish]:
        order = sorted(shown, key=lambda pair: _importance(pair[0]))[: self._most]
        wishes = []
        for node, spot in order:
            words = _node_words(node)
            self._words[node.key] = words
            width, height = _measure(words)
            reach = NODE_RADIUS * zoom * self._size(node) + 2
            wish = Wish(node.key, spot.x(), spot.y() + 2, reach, node.outward, width, height)
            wishes.append(wish)
        return wishes

    def _ring_wishes(self, ring: Ring, transform: QTransform) -> list[Wish]:
        """On the circle itself, wherever nothing else stands."""
        key = f"ring {ring.hops}"
        words = self._words[key] = _Words(map_words.ring(ring.hops), "", Tone.NEUTRAL, False)
        width, height = _measure(words, _WIDEST_NAME)
        wishes = []
        for angle in _RING_ANGLES:
            spot = transform.map(QPointF(*point(ring.radius, angle)))
            wishes.append(Wish(key, spot.x(), spot.y(), 0, 0, width + 8, height, centred=True))
        return wishes

    def _segment_wishes(self, arc: ArcItem, transform: QTransform) -> list[Wish]:
        """Inside the ring, or beyond the outermost row where the ring is too small for words, or at
        an end of the arc; shortened where none has room for all of them.
        """
        sector, layout = arc.sector, self._map.layout_of
        arc_id = (sector.name, sector.hops)
        crowded = transform.m11() < self._map.far_below and len(layout.sectors) > _CROWD
        progress = self._map.progress.get(sector.name)
        said = "" if crowded else map_words.segment(layout.count(arc_id), arc.share, progress)
        words = _Words(sector.name, said, Tone.NEUTRAL, strong=not crowded)
        key = f"segment {sector.name} {sector.hops}"
        self._words[key] = words
        far = layout.reach(arc_id) + NODE_RADIUS
        outer = transform.map(QPointF(*point(far, sector.middle)))
        if crowded:
            return [Wish(key, outer.x(), outer.y(), 4, sector.middle, *_measure(words))]
        wishes = []
        for size in (_measure(words, _WIDEST_NAME), _measure(words)):
            wishes += _inside(key, sector, size, transform)
            wishes.append(Wish(key, outer.x(), outer.y(), 4, sector.middle, *size))
            wishes += _at_ends(key, sector, size, transform)
        return wishes

    def _own_wish(self, transform: QTransform) -> Wish:
        spot = transform.map(QPointF(0, 0))
        text = QCoreApplication.translate("Map", "This PC")
        words = _Words(text, "", Tone.NEUTRAL, strong=False)
        self._words["own"] = words
        width, height = _measure(words)
        reach = CENTRE_RADIUS * transform.m11()
        return Wish("own", spot.x(), spot.y(), reach, 90, width, height)

    def _arc_boxes(self, transform: QTransform, zoom: float) -> list[Box]:
        boxes = []
        for arc in self._map.arcs:
            sector = arc.sector
            steps = max(2, int(sector.span * sector.radius * zoom / 57.3 / 12))
            for step in range(steps + 1):
                angle = sector.start + sector.span * step / steps
                spot = transform.map(QPointF(*point(sector.radius, angle)))
                boxes.append(_box(spot, 6 * zoom))
        return boxes


def _inside(
    key: str, sector: Sector, size: tuple[float, float], transform: QTransform
) -> list[Wish]:
    width, height = size[0] + 8, size[1] + 4
    spots = [transform.map(QPointF(*arc_label_point(sector, depth))) for depth in _DEPTHS]
    inward = sector.middle + 180
    return [
        Wish(key, at.x(), at.y(), -size[1] / 2, inward, width, height, turns=(0,)) for at in spots
    ]


def _at_ends(
    key: str, sector: Sector, size: tuple[float, float], transform: QTransform
) -> list[Wish]:
    wishes = []
    for angle, away in ((sector.start, -90), (sector.start + sector.span, 90)):
        at = transform.map(QPointF(*point(sector.radius, angle)))
        turns = (0, 30, -30, 60, -60)
        wishes.append(Wish(key, at.x(), at.y(), 8, angle + away, *size, turns=turns))
    return wishes


def _importance(node: NodeItem) -> tuple[bool, bool, bool, int, str]:
    return (
        not node.selected,
        not node.matched,
        not node.chip.needs_attention,
        node.chip.rank,
        node.key,
    )


def _node_words(node: NodeItem) -> _Words:
    second = node.chip.word if node.chip.needs_attention or node.chip.silent else ""
    name = device_words.place_name(node.summary)
    return _Words(name, second, node.chip.tone, strong=node.selected)


def _node_box(spot: QPointF, zoom: float) -> Box:
    reach = NODE_RADIUS * zoom + 2
    # The supply bar hangs under the node, the sign sits on its shoulder.
    return Box(spot.x() - reach, spot.y() - reach - 2, 2 * reach + 3, 2 * reach + 9 * zoom)


def _box(spot: QPointF, reach: float) -> Box:
    return Box(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)


def _font(words: _Words) -> QFont:
    return fonts.small_strong() if words.strong else fonts.small()


def _measure(words: _Words, widest: float = _WIDEST) -> tuple[float, float]:
    first, second = QFontMetricsF(_font(words)), QFontMetricsF(fonts.small())
    width = first.horizontalAdvance(words.first)
    height = first.height()
    if words.second:
        width = max(width, second.horizontalAdvance(words.second))
        height += second.height()
    return min(width, widest) + _AIR, height


def _write(painter: QPainter, box: Box, words: _Words) -> None:
    colors = tokens()
    font = _font(words)
    metrics = QFontMetricsF(font)
    first = metrics.elidedText(words.first, Qt.TextElideMode.ElideRight, box.width)
    centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    # A place may be larger than the words: they stand in its middle.
    high = metrics.height() * (2 if words.second else 1)
    box = Box(box.x, box.y + (box.height - high) / 2, box.width, high)
    veil = QColor(colors.surface)
    veil.setAlpha(_VEIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(QRectF(box.x, box.y, box.width, box.height), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(colors.text if words.strong or words.second else colors.muted))
    painter.drawText(QRectF(box.x, box.y, box.width, box.height), centre, first)
    if words.second:
        painter.setFont(fonts.small())
        painter.setPen(QColor(colors.ink(words.tone)))
        lower = QRectF(box.x, box.y + metrics.height(), box.width, box.height)
        painter.drawText(lower, centre, words.second)
