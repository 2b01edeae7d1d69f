"""Chips that a person uses: a filter that is on or off, and one that can be taken away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from app.ui import fonts, icons, poses
from app.ui.theme import tokens

_HEIGHT, _SIDE, _SIGN = 26, 10, 12


class FilterChip(QAbstractButton):
    """On or off, with a tick when it is on. With ``removable`` it carries a cross instead:
    ``removed`` by the cross or by Delete.
    """

    removed = Signal()

    def __init__(self, text: str, *, removable: bool = False) -> None:
        super().__init__()
        self._removable = removable
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(not removable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.toggled.connect(lambda _on: self.updateGeometry())
        if removable:
            self.clicked.connect(self.removed)
            self.setAccessibleDescription(self.tr("Press Delete to take it away"))

    def sizeHint(self) -> QSize:
        """Be as wide as word and sign need."""
        words = QFontMetrics(fonts.small()).horizontalAdvance(self.text())
        sign = _SIGN + 6 if self._removable or self.isChecked() else 0
        return QSize(words + sign + 2 * _SIDE, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it away."""
        if self._removable and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, sign and word."""
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.isChecked() or self._removable
        ink = colors.accent if on else colors.text
        fill = colors.accent_tint if on else colors.surface
        if poses.hovered(self) or poses.pressed(self):
            fill = colors.track if not on else colors.accent_tint
        if not self.isEnabled():
            ink, fill = colors.muted, colors.background
        edge = colors.accent if on and self.isEnabled() else colors.border
        pen = QPen(QColor(colors.focus), 2) if poses.focused(self) else QPen(QColor(edge), 1)
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        self._draw_words(painter, ink)

    def _draw_words(self, painter: QPainter, ink: str) -> None:
        room = QRectF(self.rect()).adjusted(_SIDE, 0, -_SIDE, 0)
        left_to_right = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        if self._removable or self.isChecked():
            first = left_to_right is not self._removable
            x = room.left() if first else room.right() - _SIGN
            sign = QRectF(x, (self.height() - _SIGN) / 2, _SIGN, _SIGN)
            icons.draw(painter, "close" if self._removable else "check", ink, sign, 2.4)
            room.adjust(_SIGN + 6 if first else 0, 0, 0 if first else -_SIGN - 6, 0)
        painter.setPen(QColor(ink))
        painter.setFont(fonts.small())
        side = Qt.AlignmentFlag.AlignLeft if left_to_right else Qt.AlignmentFlag.AlignRight
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        shown = QFontMetrics(painter.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, flags, shown)
