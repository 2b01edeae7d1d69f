"""Paints a chart that is laid out: axes, bars, curves, gaps, markers, the cross-hair."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.ui import fonts
from app.ui.charts import words as chart_words
from app.ui.charts.data import Band, ChartData, Part, Sign
from app.ui.charts.layout import SIGN_ROW, Bar, Curve, Flag, Layout, Segment, Speech, lay_out
from app.ui.charts.span import Span
from app.ui.charts.words import said
from app.ui.theme import tokens

_DASHES = ((), (6, 3), (2, 2.5), (8, 3, 2, 3), (4, 2), (1, 2))
_BETWEEN_PARTS = 1.0
_Corners = list[tuple[float, float]]
_SQUARE: _Corners = [(-4, -4), (4, -4), (4, 4), (-4, 4)]
_CORNERS: dict[Sign, _Corners] = {
    Sign.STATUS: [(0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)],
    Sign.FELL: [(-5, -4), (5, -4), (0, 5)],
    Sign.WRAPPED: [(-5, 4), (5, 4), (0, -5)],
}
_DOTS_FROM = 7.0  # pixels between two dots: nearer ones would be a worm


def speech() -> Speech:
    """Give the words of axes, with their widths in the font that they are drawn in."""
    metrics = QFontMetricsF(fonts.small())
    return Speech(metrics.horizontalAdvance, chart_words.value, chart_words.tick)


def arrange(
    data: ChartData, shown: tuple[bool, ...], span: Span, size: tuple[float, float], zone: tzinfo
) -> Layout:
    """Lay a chart out for painting."""
    return lay_out(data, shown, span, size, zone, speech())


def ink(part: Part) -> QColor:
    """Give the colour of a part in the scheme of now."""
    return QColor(str(getattr(tokens(), part.color or "muted")))


def draw(painter: QPainter, data: ChartData, shown: tuple[bool, ...], made: Layout) -> None:
    """Draw everything but the cross-hair."""
    painter.save()
    painter.setFont(fonts.small())
    _axes(painter, made)
    plot = QRectF(
        made.scale.left,
        made.top - SIGN_ROW,
        made.scale.right - made.scale.left,
        made.bottom - made.top + SIGN_ROW + 1,
    )
    painter.save()
    painter.setClipRect(plot, Qt.ClipOperation.IntersectClip)
    for begin, end in made.gaps:
        hatch(painter, QRectF(begin, made.top, end - begin, made.bottom - made.top))
    _now(painter, data, made)
    for bar in made.bars:
        _bar(painter, data, bar, made)
    _bands(painter, data, shown, made)
    for curve in made.curves:
        _curve(painter, data, curve)
    painter.restore()
    _gap_words(painter, made)
    for flag in made.flags:
        _flag(painter, data, flag, made)
    painter.restore()


def crosshair(painter: QPainter, made: Layout, at: float) -> None:
    """Draw a line at a time."""
    x = round(made.scale.x(at)) + 0.5
    painter.setPen(QPen(QColor(tokens().text), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, made.top), QPointF(x, made.bottom))


def hatch(painter: QPainter, box: QRectF, *, apart: float = 6.0) -> None:
    """Fill with diagonal lines: not known."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    color = QColor(tokens().muted)
    color.setAlphaF(0.45)
    painter.setPen(QPen(color, 1))
    x = box.left() - box.height() - (box.left() - box.height()) % apart
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += apart
    painter.restore()


def _axes(painter: QPainter, made: Layout) -> None:
    colors = tokens()
    for value, text in made.values:
        y = round(made.y(value)) + 0.5
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.drawLine(QPointF(made.scale.left, y), QPointF(made.scale.right, y))
        painter.setPen(QColor(colors.muted))
        box = QRectF(0, y - 10, made.scale.left - 8, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    painter.setPen(QPen(QColor(colors.border), 1))
    if not made.bars:
        for x in made.tick_x:
            place = round(x) + 0.5
            painter.drawLine(QPointF(place, made.bottom), QPointF(place, made.bottom + 4))
    painter.setPen(QColor(colors.muted))
    for label in made.times:
        box = QRectF(label.x - 100, made.bottom + 5, 200, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, label.text)


def _now(painter: QPainter, data: ChartData, made: Layout) -> None:
    if data.now is None or data.columns or not made.scale.span.holds(data.now):
        return
    x = round(made.scale.x(data.now)) + 0.5
    painter.setPen(QPen(QColor(tokens().outline), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, made.top), QPointF(x, made.bottom))


# --- bars ---------------------------------------------------------------------------------------


def _bar(painter: QPainter, data: ChartData, bar: Bar, made: Layout) -> None:
    if bar.unknown:
        middle = bar.x + bar.width / 2
        if any(begin <= middle <= end for begin, end in made.gaps):
            return  # the whole gap is hatched
        hatch(painter, QRectF(bar.x, made.top, bar.width, made.bottom - made.top), apart=5)
        return
    for place, segment in enumerate(bar.segments):
        top = place == len(bar.segments) - 1
        _segment(painter, ink(data.parts[segment.part]), bar, segment, top=top)
    if any(not segment.complete for segment in bar.segments) and bar.width >= 8:
        y = min(segment.y for segment in bar.segments)
        painter.setPen(QColor(tokens().muted))
        box = QRectF(bar.x - 8, y - 16, bar.width + 16, 15)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, "+")


