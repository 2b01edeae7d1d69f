"""A few choices of which one holds, side by side: day, week, month."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QWidget

from app.ui import fonts, poses
from app.ui.theme import tokens
from app.ui.tokens import CONTROL_HEIGHT, RADIUS_CONTROL, M

_EDGE = 2


class _Segment(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        # The width of the chosen one, so that nothing moves when another is chosen.
        words = QFontMetrics(fonts.strong()).horizontalAdvance(self.text())
        return QSize(words + 2 * M, CONTROL_HEIGHT - 2 * _EDGE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's own arrows would choose without a click, and so without anybody hearing of it.
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        edge = QPen(QColor(colors.outline if on else colors.track), 1)
        if poses.focused(self):
            edge = QPen(QColor(colors.focus), 2)
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(edge)
        held = poses.hovered(self) or poses.pressed(self)
        painter.setBrush(QColor(colors.surface if on else colors.raised if held else colors.track))
        painter.drawRoundedRect(box, RADIUS_CONTROL - 2, RADIUS_CONTROL - 2)
        painter.setFont(fonts.strong() if on else fonts.body())
        loud = self.isEnabled() and (on or held)
        painter.setPen(QColor(colors.text if loud else colors.muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class SegmentedControl(QFrame):
    """Choices as (key, word). ``chosen`` gives the key that a person picked; arrows move."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._parts: dict[str, _Segment] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        layout.setSpacing(_EDGE)
        for key, word in choices:
            part = _Segment(word)
            part.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(part)
            self._parts[key] = part
            layout.addWidget(part)
        if choices:
            self.choose(choices[0][0])

    @property
    def key(self) -> str:
        """The key of the choice that holds."""
        return next((key for key, part in self._parts.items() if part.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without saying so."""
        self._parts[key].setChecked(True)

    def part(self, key: str) -> QAbstractButton:
        """Give the button of one choice: to disable it or to give it a tool tip."""
        return self._parts[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys choose."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        keys = [key for key, part in self._parts.items() if part.isEnabled()]
        if step is None or self.key not in keys:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        wanted = keys[(keys.index(self.key) + step) % len(keys)]
        self.choose(wanted)
        self._parts[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(wanted)
