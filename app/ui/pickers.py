"""One of a list, and a number: Qt's combo and spin boxes with arrows from the tokens."""

from __future__ import annotations

from typing import Self

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.ui import icons, wording
from app.ui.theme import tokens
from app.ui.tokens import S
from app.ui.widgets import plain_tip

_EDGE = 2  # pixels between a choice and the edge of its room, which Qt does not reckon


class ComboBox(QComboBox):
    """A choice from a list: (what is stored, what is read). ``value`` gives what is stored."""

    def __init__(self, name: str, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        for stored, read in choices:
            self.addItem(read, stored)

    def give_way(self, letters: int = 6) -> Self:
        """Have it be as narrow as so many letters where room is short; its tool tip says all."""
        self.setMinimumContentsLength(letters)
        self.currentTextChanged.connect(self._tell_all)
        return self

    def room(self) -> tuple[int, int]:
        """Give the least width and a comfortable one, for a row where room is short."""
        wanted = min(self.sizeHint().width(), self.maximumWidth())
        letters = self.minimumContentsLength()
        return (min(self.minimumSizeHint().width(), wanted) if letters else wanted, wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in the tool tip what does not fit."""
        super().resizeEvent(event)
        self._tell_all()

    def _words_room(self) -> int:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        return box.width() - _EDGE

    def sizeHint(self) -> QSize:
        """Be so wide that the longest choice is whole."""
        hint = super().sizeHint()
        return QSize(hint.width() + _EDGE, hint.height())

    def _tell_all(self) -> None:
        if self.minimumContentsLength():
            text = self.currentText()
            cut = self.fontMetrics().horizontalAdvance(text) > self._words_room()
            self.setToolTip(plain_tip(text) if cut else "")

    def value(self) -> str:
        """Give what is stored for the choice; empty where nothing is chosen."""
        return str(self.currentData() or "")

    def choose(self, stored: str) -> None:
        """Choose what is stored as this; nothing happens where there is no such choice."""
        found = self.findData(stored)
        if found >= 0:
            self.setCurrentIndex(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then its arrow in the colour of now."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        words = self.fontMetrics()
        option.currentText = words.elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self._words_room()
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        _arrow(self, "down", self.height() / 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change a setting."""
        event.ignore()


class NumberField(QSpinBox):
    """A whole number between two bounds, with its unit behind it."""

    def __init__(self, name: str, least: int, most: int, *, unit: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setGroupSeparatorShown(True)
        self.lineEdit().setTextMargins(S, 0, S, 0)
        if unit:
            self.setSuffix(f" {unit}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then its arrows."""
        super().paintEvent(event)
        _arrow(self, "up", self.height() * 0.32)
        _arrow(self, "down", self.height() * 0.68)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change a setting."""
        event.ignore()


class DecimalField(QDoubleSpinBox):
    """A number with up to two decimals between two bounds, with its unit behind it."""

    def __init__(self, name: str, least: float, most: float, *, unit: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setLocale(wording.locale())
        self.setDecimals(2)
        self.setSingleStep(0.5)
        self.setRange(least, most)
        self.lineEdit().setTextMargins(S, 0, S, 0)
        if unit:
            self.setSuffix(f" {unit}")

    def textFromValue(self, value: float) -> str:
        """Write no decimals that are nought."""
        return self.locale().toString(value, "g", 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then its arrows."""
        super().paintEvent(event)
        _arrow(self, "up", self.height() * 0.32)
        _arrow(self, "down", self.height() * 0.68)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change a setting."""
        event.ignore()


def _arrow(widget: QWidget, name: str, middle: float) -> None:
    size = 12.0 if name == "up" or isinstance(widget, QAbstractSpinBox) else 16.0
    left = widget.width() - size - 8
    if widget.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        left = 8
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = tokens().muted if widget.isEnabled() else tokens().outline
    icons.draw(painter, name, color, QRectF(left, middle - size / 2, size, size), 2)
    painter.end()
