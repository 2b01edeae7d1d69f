"""What stands on the map: this PC, the arcs of the segments, the printers."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.ui import device_words, fonts, icons, paint
from app.ui.device_words import StateChip
from app.ui.map_layout import ARC_WIDTH, NODE_RADIUS, Sector, point
from app.ui.map_places import Ring
from app.ui.theme import tokens
from app.ui.tokens import Tone
from core.model.device import DeviceSummary
from core.model.reading import Supply

CENTRE_RADIUS = 24.0
FAR = 0.42  # below this zoom printers are dots
_GLYPH = 15.0
_NAME_DEPTH = 80.0  # how far inside the ring the name of a segment stands
_BAR = QRectF(-11, NODE_RADIUS + 4, 22, 5)
_SIGNS = {Tone.ERROR: "\u00d7", Tone.WARNING: "!", Tone.NEUTRAL: "\u2013"}  # a cross, a dash


class _Still(QGraphicsItem):
    """An item that offers nothing to click."""

    def shape(self) -> QPainterPath:
        """Offer nothing to click."""
        return QPainterPath()


class CentreItem(_Still):
    """This PC."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        """Cover the disc."""
        return QRectF(-CENTRE_RADIUS, -CENTRE_RADIUS, 2 * CENTRE_RADIUS, 2 * CENTRE_RADIUS)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw the disc and the screen on it."""
        colors = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawEllipse(QPointF(0, 0), CENTRE_RADIUS, CENTRE_RADIUS)
        icons.draw(painter, "computer", colors.on_accent, QRectF(-12, -12, 24, 24))


