"""Charts as one picture: an image with twice the pixels, or an SVG with its words as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.ui import fonts
from app.ui.charts import paint as chart_paint
from app.ui.charts.data import ChartData, Part
from app.ui.charts.span import Span
from app.ui.charts.words import short
from app.ui.theme import tokens

_WIDTH, _CHART = 1200, 300
_EDGE, _HEAD, _CARD = 24, 62, 34
_SHARPER = 2.0


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart of a picture: as it is seen in the window."""

    title: str
    data: ChartData
    shown: tuple[bool, ...]
    span: Span
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: a title, a line under it, and the charts."""

    title: str
    note: str
    panels: Sequence[Panel]
    zone: tzinfo

    @property
    def size(self) -> QSize:
        """How large it is, in units of an SVG."""
        heights = sum(_CARD + _CHART + (24 if p.sentence else 0) for p in self.panels)
        return QSize(_WIDTH, _HEAD + heights + 2 * _EDGE)


def as_image(picture: Picture) -> QImage:
    """Draw it with two pixels a unit."""
    image = QImage(picture.size * _SHARPER, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SHARPER, _SHARPER)
    _draw(painter, picture)
    painter.end()
    return image


def as_svg(picture: Picture) -> bytes:
    """Draw it as lines and words."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(picture.size)
    generator.setViewBox(QRect(0, 0, picture.size.width(), picture.size.height()))
    generator.setTitle(picture.title)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    painter = QPainter(generator)
    _draw(painter, picture)
    painter.end()
    return bytes(buffer.data().data())


def _draw(painter: QPainter, picture: Picture) -> None:
    colors = tokens()
    painter.fillRect(QRectF(0, 0, *picture.size.toTuple()), QColor(colors.surface))
    _words(painter, picture.title, _EDGE, _EDGE, fonts.strong(), colors.text)
    _words(painter, picture.note, _EDGE, _EDGE + 22, fonts.small(), colors.muted)
    y = float(_EDGE + _HEAD - 8)
    for panel in picture.panels:
        y = _panel(painter, panel, y, picture.zone)


def _panel(painter: QPainter, panel: Panel, y: float, zone: tzinfo) -> float:
    colors = tokens()
    _words(painter, panel.title, _EDGE, y, fonts.strong(), colors.text)
    x = _EDGE + QFontMetricsF(fonts.strong()).horizontalAdvance(panel.title) + 18
    line = bool(panel.data.lines) or not panel.data.stacked
    for part, on in zip(panel.data.all_parts, panel.shown, strict=True):
        if on:
            x = _legend(painter, part, x, y, line=line)
    y += 24
    if panel.sentence:
        _words(painter, panel.sentence, _EDGE, y, fonts.small(), colors.muted)
        y += 24
    size = (float(_WIDTH - 2 * _EDGE), float(_CHART))
    made = chart_paint.arrange(panel.data, panel.shown, panel.span, size, zone)
    painter.save()
    painter.translate(QPointF(_EDGE, y))
    chart_paint.draw(painter, panel.data, panel.shown, made)
    painter.restore()
    return y + _CHART + 10


def _legend(painter: QPainter, part: Part, x: float, y: float, *, line: bool) -> float:
    name = short(part.name)
    width = chart_paint.sign_width(line=line)
    chart_paint.stroke(painter, QRectF(x, y + 4, width, 10), part, line=line)
    x += width + 6
    _words(painter, name, x, y, fonts.small(), tokens().text)
    return x + QFontMetricsF(fonts.small()).horizontalAdvance(name) + 16


def _words(painter: QPainter, text: str, x: float, y: float, font: QFont, color: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    room = QRectF(x, y, _WIDTH - _EDGE - x, 18)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
