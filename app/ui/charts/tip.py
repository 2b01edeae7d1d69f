"""The read-out beside the cross-hair of a chart."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui import fonts
from app.ui.charts import paint as chart_paint
from app.ui.charts.readout import Readout
from app.ui.theme import tokens
from app.ui.tokens import RADIUS_CONTROL

_EDGE, _LINE, _WIDEST = 10.0, 18.0, 330.0
_ASIDE = 14
_WRAP = Qt.TextFlag.TextWordWrap


class ChartTip(QWidget):
    """Lives in the window over everything, and never takes the pointer."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__(chart)
        self._chart = chart
        self._shown: Readout | None = None
        self._lines = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def readout(self) -> Readout | None:
        """What is said, while it is."""
        return self._shown if self.isVisible() else None

    def tell(self, found: Readout, at: QPointF, *, lines: bool) -> None:
        """Say this beside a place of the chart."""
        home = self._chart.window()
        if self.parent() is not home:
            self.setParent(home)
        self._shown, self._lines = found, lines
        width = self._width()
        self.resize(int(width) + 1, int(self._height(width)) + 1)
        corner = self._chart.mapTo(home, at.toPoint())
        x = corner.x() + _ASIDE
        if x + self.width() > home.width() - 4:
            x = corner.x() - _ASIDE - self.width()
        y = min(corner.y(), home.height() - self.height() - 4)
        self.move(max(4, x), max(4, y))
        self.show()
        self.raise_()
        self.update()

    def leave(self) -> None:
        """Say nothing more."""
        self._shown = None
        self.hide()

    @property
    def _mark(self) -> float:
        return chart_paint.sign_width(line=self._lines)

    def _notes(self) -> tuple[str, ...]:
        found = self._shown
        if found is None:
            return ()
        more = self.tr("Click or Enter: where do they come from?") if found.origin else ""
        return tuple(note for note in (*found.remarks, found.origin, more) if note)

    def _width(self) -> float:
        found = self._shown
        if found is None:
            return 0.0
        strong, body = QFontMetricsF(fonts.strong()), QFontMetricsF(fonts.figures())
        small = QFontMetricsF(fonts.small())
        widths = [strong.horizontalAdvance(found.title)]
        widths += [
            self._mark
            + 6
            + body.horizontalAdvance(row.part.name)
            + 24
            + body.horizontalAdvance(row.text)
            for row in found.rows
        ]
        widths += [small.horizontalAdvance(line) for n in self._notes() for line in n.split("\n")]
        return min(max(widths) + 2 * _EDGE + 2, _WIDEST)

    def _height(self, width: float) -> float:
        found = self._shown
        rows = 0 if found is None else len(found.rows)
        notes = sum(self._note_box(note, width).height() + 3 for note in self._notes())
        return 2 * _EDGE + _LINE + rows * _LINE + (notes + 5 if notes else 0) - 2

    def _note_box(self, note: str, width: float) -> QRectF:
        room = QRectF(0, 0, width - 2 * _EDGE, 1000)
        return QFontMetricsF(fonts.small()).boundingRect(room, _WRAP, note)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        found = self._shown
        if found is None:
            return
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.outline), 1))
        painter.setBrush(QColor(colors.raised))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setPen(QColor(colors.text))
        painter.setFont(fonts.strong())
        inner = self.width() - 2 * _EDGE
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(_EDGE, _EDGE - 2, inner, _LINE), left, found.title)
        y = _EDGE + _LINE
        painter.setFont(fonts.figures())
        for row in found.rows:
            if row.part.key:
                mark = QRectF(_EDGE, y + _LINE / 2 - 5, self._mark, 10)
                chart_paint.stroke(painter, mark, row.part, line=self._lines)
            painter.setPen(QColor(colors.text))
            words = QRectF(_EDGE + self._mark + 6, y, inner - self._mark - 6, _LINE)
            painter.drawText(words, left, row.part.name)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, right, row.text)
            y += _LINE
        self._draw_notes(painter, y + 5)

    def _draw_notes(self, painter: QPainter, y: float) -> None:
        painter.setFont(fonts.small())
        painter.setPen(QColor(tokens().muted))
        for note in self._notes():
            box = self._note_box(note, self.width()).translated(_EDGE, y)
            painter.drawText(
                QRectF(_EDGE, y, self.width() - 2 * _EDGE, box.height() + 2), _WRAP, note
            )
            y += box.height() + 3
