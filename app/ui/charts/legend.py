"""The legend of a chart: each part is a button that shows or hides it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.ui import fonts, poses
from app.ui.charts import paint as chart_paint
from app.ui.charts.data import Part
from app.ui.theme import tokens
from app.ui.tokens import RADIUS_CONTROL, XS
from app.ui.widgets import clear

_HEIGHT, _LONGEST = 24, 150


class LegendButton(QAbstractButton):
    """One part: the sign of its line or bar and its name; hidden ones have an empty sign."""

    def __init__(self, part: Part, *, line: bool, on: bool) -> None:
        super().__init__()
        self.part = part
        self._line = line
        self._mark = round(chart_paint.sign_width(line=line))
        self.setText(part.name)
        self.setAccessibleName(part.name)
        self.setToolTip(self.tr("Show or hide"))
        self.setCheckable(True)
        self.setChecked(on)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Be as wide as sign and name need, within reason."""
        words = QFontMetrics(fonts.small()).horizontalAdvance(self.text())
        return QSize(self._mark + 6 + min(words, _LONGEST) + 13, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Live with the sign and a few letters."""
        return QSize(self._mark + 40, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign and name."""
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(1, 1, -1, -1)
        if poses.hovered(self) or self.hasFocus():
            edge = QPen(QColor(colors.focus), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(edge)
            painter.setBrush(QColor(colors.track))
            painter.drawRoundedRect(box, RADIUS_CONTROL - 1, RADIUS_CONTROL - 1)
        mark = QRectF(6, self.height() / 2 - 5, self._mark, 10)
        if self.isChecked():
            chart_paint.stroke(painter, mark, self.part, line=self._line)
        else:
            painter.setPen(QPen(QColor(colors.outline), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(mark.adjusted(2.5, 0.5, -2.5, -0.5), 2, 2)
        painter.setPen(QColor(colors.text if self.isChecked() else colors.muted))
        font = fonts.small()
        font.setStrikeOut(not self.isChecked())
        painter.setFont(font)
        room = QRectF(self.rect()).adjusted(6 + self._mark + 6, 0, -4, 0)
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Legend(QWidget):
    """All parts side by side. ``toggled`` gives which are shown, in their order."""

    toggled = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Legend"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(XS)
        self._buttons: list[LegendButton] = []
        self._hidden: set[str] = set()
        self._met: set[str] = set()

    @property
    def shown(self) -> tuple[bool, ...]:
        """Which parts are shown, in their order."""
        return tuple(button.isChecked() for button in self._buttons)

    @property
    def buttons(self) -> tuple[LegendButton, ...]:
        """The buttons, in order."""
        return tuple(self._buttons)

    def show_parts(
        self, parts: tuple[Part, ...], *, line: bool, hidden: frozenset[str] = frozenset()
    ) -> None:
        """Show these parts. ``hidden`` ones (keys) begin hidden; what a person chose is kept."""
        fresh = {part.key for part in parts} - self._met
        self._hidden |= fresh & hidden
        self._met |= fresh
        clear(self._row)
        self._buttons = []
        for part in parts:
            made = LegendButton(part, line=line, on=part.key not in self._hidden)
            made.toggled.connect(lambda on, key=part.key: self._toggle(key, on))
            self._row.addWidget(made)
            self._buttons.append(made)
        self._row.addStretch(1)

    def _toggle(self, key: str, on: bool) -> None:
        (self._hidden.discard if on else self._hidden.add)(key)
        self.toggled.emit(self.shown)
