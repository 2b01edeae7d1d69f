"""What lies over something else in a window, or is cut, as a person would see it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSplitter,
    QWidget,
)

from app.ui.key_hint import KeyHint
from app.ui.widgets import ChipLabel, ElidedLabel
from tests.support.pseudo import cut_off, widget_name

_CONTROLS = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QLabel, ChipLabel)
_SLACK = 1  # px


def faults(home: QWidget, *, over: QWidget | None = None) -> list[str]:
    """Say what is wrong in a window; ``over`` is looked at instead where it lies over all."""
    inside = over or home
    found = [f"{said}" for _, said in cut_off(inside)]
    return [*found, *_overlaps(inside), *_outside(inside), *_silent(inside), *_low(inside)]


def controls(home: QWidget) -> list[QWidget]:
    """Give what can be used or read and is in sight."""
    return [w for w in home.findChildren(QWidget) if isinstance(w, _CONTROLS) and _seen(w)]


def place(widget: QWidget, home: QWidget) -> QRect:
    """Give what of a widget can be seen, in the coordinates of ``home``."""
    box = QRect(widget.mapTo(home, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not home:
        box &= QRect(above.mapTo(home, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return box


def _seen(widget: QWidget) -> bool:
    if not widget.isVisible() or widget.width() == 0 or isinstance(widget, KeyHint):
        return False
    if isinstance(widget, QLabel) and not widget.text():
        return False
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QLineEdit | QAbstractItemView | QAbstractSpinBox | QComboBox):
            return False  # a part of it
        above = above.parentWidget()
    return True


def _overlaps(home: QWidget) -> Iterator[str]:
    found = [(w, place(w, home)) for w in controls(home)]
    for number, (one, box) in enumerate(found):
        for other, its in found[number + 1 :]:
            if one.isAncestorOf(other) or other.isAncestorOf(one):
                continue
            common = box & its
            if common.width() > _SLACK and common.height() > _SLACK:
                yield f"{_said(one)} and {_said(other)} share {common.width()}x{common.height()}"


def _outside(home: QWidget) -> Iterator[str]:
    """Look for what is cut by the edge of what it stands in, where nobody can scroll to it."""
    for widget in controls(home):
        above = widget.parentWidget()
        box = widget.geometry()
        while above is not None and above is not home.parentWidget():
            if isinstance(above.parentWidget(), QAbstractScrollArea | QSplitter):
                break
            if not above.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(box):
                yield f"{_said(widget)} is cut by {type(above).__name__}"
                break
            box = box.translated(above.pos())
            above = above.parentWidget()


def _silent(home: QWidget) -> Iterator[str]:
    """Look for words that are shortened and tell the whole nowhere."""
    for widget in controls(home):
        if isinstance(widget, ElidedLabel):
            if widget.text() != widget.full_text() and not widget.toolTip():
                yield f"{_said(widget)} is shortened and has no tool tip"
        elif isinstance(widget, QComboBox):
            words = widget.fontMetrics().horizontalAdvance(widget.currentText())
            if words > widget.width() - 30 and not widget.toolTip():
                yield f"{_said(widget)} is shortened and has no tool tip"
        elif isinstance(widget, ChipLabel) and not widget.toolTip() and _chip_cut(widget):
            yield f"{_said(widget)} is shortened and has no tool tip"


def _chip_cut(chip: ChipLabel) -> bool:
    return chip.width() < chip.sizeHint().width()


def _low(home: QWidget) -> Iterator[str]:
    """Look for lines that are cut below."""
    for widget in controls(home):
        if not isinstance(widget, QLabel) or isinstance(widget, ElidedLabel):
            continue
        wraps = widget.wordWrap()
        needs = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
        if widget.height() + _SLACK < needs:
            yield f"{_said(widget)} has {widget.height()} of {needs} in height"


def _said(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return f"{widget_name(widget)} {text or widget.accessibleName()!r}"
