"""Painting that rows, panes and the map share: chips and level bars.

Four ways to fill a bar, so that no state looks like another even without colour: a solid fill is a
known level, diagonal hatching is "not known", dots are "some left, amount unknown", and a light
full tint is "no limit". An empty supply has a red outline.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from app.ui import fonts
from app.ui.theme import tokens
from app.ui.tokens import Tone
from core.model.reading import LevelState

CHIP_HEIGHT = 22.0
_DOT = 8.0


def chip_width(word: str) -> float:
    """Give the width of a chip for this word."""
    return QFontMetricsF(fonts.small()).horizontalAdvance(word) + 2 * 9 + _DOT + 6


def draw_chip(painter: QPainter, at: QPointF, word: str, tone: Tone, width: float) -> None:
    """Draw a chip with its dot and word; ``at`` is the left end of its middle line."""
    colors = tokens()
    box = QRectF(at.x(), at.y() - CHIP_HEIGHT / 2, width, CHIP_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors.tint(tone)))
    painter.drawRoundedRect(box, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    draw_sign(painter, QPointF(box.left() + 9 + _DOT / 2, at.y()), tone)
    painter.setPen(QColor(colors.ink(tone)))
    painter.setFont(fonts.small())
    room = box.adjusted(9 + _DOT + 6, 0, -7, 0)
    shown = QFontMetricsF(painter.font()).elidedText(
        word, Qt.TextElideMode.ElideRight, room.width() + 1
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def draw_sign(painter: QPainter, middle: QPointF, tone: Tone) -> None:
    """Draw the sign of a tone, eight units wide: each has a shape, so that colour is not all.

    Disc: good; triangle: warning; square on its corner: error; half-filled ring: under way
    (accent); ring: nothing to say (neutral).
    """
    half = _DOT / 2
    painter.save()
    painter.setBrush(QColor(tokens().ink(tone)))
    painter.setPen(Qt.PenStyle.NoPen)
    x, y = middle.x(), middle.y()
    if tone is Tone.WARNING:
        high = [
            (x, y - half - 0.5),
            (x + half + 0.5, y + half - 0.5),
            (x - half - 0.5, y + half - 0.5),
        ]
        painter.drawPolygon([QPointF(*corner) for corner in high])
    elif tone is Tone.ERROR:
        edge = half + 0.8
        corners = [(x, y - edge), (x + edge, y), (x, y + edge), (x - edge, y)]
        painter.drawPolygon([QPointF(*corner) for corner in corners])
    elif tone is Tone.GOOD:
        painter.drawEllipse(middle, half, half)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens().ink(tone)), 1.8))
        painter.drawEllipse(middle, half - 0.9, half - 0.9)
        if tone is Tone.ACCENT:
            painter.setBrush(QColor(tokens().ink(tone)))
            painter.drawPie(QRectF(x - half + 0.9, y - half + 0.9, 6.2, 6.2), 90 * 16, -180 * 16)
    painter.restore()


def draw_level(
    painter: QPainter,
    box: QRectF,
    color: str,
    state: LevelState,
    percent: float | None,
) -> None:
    """Draw a level bar in ``box``; it stands when it is higher than wide."""
    colors = tokens()
    outline = QPainterPath()
    radius = min(box.width(), box.height()) / 2 if box.width() > box.height() else 2.5
    outline.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(outline, QColor(colors.track))
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    if percent is not None:
        painter.fillRect(_filled(box, percent), QColor(color))
    elif state is LevelState.SOME_REMAINING:
        _dots(painter, box, color)
    elif state is LevelState.UNLIMITED:
        _tint(painter, box, color)
    elif state is not LevelState.EMPTY:
        _hatch(painter, box)
    painter.restore()
    edge = _edge(state, percent)
    if edge is not None:
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _edge(state: LevelState, percent: float | None) -> str | None:
    if state is LevelState.EMPTY:
        return tokens().error
    known = percent is not None or state is LevelState.UNLIMITED
    return None if known else tokens().border


def _filled(box: QRectF, percent: float) -> QRectF:
    share = max(0.0, min(percent, 100.0)) / 100
    if box.height() > box.width():
        length = max(share * box.height(), 1.5 if share else 0.0)
        return QRectF(box.left(), box.bottom() - length, box.width(), length)
    return QRectF(
        box.left(), box.top(), max(share * box.width(), 2.0 if share else 0.0), box.height()
    )


def _hatch(painter: QPainter, box: QRectF) -> None:
    pen = QPen(QColor(tokens().muted))
    pen.setWidthF(1.0)
    painter.setPen(pen)
    painter.setOpacity(0.6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x, high = box.left() - box.height(), box.height()
    while x < box.right():
        # Ended at the sides by reckoning: a picture in SVG knows no clip.
        first, last = max(box.left() - x, 0.0), min(box.right() - x, high)
        start, end = QPointF(x + first, box.top() + first), QPointF(x + last, box.top() + last)
        painter.drawLine(start, end)
        x += 4


def _dots(painter: QPainter, box: QRectF, color: str) -> None:
    painter.setBrush(QColor(color))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    step, y, odd = 4.0, box.top() + 2.5, False
    while y < box.bottom():
        x = box.left() + (4.5 if odd else 2.5)
        while x < box.right():
            painter.drawEllipse(QPointF(x, y), 1.1, 1.1)
            x += step
        y += step - 0.5
        odd = not odd


def _tint(painter: QPainter, box: QRectF, color: str) -> None:
    painter.setOpacity(0.35)
    painter.fillRect(box, QBrush(QColor(color)))
