"""The tray's icon: a tile that reads on light and dark panels, with a badge for each state.

The badges differ in shape: colour is never the only sign.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from app.ui import icons
from app.ui.tokens import DARK, LIGHT
from app.ui.tray.words import TrayState

SIZES = (16, 22, 24, 32, 48, 64)
_OFF = LIGHT.muted
_RIM = "#FFFFFF"


def tray_icon(state: TrayState) -> QIcon:
    """Make the icon of a state in every size that trays use."""
    result = QIcon()
    for size in SIZES:
        result.addPixmap(picture(state, size))
    return result


def picture(state: TrayState, size: int) -> QPixmap:
    """Draw it at one size, in pixels."""
    result = QPixmap(size, size)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 32, size / 32)
    painter.setPen(QPen(QColor(_RIM), 1))
    painter.setBrush(QColor(_OFF if state is TrayState.OFF else LIGHT.accent))
    painter.drawRoundedRect(QRectF(0.5, 0.5, 31, 31), 7, 7)
    stroke = 2.4 if size < 32 else 2.0
    icons.draw(painter, "printer", _RIM, QRectF(4.5, 4.5, 23, 23), stroke)
    if state in _BADGES:
        _BADGES[state](painter)
    painter.end()
    return result


def _working(painter: QPainter) -> None:
    """Draw a disc with an arrow: something is under way."""
    _ground(painter, DARK.good)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(DARK.on_accent))
    painter.drawPolygon(QPolygonF([QPointF(21, 19), QPointF(21, 29), QPointF(28.5, 24)]))


def _attention(painter: QPainter) -> None:
    """Draw a triangle with a stroke and a dot."""
    painter.setPen(QPen(QColor(_RIM), 1.6))
    painter.setBrush(QColor(DARK.warning))
    painter.drawPolygon(QPolygonF([QPointF(22.5, 13), QPointF(31, 31), QPointF(14, 31)]))
    painter.setPen(QPen(QColor(DARK.on_accent), 2.6, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(22.5, 20), QPointF(22.5, 24.6))
    painter.drawPoint(QPointF(22.5, 28.3))


def _paused(painter: QPainter) -> None:
    """Draw a disc with two bars."""
    _ground(painter, _RIM)
    painter.setPen(QPen(QColor(DARK.on_accent), 2.8, c=Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(21, 20), QPointF(21, 28))
    painter.drawLine(QPointF(26, 20), QPointF(26, 28))


def _off(painter: QPainter) -> None:
    """Draw a stroke through all of it."""
    for color, width in ((_OFF, 6.5), (_RIM, 2.8)):
        painter.setPen(QPen(QColor(color), width, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(6, 26), QPointF(26, 6))


def _ground(painter: QPainter, color: str) -> None:
    painter.setPen(QPen(QColor(LIGHT.text), 1.2))
    painter.setBrush(QColor(color))
    painter.drawEllipse(QPointF(23.5, 24), 7.4, 7.4)


_BADGES = {
    TrayState.WORKING: _working,
    TrayState.ATTENTION: _attention,
    TrayState.PAUSED: _paused,
    TrayState.OFF: _off,
}
