"""What a screen reader, or the keyboard alone, would not find its way with."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from tests.support.pseudo import widget_name

_USED = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


def used(home: QWidget) -> Iterator[QWidget]:
    """Give everything in sight that a person can use: what takes the keyboard, or is pressed."""
    for widget in home.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QHeaderView | QScrollBar):
            continue
        inside = widget.parentWidget()
        if isinstance(inside, QLineEdit | QAbstractSpinBox | QComboBox | QAbstractScrollArea):
            continue  # a part of it, or what it shows
        if isinstance(widget, _USED) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget


def unnamed(home: QWidget) -> list[str]:
    """Say what has no name for a screen reader."""
    found = []
    for widget in used(home):
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        if not name.strip() and not _scrolls_only(widget):
            found.append(widget_name(widget))
    return found


def _scrolls_only(widget: QWidget) -> bool:
    """Whether it is only the frame of something that has names of its own."""
    own = type(widget).focusPolicy(widget)
    return isinstance(widget, QAbstractScrollArea) and own == Qt.FocusPolicy.NoFocus


def unreachable(home: QWidget) -> list[str]:
    """Say what can be pressed and not be reached by Tab, nor by arrows in a group."""
    found = []
    for widget in used(home):
        by_arrows = isinstance(widget, QAbstractButton) and widget.group() is not None
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.isEnabled() and not takes and not by_arrows:
            found.append(f"{widget_name(widget)} {widget.accessibleName()!r}")
    return found
