"""A line of the map's side: how many printers are of a kind; clicked, it shows these alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from app.ui import fonts, wording
from app.ui.map.kinds import TONES, Kind, words
from app.ui.map.marks import draw_mark
from app.ui.theme import tokens
from app.ui.tokens import RADIUS_CONTROL

_HEIGHT = 30
_MARK = 30  # the room of the mark
_SMALL = 0.62
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class KindRow(QAbstractButton):
    """A mark, a word, a number. Checked while the map shows this kind alone."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(words(kind))
        self.setFixedHeight(_HEIGHT)
        self.setToolTip(self.tr("Show these alone; once more shows all"))
        self.show_count(0)

    @property
    def count(self) -> int:
        """How many there are."""
        return self._count

    def show_count(self, count: int) -> None:
        """Show so many; nothing can be chosen of none."""
        self._count = count
        self.setAccessibleName(f"{self.text()}: {wording.number(count)}")
        self.setEnabled(count > 0 or self.isChecked())
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of the words."""
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_MARK + wide + 60, _HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Paint the hover."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, mark, word and number."""
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        hovered = self.isEnabled() and self.underMouse()
        if self.isChecked() or hovered:
            painter.setBrush(QColor(colors.accent_tint if self.isChecked() else colors.track))
        pen = QPen(QColor(colors.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(pen)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        middle = box.right() - _MARK / 2 if back else box.left() + _MARK / 2
        painter.save()
        painter.translate(QPointF(middle, self.height() / 2 + 1))
        painter.scale(_SMALL, _SMALL)
        painter.setOpacity(1.0 if self._count else 0.5)
        draw_mark(painter, TONES[self.kind])
        painter.restore()
        self._write(painter, box, back=back)

    def _write(self, painter: QPainter, box: QRectF, *, back: bool) -> None:
        colors = tokens()
        room = box.adjusted(10, 0, -_MARK - 6, 0) if back else box.adjusted(_MARK + 6, 0, -10, 0)
        # As they are said: else Qt turns them round by the direction of the application.
        sides = [side | Qt.AlignmentFlag.AlignAbsolute for side in (_LEFT, _RIGHT)]
        near, far = reversed(sides) if back else sides
        painter.setPen(QColor(colors.text if self._count else colors.muted))
        number = wording.number(self._count)
        painter.setFont(fonts.figures())
        painter.drawText(room, far | Qt.AlignmentFlag.AlignVCenter, number)
        wide = painter.fontMetrics().horizontalAdvance(number) + 10
        rest = room.adjusted(wide, 0, 0, 0) if back else room.adjusted(0, 0, -wide, 0)
        painter.setFont(fonts.strong() if self.isChecked() else fonts.body())
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(rest.width())
        )
        painter.drawText(rest, near | Qt.AlignmentFlag.AlignVCenter, shown)
