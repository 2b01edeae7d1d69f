"""Fixed-width text that may break anywhere: OIDs, URLs and raw values have no word ends."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import fonts
from app.ui.theme import tokens

_FLAGS = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALL = 10_000


class MonoLabel(QWidget):
    """Paints the text and is as tall as its width makes it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._font = fonts.mono()
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Measure the wrapped text."""
        room = QRect(0, 0, max(width, 40), _TALL)
        return QFontMetrics(self._font).boundingRect(room, _FLAGS, self._text).height() + 2

    def hasHeightForWidth(self) -> bool:
        """Say that width decides."""
        return True

    def sizeHint(self) -> QSize:
        """Ask for a usual column."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(QColor(tokens().muted))
        painter.drawText(self.rect(), _FLAGS, self._text)
