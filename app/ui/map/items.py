"""What stands on the map: this PC, the rings, the arcs of the segments, the printers.

Plain objects that know where they stand and how they are drawn, and nothing of Qt's graphics items:
thousands of these that paint themselves cost a call each. The canvas draws them from pictures.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui import icons
from app.ui.devices import words as device_words
from app.ui.devices.words import StateChip
from app.ui.map.kinds import kind_of
from app.ui.map.layout import ARC_WIDTH, Sector, point
from app.ui.map.marks import BarLook, MarkLook, bar_look, mark_look
from app.ui.map.places import Ring
from app.ui.theme import tokens
from core.model.device import DeviceSummary
from core.model.reading import Supply

CENTRE_RADIUS = 24.0
FAR = 0.42  # below this zoom printers are dots
_NAME_DEPTH = 80.0  # how far inside the ring the name of a segment stands


class CentreItem:
    """This PC."""

    def paint(self, painter: QPainter) -> None:
        """Draw the disc and the screen on it."""
        colors = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawEllipse(QPointF(0, 0), CENTRE_RADIUS, CENTRE_RADIUS)
        icons.draw(painter, "computer", colors.on_accent, QRectF(-12, -12, 24, 24))


class RingItem:
    """The circle of one distance: dotted, and in dashes where the distance is not known."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring

    def paint(self, painter: QPainter) -> None:
        """Draw the circle."""
        unknown = self.ring.hops is None
        pen = QPen(QColor(tokens().border), 1.6 if unknown else 1.2, Qt.PenStyle.CustomDashLine)
        pen.setCosmetic(True)
        pen.setDashPattern([9, 6] if unknown else [2, 5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(0, 0), self.ring.radius, self.ring.radius)


class ArcItem:
    """The arc of a segment; filled as far as its addresses have been asked (``share``, 0 to 1)."""

    def __init__(self, sector: Sector) -> None:
        self.sector = sector
        self.share = 0.0

    def paint(self, painter: QPainter) -> None:
        """Draw the track, and over it what has been asked."""
        colors = tokens()
        if self.share < 1:
            self._stroke(painter, colors.track, 1.0)
        if self.share > 0:
            self._stroke(painter, colors.swept, self.share)

    def _stroke(self, painter: QPainter, color: str, share: float) -> None:
        pen = QPen(QColor(color), ARC_WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        radius = self.sector.radius
        box = QRectF(-radius, -radius, 2 * radius, 2 * radius)
        # Qt counts sixteenths of a degree, against the clock.
        start = round(-self.sector.start * 16)
        painter.drawArc(box, start, round(-self.sector.span * share * 16))


class NodeItem:
    """A printer at its place (``x``, ``y``). ``aside`` ones are not what a person wants to see."""

    def __init__(self, summary: DeviceSummary) -> None:
        self.x = self.y = 0.0
        self.key = summary.device.key
        self.selected = self.matched = self.aside = False
        self.set_summary(summary)

    @property
    def spot(self) -> QPointF:
        """Where it stands."""
        return QPointF(self.x, self.y)

    @property
    def outward(self) -> float:
        """The angle that points away from the middle."""
        return math.degrees(math.atan2(self.y, self.x))

    def set_summary(self, summary: DeviceSummary) -> None:
        """Take news of the device."""
        latest = summary.latest
        self.summary = summary
        self.chip: StateChip = device_words.state_chip(summary)
        self.kind = kind_of(summary, self.chip)
        self.lowest: Supply | None = device_words.lowest(latest.supplies) if latest else None
        self.look_changed()

    def look_changed(self) -> None:
        """Look at itself again, after what it shows has changed."""
        mark = "selected" if self.selected else "matched" if self.matched else ""
        self.mark: MarkLook = mark_look(self.chip.tone, mark, aside=self.aside)
        self.bar: BarLook | None = bar_look(self.lowest, aside=self.aside)

    def paint(self, painter: QPainter) -> None:
        """Draw the printer with lines, for a picture that is to stay sharp."""
        self.mark.draw(painter)
        if self.bar is not None:
            self.bar.draw(painter)


def arc_label_point(sector: Sector, share: float = 1.0) -> tuple[float, float]:
    """Give where the name of a segment stands: inside the ring, at the middle of its arc.

    Above and below there is a line of printers' names between; at the sides there is none.
    ``share`` brings it nearer to the arc.
    """
    steep = abs(math.sin(math.radians(sector.middle)))
    return point(sector.radius - share * _NAME_DEPTH * (0.7 + 0.3 * steep), sector.middle)
