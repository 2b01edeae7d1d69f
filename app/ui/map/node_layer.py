"""The printers in sight, drawn by copying pictures; from afar each is a dot.

Where a printer stands is looked up in a grid, so that a frame costs what is in sight and not what
there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QTransform

from app.ui.map.items import NodeItem
from app.ui.map.layout import NODE_RADIUS
from app.ui.map.marks import PALE, Look, dot_look
from app.ui.map.pictures import Pictures
from app.ui.theme import tokens
from app.ui.tokens import Tone

_CELL = 256.0
_LEAST = 3.4  # pixels: a dot stays visible however far away
_SMALL = 5.0  # pixels: below, nobody sees whether a dot is round
_HALO = 26.0
# Trouble lies on top of what works.
_ORDER = {t: n for n, t in enumerate((Tone.ACCENT, Tone.GOOD, Tone.NEUTRAL, Tone.WARNING))}
_Copy: TypeAlias = tuple[int, int, QPixmap]  # where its corner lies from the middle


class NodeGrid:
    """Printers by where they stand, in coordinates of the scene."""

    def __init__(self, nodes: Collection[NodeItem]) -> None:
        self.everyone = nodes
        self._cells: dict[tuple[int, int], list[NodeItem]] = defaultdict(list)
        for node in nodes:
            self._cells[int(node.x // _CELL), int(node.y // _CELL)].append(node)

    def within(self, area: QRectF) -> Collection[NodeItem]:
        """Give the printers of an area, and perhaps some beside it."""
        left, right = int(area.left() // _CELL), int(area.right() // _CELL)
        top, bottom = int(area.top() // _CELL), int(area.bottom() // _CELL)
        if (right - left + 1) * (bottom - top + 1) >= len(self._cells):
            return self.everyone
        columns, rows = range(left, right + 1), range(top, bottom + 1)
        found = (self._cells.get((column, row), ()) for column in columns for row in rows)
        return [node for cell in found for node in cell]


class NodeLayer:
    """Draws in pixels of the viewport."""

    def __init__(self) -> None:
        self.pictures = Pictures()
        self._grid = NodeGrid(())
        self._specks: list[tuple[Tone, bool, QPolygonF]] | None = None

    def rearranged(self, nodes: Collection[NodeItem]) -> None:
        """Take printers at new places."""
        self._grid = NodeGrid(list(nodes))
        self._specks = None

    def renewed(self) -> None:
        """Forget what printers were like; their places are as before."""
        self._specks = None

    def within(self, area: QRectF) -> Collection[NodeItem]:
        """Give the printers of an area of the scene, and perhaps some beside it."""
        return self._grid.within(area)

    def draw(
        self, painter: QPainter, transform: QTransform, area: QRectF, grown: float, ratio: float
    ) -> None:
        """Draw the marks and bars of ``area``, ``grown`` times as large as they stand there."""
        self.pictures.begin(ratio)
        scale, reach = transform.m11() * grown, _HALO * grown
        zoom, dx, dy = transform.m11(), transform.dx(), transform.dy()
        copies: dict[Look, _Copy] = {}
        around = self._grid.within(area.adjusted(-reach, -reach, reach, reach))
        last = [node for node in around if node.selected or node.matched]
        for node in (*around, *last):  # what was chosen lies over the others
            x, y = round(node.x * zoom + dx), round(node.y * zoom + dy)
            for look in (node.mark, node.bar):
                if look is None:
                    continue
                copy = copies.get(look)
                if copy is None:
                    copy = copies[look] = self._copy(look, scale)
                painter.drawPixmap(x + copy[0], y + copy[1], copy[2])

    def _copy(self, look: Look, scale: float) -> _Copy:
        picture, corner = self.pictures.get((look, scale), look.extent, scale, look.draw)
        return int(corner.x()), int(corner.y()), picture

    # --- from afar ------------------------------------------------------------------------------

    def draw_dots(
        self, painter: QPainter, transform: QTransform, area: QRectF, ratio: float
    ) -> None:
        """Draw the printers of ``area`` as dots; the smallest ones, by the thousand, a colour in
        one call.
        """
        width = round(max(2 * NODE_RADIUS * transform.m11(), _LEAST), 1)
        if width < _SMALL:
            self._draw_specks(painter, transform, width)
            return
        self.pictures.begin(ratio)
        zoom, dx, dy = transform.m11(), transform.dx(), transform.dy()
        for tone, aside, nodes in _by_tone(self._grid.within(area)):
            look = dot_look(tone, width, aside=aside)
            left, top, picture = self._copy(look, 1.0)
            for node in nodes:
                x, y = round(node.x * zoom + dx), round(node.y * zoom + dy)
                painter.drawPixmap(x + left, y + top, picture)

    def _draw_specks(self, painter: QPainter, transform: QTransform, width: float) -> None:
        if self._specks is None:
            self._specks = [
                (tone, aside, QPolygonF([node.spot for node in nodes]))
                for tone, aside, nodes in _by_tone(self._grid.everyone)
            ]
        painter.save()
        painter.setTransform(transform)
        for tone, aside, spots in self._specks:
            ink = QColor(tokens().ink(tone))
            ink.setAlphaF(PALE if aside else 1.0)
            painter.setPen(QPen(ink, width / transform.m11()))
            painter.drawPoints(spots)
        painter.restore()

    def draw_rings(
        self, painter: QPainter, chosen: Iterable[QPointF], transform: QTransform
    ) -> None:
        """Draw a ring of the accent colour around each of these dots."""
        reach = max(NODE_RADIUS * transform.m11(), _LEAST / 2) + 3
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens().accent), 2.5))
        for spot in chosen:
            painter.drawEllipse(transform.map(spot), reach, reach)


def _by_tone(nodes: Iterable[NodeItem]) -> list[tuple[Tone, bool, list[NodeItem]]]:
    found: dict[tuple[Tone, bool], list[NodeItem]] = defaultdict(list)
    for node in nodes:
        found[node.chip.tone, node.aside].append(node)
    order = sorted(found, key=lambda one: (not one[1], _ORDER.get(one[0], len(_ORDER))))
    return [(tone, aside, found[tone, aside]) for tone, aside in order]
