"""What the bars of the map mean; its marks stand beside their words at the side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.paint import draw_level
from app.ui.theme import tokens
from app.ui.tokens import M, S
from app.ui.widgets import label
from core.model.reading import LevelState


class _Bar(QWidget):
    """A small supply bar in a state."""

    def __init__(self, state: LevelState, percent: float | None) -> None:
        super().__init__()
        self._state, self._percent = state, percent
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(26, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, self.height() / 2 - 3, 24, 6)
        draw_level(painter, box, tokens().toner_c, self._state, self._percent)


class MapLegend(QWidget):
    """Explains the bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(label(self.tr("The bar under a printer"), "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S - 2)
        grid.setColumnStretch(1, 1)
        for row, (mark, text) in enumerate(self._rows()):
            grid.addWidget(mark, row, 0)
            grid.addWidget(label(text, "small", wrap=True), row, 1)
        layout.addLayout(grid)

    def _rows(self) -> tuple[tuple[QWidget, str], ...]:
        some, unknown = LevelState.SOME_REMAINING, LevelState.UNKNOWN
        return (
            (_Bar(LevelState.OK, 40.0), self.tr("what is left of the supply that ends first")),
            (_Bar(some, None), self.tr("some left, amount unknown")),
            (_Bar(unknown, None), self.tr("the printer does not tell")),
        )
