"""How far something is: a share, or a piece that moves to and fro while nobody knows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from app.ui import poses
from app.ui.theme import tokens

_HEIGHT = 8
_STEP_MS = 40
_ROUND = 80  # steps from one end to the other and back
_PIECE = 0.3


class ProgressBar(QProgressBar):
    """A thin bar without words; ``setRange(0, 0)`` is "nobody knows how far"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = 12
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._move)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be thin."""
        return QSize(160, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Live with little room."""
        return QSize(40, _HEIGHT)

    def setRange(self, least: int, most: int) -> None:
        """Take the range; one without extent moves for as long as it is shown."""
        super().setRange(least, most)
        self._see()

    def showEvent(self, event: QShowEvent) -> None:
        """Move while shown."""
        super().showEvent(event)
        self._see()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track and what is done of it."""
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, (self.height() - _HEIGHT) / 2, self.width(), _HEIGHT)
        outline = QPainterPath()
        outline.addRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)
        painter.fillPath(outline, QColor(colors.track))
        painter.setClipPath(outline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent if self.isEnabled() else colors.muted))
        painter.drawRoundedRect(self._done(box), _HEIGHT / 2, _HEIGHT / 2)

    def _done(self, box: QRectF) -> QRectF:
        extent = self.maximum() - self.minimum()
        if extent == 0:
            width = box.width() * _PIECE
            way = abs(self._step % _ROUND - _ROUND / 2) / (_ROUND / 2)
            return QRectF(box.left() + (box.width() - width) * (1 - way), box.top(), width, _HEIGHT)
        share = (self.value() - self.minimum()) / extent
        width = max(0.0, share) * box.width()
        right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QRectF(box.right() - width if right else box.left(), box.top(), width, _HEIGHT)

    def _see(self) -> None:
        still = self.property(poses.POSE) is not None
        if self.maximum() == self.minimum() and self.isVisible() and not still:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def _move(self) -> None:
        self._step += 1
        self.update()