def _segment(painter: QPainter, color: QColor, bar: Bar, segment: Segment, *, top: bool) -> None:
    box = QRectF(bar.x, segment.y, bar.width, segment.height)
    if not top and box.height() > 3:
        box.adjust(0, _BETWEEN_PARTS, 0, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    fill = QColor(color)
    if not segment.complete:
        fill.setAlphaF(0.55)
    painter.setBrush(fill)
    radius = min(2.0, bar.width / 3, box.height() / 2)
    painter.drawRoundedRect(box, radius, radius)
    guess = min(segment.guess, box.height())
    if guess >= 2:  # what was shared out between two readings
        ground = QColor(tokens().surface)
        ground.setAlphaF(0.55)
        part = QRectF(box.left(), box.top(), box.width(), guess)
        painter.fillRect(part, QBrush(ground, Qt.BrushStyle.BDiagPattern))


# --- curves -------------------------------------------------------------------------------------


def _pen(part: Part, width: float = 2.0) -> QPen:
    pen = QPen(ink(part), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pattern = _DASHES[part.dash % len(_DASHES)]
    if pattern:
        pen.setDashPattern(list(pattern))
    else:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _curve(painter: QPainter, data: ChartData, curve: Curve) -> None:
    part = data.all_parts[curve.part]
    painter.setPen(_pen(part))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for piece in curve.pieces:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in piece]))
    lone = bool(data.lines)
    near = len(curve.dots) > 1 and _apart(curve) < _DOTS_FROM
    if lone or not near:
        for x, y in curve.dots:
            dot(painter, QPointF(x, y), part)


def _apart(curve: Curve) -> float:
    return (curve.dots[-1][0] - curve.dots[0][0]) / (len(curve.dots) - 1)


def dot(painter: QPainter, at: QPointF, part: Part, size: float = 3.2) -> None:
    """Draw the point of a part: each pattern has a shape of its own."""
    painter.setPen(QPen(QColor(tokens().surface), 1))
    painter.setBrush(ink(part))
    shape = part.dash % 3
    if shape == 0:
        painter.drawEllipse(at, size, size)
    elif shape == 1:
        painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))
    else:
        corners = [(0, -size - 1), (size + 1, size), (-size - 1, size)]
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))


def sign_width(*, line: bool) -> float:
    """Give how wide the sign of a part is: a line needs room for its pattern."""
    return 26.0 if line else 14.0


def stroke(painter: QPainter, box: QRectF, part: Part, *, line: bool) -> None:
    """Draw the sign of a part for legends and read-outs: a square, or a piece of its line."""
    if not line:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(part))
        painter.drawRoundedRect(box.adjusted(2, 0, -2, 0), 2, 2)
        return
    painter.setPen(_pen(part))
    middle = box.center().y()
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))


def _bands(painter: QPainter, data: ChartData, shown: tuple[bool, ...], made: Layout) -> None:
    """Draw where lines go: a dashed one each, and the range of the one that is empty first."""
    if not data.lines:
        return
    found = [
        (line.part, line.band)
        for line, on in zip(data.lines, shown, strict=True)
        if on and line.band
    ]
    soonest = min(found, key=lambda pair: pair[1].likely, default=None)
    if soonest is not None:
        _wedge(painter, soonest[0], soonest[1], made)
    for part, band in found:
        pen = QPen(ink(part), 1.2, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        start = QPointF(made.scale.x(band.at), made.y(band.level))
        painter.drawLine(start, QPointF(made.scale.x(band.likely), made.y(0)))


def _wedge(painter: QPainter, part: Part, band: Band, made: Layout) -> None:
    start = QPointF(made.scale.x(band.at), made.y(band.level))
    first = QPointF(made.scale.x(band.least), made.y(0))
    last = QPointF(made.scale.x(band.most), made.y(0)) if band.most else None
    end = (
        [last]
        if last
        else [QPointF(made.scale.right, start.y()), QPointF(made.scale.right, made.y(0))]
    )
    color = ink(part)
    color.setAlphaF(0.18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([start, *end, first]))


# --- gaps and markers ---------------------------------------------------------------------------


def _gap_words(painter: QPainter, made: Layout) -> None:
    word = said("nobody read it")
    width = painter.fontMetrics().horizontalAdvance(word) + 12
    for begin, end in made.gaps:
        if end - begin < width + 4:
            continue
        box = QRectF((begin + end - width) / 2, (made.top + made.bottom) / 2 - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().surface))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(tokens().muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


def _flag(painter: QPainter, data: ChartData, flag: Flag, made: Layout) -> None:
    marker = flag.markers[0]
    part = next((p for p in data.all_parts if p.key == marker.part), None)
    replaced = marker.sign is Sign.REPLACED and part is not None
    color = ink(part) if replaced and part is not None else QColor(tokens().warning)
    if marker.sign is Sign.STATUS:
        color = QColor(tokens().error)
    x, y = flag.x, made.top - SIGN_ROW / 2 - 1
    painter.setPen(QPen(color, 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(round(x) + 0.5, y + 7), QPointF(round(x) + 0.5, made.bottom))
    draw_sign(painter, QPointF(x, y), marker.sign, color)
    if flag.word:
        painter.setPen(QColor(tokens().muted))
        box = QRectF(x + 9, y - 10, 400, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, flag.word)


def draw_sign(painter: QPainter, at: QPointF, sign: Sign, color: QColor) -> None:
    """Draw a marker. Ring: replaced; square on its corner: status; triangle down: fell; square:
    began anew; triangle up: past its end; cross: the clock.
    """
    painter.save()
    painter.setPen(QPen(color, 1.8))
    painter.setBrush(QColor(tokens().surface))
    x, y = at.x(), at.y()
    if sign is Sign.REPLACED:
        painter.drawEllipse(at, 4.6, 4.6)
    elif sign is Sign.CLOCK:
        painter.drawLine(QPointF(x - 4, y - 4), QPointF(x + 4, y + 4))
        painter.drawLine(QPointF(x - 4, y + 4), QPointF(x + 4, y - 4))
    else:
        painter.setBrush(color)
        corners = _CORNERS.get(sign, _SQUARE)
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
    painter.restore()
