"""What a person ticks, picks or switches: check box, radio button, switch.

They are Qt's own buttons (keyboard, screen reader, layout), with marks painted from the tokens.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from app.ui import fonts, icons, poses
from app.ui.theme import tokens
from app.ui.tokens import S

_MARK = 16
_HEIGHT = 24
_SWITCH = QSize(34, 18)


class CheckBox(QCheckBox):
    """A check box; with ``setTristate`` its middle state is a dash."""

    def sizeHint(self) -> QSize:
        """Be as wide as mark and words need."""
        return _hint(self, _MARK)

    def minimumSizeHint(self) -> QSize:
        """Never less than that."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and words."""
        painter = _painter(self)
        box = _mark_box(self, QSize(_MARK, _MARK))
        on = self.checkState() is not Qt.CheckState.Unchecked
        _ground(painter, self, box, 4, on=on)
        if on:
            whole = self.checkState() is Qt.CheckState.Checked
            sign = "check" if whole else "minus"
            icons.draw(painter, sign, _sign_color(self), box.adjusted(2, 2, -2, -2), 3.2)
        _words(painter, self, _MARK)


class RadioButton(QRadioButton):
    """One of several; put those that exclude each other into one parent."""

    def sizeHint(self) -> QSize:
        """Be as wide as mark and words need."""
        return _hint(self, _MARK)

    def minimumSizeHint(self) -> QSize:
        """Never less than that."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and words."""
        painter = _painter(self)
        box = _mark_box(self, QSize(_MARK, _MARK))
        _ground(painter, self, box, _MARK / 2, on=self.isChecked())
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(_sign_color(self)))
            painter.drawEllipse(box.center(), 3, 3)
        _words(painter, self, _MARK)


class Switch(QAbstractButton):
    """Something that is on or off at once, without a button to save it; the words say what."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be as wide as mark and words need."""
        return _hint(self, _SWITCH.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the switch and its words; on has a tick in its knob, so that colour is not all."""
        painter = _painter(self)
        box = _mark_box(self, _SWITCH)
        on = self.isChecked()
        _ground(painter, self, box, _SWITCH.height() / 2, on=on)
        right = on is (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
        radius = _SWITCH.height() / 2 - 4
        x = box.right() - radius - 4 if right else box.left() + radius + 4
        knob = QPointF(x, box.center().y())
        painter.setPen(Qt.PenStyle.NoPen)
        ink = _sign_color(self) if on else tokens().outline
        painter.setBrush(QColor(ink if self.isEnabled() else tokens().muted))
        painter.drawEllipse(knob, radius, radius)
        if on:
            sign = QRectF(0, 0, 8, 8)
            sign.moveCenter(knob)
            ground = tokens().accent if self.isEnabled() else tokens().track
            icons.draw(painter, "check", ground, sign, 4)
        _words(painter, self, _SWITCH.width())


def _painter(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _hint(button: QAbstractButton, mark: int) -> QSize:
    words = QFontMetrics(fonts.body()).horizontalAdvance(button.text()) if button.text() else 0
    return QSize(2 + mark + (S + words if words else 0) + 4, _HEIGHT)


def _mark_box(button: QAbstractButton, size: QSize) -> QRectF:
    left = 2.0
    if button.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        left = button.width() - 2.0 - size.width()
    top = (button.height() - size.height()) / 2
    return QRectF(left, top, size.width(), size.height())


def _ground(
    painter: QPainter, button: QAbstractButton, box: QRectF, radius: float, *, on: bool
) -> None:
    colors = tokens()
    edge = colors.accent if on or poses.hovered(button) else colors.outline
    fill = colors.accent if on else colors.surface
    if not button.isEnabled():
        edge, fill = colors.border, colors.track
    elif poses.pressed(button) and not on:
        fill = colors.accent_tint
    if poses.focused(button):
        painter.setPen(QPen(QColor(colors.focus), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), radius + 2, radius + 2)
        box = box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _sign_color(button: QAbstractButton) -> str:
    return tokens().on_accent if button.isEnabled() else tokens().muted


def _words(painter: QPainter, button: QAbstractButton, mark: int) -> None:
    if not button.text():
        return
    painter.setFont(fonts.body())
    painter.setPen(QColor(tokens().text if button.isEnabled() else tokens().muted))
    room = button.rect().adjusted(2 + mark + S, 0, -1, 0)
    side = Qt.AlignmentFlag.AlignLeft
    if button.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        room = button.rect().adjusted(1, 0, -(2 + mark + S), 0)
        side = Qt.AlignmentFlag.AlignRight
    shown = QFontMetrics(painter.font()).elidedText(
        button.text(), Qt.TextElideMode.ElideRight, room.width()
    )
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(room, flags, shown)
