"""The map from afar: every printer a dot of its state's colour, drawn a colour at a time.

Thousands of items that paint themselves cost Python a call each; from afar they are hidden and the
dots are drawn in four calls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.ui.map_items import NodeItem
from app.ui.map_layout import NODE_RADIUS
from app.ui.theme import tokens
from app.ui.tokens import Tone

_LEAST = 3.4  # pixels: a dot stays visible however far away


class DotLayer:
    """Draws the dots from memory until it is told to forget."""

    def __init__(self) -> None:
        self._dots: dict[Tone, QPolygonF] | None = None

    def forget(self) -> None:
        """Look at the printers again at the next drawing."""
        self._dots = None

    def draw(
        self, painter: QPainter, nodes: Iterable[NodeItem], zoom: float, chosen: list[QPointF]
    ) -> None:
        """Draw in coordinates of the scene; ``chosen`` ones get a ring of the accent colour."""
        if self._dots is None:
            self._dots = _sorted(nodes)
        width = max(2 * NODE_RADIUS, _LEAST / zoom)
        for tone, spots in self._dots.items():
            pen = QPen(QColor(tokens().ink(tone)), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(spots)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens().accent), 2.5 / zoom))
        for spot in chosen:
            painter.drawEllipse(spot, width / 2 + 3 / zoom, width / 2 + 3 / zoom)


def _sorted(nodes: Iterable[NodeItem]) -> dict[Tone, QPolygonF]:
    found: dict[Tone, list[QPointF]] = defaultdict(list)
    for node in nodes:
        found[node.chip.tone].append(node.pos())
    # Trouble lies on top of what works.
    order = sorted(
        found, key=[Tone.ACCENT, Tone.GOOD, Tone.NEUTRAL, Tone.WARNING, Tone.ERROR].index
    )
    return {tone: QPolygonF(found[tone]) for tone in order}
