"""Grey lines where words will stand: the shape of what is being loaded, and that it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import tokens

_LINE, _GAP = 10, 14
_SHARES = (0.62, 0.88, 0.46, 0.74)


class Skeleton(QWidget):
    """So many lines of uneven length. It does not move: movement is for what a person started."""

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(self.tr("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be as high as the lines."""
        return QSize(200, self._lines * (_LINE + _GAP) - _GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines, from the side where words begin."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().track))
        for number in range(self._lines):
            width = self.width() * _SHARES[number % len(_SHARES)]
            right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = self.width() - width if right else 0.0
            box = QRectF(left, number * (_LINE + _GAP), width, _LINE)
            painter.drawRoundedRect(box, _LINE / 2, _LINE / 2)
