"""Where something can lie over a window for a while and cover nothing that a person may press."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.ui.tokens import XL, L, S

_PRESSED = (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def free_spot(home: QWidget, size: QSize, without: QWidget) -> QRect:
    """Give the lowest place in ``home`` of this size that covers no control: at the end of the
    line, in its middle, at its beginning. Where there is none, the middle of the lower edge.

    ``without`` is what is to be placed: its own controls do not count.
    """
    taken = list(controls(home, without))
    middle = (home.width() - size.width()) // 2
    columns = (home.width() - size.width() - XL, middle, XL)
    if home.layoutDirection() is home.layoutDirection().RightToLeft:
        columns = columns[::-1]
    lowest = home.height() - size.height() - L
    for top in range(lowest, 0, -S):
        for left in columns:
            spot = QRect(QPoint(left, top), size)
            if not any(spot.intersects(box) for box in taken):
                return spot
    return QRect(QPoint(middle, lowest), size)


def controls(home: QWidget, without: QWidget) -> Iterator[QRect]:
    """Give the places of all controls that are in sight, as much of them as can be seen."""
    for kind in _PRESSED:
        for widget in home.findChildren(kind):
            if widget.isVisible() and not without.isAncestorOf(widget):
                box = _seen(widget, home)
                if not box.isEmpty():
                    yield box


def _seen(widget: QWidget, home: QWidget) -> QRect:
    box = QRect(widget.mapTo(home, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not home:
        box &= QRect(above.mapTo(home, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return box