class RingItem(_Still):
    """The circle of one distance: dotted, and in dashes where the distance is not known."""

    def __init__(self, ring: Ring) -> None:
        super().__init__()
        self.ring = ring
        self.setZValue(0)

    def set_ring(self, ring: Ring) -> None:
        """Move the circle."""
        if ring != self.ring:
            self.prepareGeometryChange()
            self.ring = ring

    def boundingRect(self) -> QRectF:
        """Cover the circle."""
        reach = self.ring.radius + 2
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw the circle."""
        unknown = self.ring.hops is None
        pen = QPen(QColor(tokens().border), 1.6 if unknown else 1.2, Qt.PenStyle.CustomDashLine)
        pen.setCosmetic(True)
        pen.setDashPattern([9, 6] if unknown else [2, 5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(0, 0), self.ring.radius, self.ring.radius)


class Holder(QGraphicsItem):
    """Holds the printers, so that all can be hidden at once; draws nothing itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        """Cover nothing."""
        return QRectF()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw nothing."""


class ArcItem(_Still):
    """The arc of a segment; filled as far as its addresses have been asked."""

    def __init__(self, sector: Sector) -> None:
        super().__init__()
        self.sector = sector
        self._share = 0.0
        self.setZValue(1)

    def set_sector(self, sector: Sector) -> None:
        """Move the arc."""
        if sector != self.sector:
            self.prepareGeometryChange()
            self.sector = sector

    @property
    def share(self) -> float:
        """How much of the segment has been asked, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Fill the arc to this share."""
        if share != self._share:
            self._share = share
            self.update()

    def boundingRect(self) -> QRectF:
        """Cover the square around the whole ring; the arc itself is thin."""
        reach = self.sector.radius + ARC_WIDTH
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw the track, and over it what has been asked."""
        colors = tokens()
        self._stroke(painter, colors.track, 1.0)
        if self._share > 0:
            self._stroke(painter, colors.swept, self._share)

    def _stroke(self, painter: QPainter, color: str, share: float) -> None:
        pen = QPen(QColor(color), ARC_WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        radius = self.sector.radius
        box = QRectF(-radius, -radius, 2 * radius, 2 * radius)
        # Qt counts sixteenths of a degree, against the clock.
        start = round(-self.sector.start * 16)
        painter.drawArc(box, start, round(-self.sector.span * share * 16))


class NodeItem(QGraphicsItem):
    """A printer: state as the ring's colour and a sign, lowest supply as a bar under it."""

    def __init__(self, summary: DeviceSummary) -> None:
        super().__init__()
        self.summary = summary
        self.selected = False
        self.matched = False
        self.chip: StateChip = device_words.state_chip(summary)
        self.lowest: Supply | None = None
        self.setZValue(2)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.set_summary(summary)

    @property
    def key(self) -> str:
        """The key of the device."""
        return self.summary.device.key

    @property
    def outward(self) -> float:
        """The angle that points away from the middle."""
        return math.degrees(math.atan2(self.y(), self.x()))

    def set_summary(self, summary: DeviceSummary) -> None:
        """Take news of the device."""
        self.summary = summary
        self.chip = device_words.state_chip(summary)
        latest = summary.latest
        self.lowest = device_words.lowest(latest.supplies) if latest else None
        self.update()

    def set_selected(self, selected: bool) -> None:
        """Show that it is chosen."""
        if selected != self.selected:
            self.selected = selected
            self.setZValue(3 if selected else 2)
            self.update()

    def set_matched(self, matched: bool) -> None:
        """Show that it is what a person searches."""
        if matched != self.matched:
            self.matched = matched
            self.update()

    def boundingRect(self) -> QRectF:
        """Cover node, halo, sign and bar."""
        reach = NODE_RADIUS + 7
        return QRectF(-reach, -reach, 2 * reach, 2 * reach + 6)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw the printer (from afar the map draws dots in its place)."""
        colors = tokens()
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        if self.selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent))
            painter.drawEllipse(QPointF(0, 0), NODE_RADIUS + 6, NODE_RADIUS + 6)
        elif self.matched:
            painter.setPen(QPen(QColor(colors.accent), 2))
            painter.setBrush(QColor(colors.accent_tint))
            painter.drawEllipse(QPointF(0, 0), NODE_RADIUS + 5, NODE_RADIUS + 5)
        if self.lowest is not None:
            toner = colors.toner(self.lowest.color)
            # A rim of the ground keeps the bar readable where it lies over its arc.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.surface))
            painter.drawRoundedRect(_BAR.adjusted(-2, -2, 2, 2), 4, 4)
            paint.draw_level(painter, _BAR, toner, self.lowest.state, self.lowest.level_percent)
        draw_mark(painter, self.chip.tone, zoom=zoom)


def draw_mark(painter: QPainter, tone: Tone, *, zoom: float) -> None:
    """Draw a printer of this tone around (0, 0): ring, glyph, and a sign for who sees no colour."""
    colors = tokens()
    ink = QColor(colors.ink(tone))
    painter.setPen(QPen(ink, 2.5))
    painter.setBrush(QColor(colors.surface))
    painter.drawEllipse(QPointF(0, 0), NODE_RADIUS, NODE_RADIUS)
    _draw_glyph(painter, colors.text, zoom)
    sign = _SIGNS.get(tone)
    if sign is None:
        return
    at = QPointF(NODE_RADIUS * 0.74, -NODE_RADIUS * 0.74)
    painter.setPen(QPen(QColor(colors.surface), 1.5))
    painter.setBrush(ink)
    painter.drawEllipse(at, 6.5, 6.5)
    painter.setPen(QColor(colors.surface))
    painter.setFont(fonts.sign())
    box = QRectF(at.x() - 7, at.y() - 7.5, 14, 14)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)


def _draw_glyph(painter: QPainter, color: str, zoom: float) -> None:
    glyph = QRectF(-_GLYPH / 2, -_GLYPH / 2, _GLYPH, _GLYPH)
    if painter.paintEngine().type() is QPaintEngine.Type.SVG:
        icons.draw(painter, "printer", color, glyph)
        return
    picture = icons.pixmap("printer", color, int(_GLYPH), 2.0 if zoom <= 1.5 else 4.0)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(glyph, picture, QRectF(picture.rect()))


def arc_label_point(sector: Sector, share: float = 1.0) -> tuple[float, float]:
    """Give where the name of a segment stands: inside the ring, at the middle of its arc.

    Above and below there is a line of printers' names between; at the sides there is none.
    ``share`` brings it nearer to the arc.
    """
    steep = abs(math.sin(math.radians(sector.middle)))
    return point(sector.radius - share * _NAME_DEPTH * (0.7 + 0.3 * steep), sector.middle)
