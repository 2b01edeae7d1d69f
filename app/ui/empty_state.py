"""What stands where there is nothing yet: why, and the next step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import tokens
from app.ui.tokens import L, S
from app.ui.widgets import button, label

_MARK = 44
_TEXT_WIDTH, _LEAST_WIDTH = 380, 280


class _Mark(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(_MARK, _MARK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.draw(painter, self._icon, tokens().muted, QRectF(self.rect()), stroke=1.1)


class EmptyState(QWidget):
    """An icon, a sentence, a button for the next step. ``acted`` when it was pressed."""

    acted = Signal()

    def __init__(self, icon: str, *, primary: bool = True) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignCenter
        self._title = label(role="heading")
        self._title.setAlignment(centre)
        self._text = label(role="muted", wrap=True)
        self._text.setAlignment(centre)
        self._button = button("", "primary" if primary else "")
        self._button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setSpacing(S)
        layout.addStretch(2)
        layout.addWidget(_Mark(icon), 0, centre)
        layout.addWidget(self._title, 0, centre)
        layout.addWidget(self._text, 0, centre)
        row = QHBoxLayout()
        row.setContentsMargins(0, L, 0, 0)
        row.addStretch(1)
        row.addWidget(self._button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)

    def say(self, title: str, text: str, action: str = "") -> None:
        """Say why there is nothing, and what to do."""
        self._title.setText(title)
        self._text.setText(text)
        self._wrap()
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(title)

    def minimumSizeHint(self) -> QSize:
        """Live with a narrow place: the words take more lines there."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words for the room there is."""
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        room = self.contentsRect().width() - 2 * L
        width = max(min(_TEXT_WIDTH, room), _LEAST_WIDTH - 2 * L)
        self._text.setFixedSize(width, max(self._text.heightForWidth(width), 0))
