"""The chart: axes, bars or curves, a cross-hair with its read-out, zoom and pan."""

from __future__ import annotations

from datetime import UTC, tzinfo

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.ui.charts import paint as chart_paint
from app.ui.charts import readout as chart_readout
from app.ui.charts.data import ChartData
from app.ui.charts.layout import Layout
from app.ui.charts.readout import Readout
from app.ui.charts.span import LEAST, Span
from app.ui.charts.tip import ChartTip
from app.ui.theme import tokens
from app.ui.tokens import RADIUS_CONTROL

_NOTHING = ChartData(Span(0, 1))
_CLOSER, _MOVE = 0.8, 0.15
_LEAST_BUCKETS = 3
_A_NOTCH = 120


class Chart(QWidget):
    """Shows ``ChartData``. ``span_changed`` gives the ``Span`` after a person zoomed or moved,
    ``pointed`` the time that a person points at (``None``: at none), ``asked`` the time whose
    values a person wants to know the origin of.

    Wheel, + and - zoom, 0 shows all again; dragging and Shift with the arrows move; the arrows step
    from value to value, Home and End to the first and the last in sight; a click or Enter asks.
    """

    asked = Signal(float)
    span_changed = Signal(object)
    pointed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(128)
        self.zone: tzinfo = UTC
        self._data = _NOTHING
        self._shown: tuple[bool, ...] = ()
        self._span = _NOTHING.bounds
        self._made: Layout | None = None
        self._at: float | None = None
        self._drag: tuple[float, Span] | None = None
        self._dragged = False
        self._tip = ChartTip(self)
        self._click = QTimer(self)
        self._click.setSingleShot(True)
        self._click.timeout.connect(self._ask)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def data(self) -> ChartData:
        """What is shown."""
        return self._data

    @property
    def shown(self) -> tuple[bool, ...]:
        """Which parts are drawn."""
        return self._shown

    @property
    def span(self) -> Span:
        """The time that is in sight."""
        return self._span

    @property
    def at(self) -> float | None:
        """The time that a person points at."""
        return self._at

    @property
    def tip(self) -> ChartTip:
        """The read-out beside the cross-hair."""
        return self._tip

    @property
    def zoomed(self) -> bool:
        """Whether less than all is in sight."""
        return self._span.length < self._data.bounds.length * 0.999

    def show_data(self, data: ChartData, shown: tuple[bool, ...], span: Span | None = None) -> None:
        """Show other data; without ``span`` all of its time is in sight."""
        self._data, self._shown = data, shown
        self._span = data.bounds if span is None else span.within(data.bounds)
        self._renew()

    def show_parts(self, shown: tuple[bool, ...]) -> None:
        """Draw these parts alone."""
        self._shown = shown
        self._renew()

    def show_span(self, span: Span) -> None:
        """Bring a time into sight, without a word about it."""
        self._span = span.within(self._data.bounds)
        self._renew()

    def point_at(self, at: float | None) -> None:
        """Put the cross-hair there, without a word about it: the read-out stays away."""
        if at != self._at:
            self._at = at
            self._tip.leave()
            self.update()

    def readout(self) -> Readout | None:
        """Say what the cross-hair is at."""
        if self._at is None or self._data.empty:
            return None
        near = chart_readout.nearness(self._span.length)
        return chart_readout.read(self._data, self._shown, self._at, self.zone, near)

    def layout_now(self) -> Layout:
        """Give where everything is."""
        if self._made is None:
            size = (float(self.width()), float(self.height()))
            self._made = chart_paint.arrange(self._data, self._shown, self._span, size, self.zone)
        return self._made

    def sizeHint(self) -> QSize:
        """Take what there is."""
        return QSize(640, 128)

    # --- zoom -----------------------------------------------------------------------------------

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Show ``factor`` times as much time, around ``at`` or what is pointed at."""
        middle = (self._span.since + self._span.until) / 2
        around = at if at is not None else self._at if self._at is not None else middle
        self._go(self._span.zoomed(factor, around, self._data.bounds, self._least()))

    def show_all(self) -> None:
        """Show all of the time again."""
        self._go(self._data.bounds)

    def _least(self) -> float:
        columns = self._data.columns
        if not columns:
            return LEAST
        return _LEAST_BUCKETS * (columns[-1].end - columns[-1].start)

    def _go(self, span: Span) -> None:
        if span == self._span:
            return
        self._span = span
        self._renew()
        self.span_changed.emit(span)

    def _renew(self) -> None:
        self._made = None
        if self._tip.isVisible():
            self._tell()
        self.update()

    # --- pointing -------------------------------------------------------------------------------

    def _point(self, at: float | None, *, aloud: bool = False) -> None:
        made = self.layout_now()
        if at is not None and not made.scale.span.holds(at):
            at = None
        self._at = at
        self._tell()
        self.pointed.emit(at)
        self.update()
        found = self.readout()
        if aloud and found is not None:
            self.setAccessibleDescription(found.as_text())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, found.as_text()))

    def _tell(self) -> None:
        found = self.readout()
        if found is None:
            self._tip.leave()
            return
        made = self.layout_now()
        at = QPointF(made.scale.x(found.at), made.top)
        self._tip.tell(found, at, lines=not self._data.stacked or bool(self._data.lines))

    # --- pointer --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, or the cross-hair."""
        x = event.position().x()
        made = self.layout_now()
        if self._drag is not None:
            width = max(made.scale.right - made.scale.left, 1.0)
            start, span = self._drag
            self._dragged = self._dragged or abs(start - x) >= QApplication.startDragDistance()
            self._go(span.moved((start - x) / width, self._data.bounds))
            return
        inside = made.scale.left <= x <= made.scale.right
        self._point(made.scale.at(x) if inside else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag, self._dragged = (event.position().x(), self._span), False
            if self.zoomed:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go; where nothing was dragged it was a click, or the first of two."""
        clicked = self._drag is not None and not self._dragged
        self._drag = None
        self.unsetCursor()
        if clicked and self.zoomed:
            self._click.start(QApplication.doubleClickInterval())
        elif clicked:
            self._ask()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show all again."""
        self._click.stop()
        self.show_all()

    def _ask(self) -> None:
        found = self.readout()
        if found is not None:
            self._tip.leave()
            self.asked.emit(found.at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; sideways moves; what cannot be had scrolls the page."""
        before, turn = self._span, event.angleDelta()
        if abs(turn.x()) > abs(turn.y()):
            self._go(self._span.moved(-_MOVE * turn.x() / _A_NOTCH, self._data.bounds))
        else:
            at = self.layout_now().scale.at(event.position().x())
            self.zoom(_CLOSER ** (turn.y() / _A_NOTCH), at)
        event.setAccepted(before != self._span)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing, unless the keyboard does."""
        if not self.hasFocus():
            self._point(None)
        else:
            self._tip.leave()
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the read-out along."""
        self._tip.leave()
        super().hideEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing any more."""
        self._point(None)
        super().focusOutEvent(event)

    # --- keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, move, zoom; what is not ours goes on to the page."""
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._arrow(1 if key == Qt.Key.Key_Right else -1, move=shift)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Up}:
            self.zoom(_CLOSER)
        elif key in {Qt.Key.Key_Minus, Qt.Key.Key_Down}:
            self.zoom(1 / _CLOSER)
        elif key == Qt.Key.Key_0:
            self.show_all()
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._step_to(self._span.since if key == Qt.Key.Key_Home else self._span.until)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._ask()
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self._point(None)
        else:
            super().keyPressEvent(event)

    def _arrow(self, by: int, *, move: bool) -> None:
        if move:
            self._go(self._span.moved(by * _MOVE, self._data.bounds))
            return
        at = chart_readout.step(self._data, self._shown, self._at, by)
        if at is not None:
            self._go(self._span.showing(at, self._data.bounds))
            self._point(at, aloud=True)

    def _step_to(self, edge: float) -> None:
        """Step to the value in sight that is nearest to an edge of what is in sight."""
        stops = chart_readout.stops(self._data, self._shown)
        found = [at for at in stops if self._span.holds(at)]
        if found:
            self._point(min(found, key=lambda at: abs(at - edge)), aloud=True)

    # --- painting -------------------------------------------------------------------------------

    def resizeEvent(self, _event: object) -> None:
        """Lay it out anew."""
        self._made = None

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange}:
            self._made = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chart, the cross-hair, and the ring of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        made = self.layout_now()
        chart_paint.draw(painter, self._data, self._shown, made)
        if self._at is not None and made.scale.span.holds(self._at):
            chart_paint.crosshair(painter, made, self._at)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = self.rect().toRectF().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
