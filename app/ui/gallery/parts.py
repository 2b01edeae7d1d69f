"""How the gallery sets out what it shows: named groups, and rows of one thing in many states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import poses
from app.ui.cards import Card
from app.ui.tokens import L, M, S
from app.ui.widgets import label

STATES = ("normal", "hover", "pressed", "focus", "disabled")
_NAME_WIDTH = 76


def group(title: str, *parts: QWidget) -> Card:
    """Make a card with a title and these parts under each other."""
    card = Card(title)
    card.body.setSpacing(M)
    for part in parts:
        card.body.addWidget(part)
    return card


def in_state(widget: QWidget, state: str) -> QWidget:
    """Bring a widget into one of ``STATES``."""
    if state == "disabled":
        widget.setEnabled(False)
    elif state != "normal":
        poses.pose(widget, state)
    return widget


def states(
    rows: Sequence[tuple[str, Callable[[], QWidget]]], shown: Sequence[str] = STATES
) -> QWidget:
    """Make a table: a row a widget, a column a state."""
    result = QWidget()
    grid = QGridLayout(result)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(M)
    grid.setVerticalSpacing(S)
    grid.setColumnMinimumWidth(0, _NAME_WIDTH)
    for column, state in enumerate(shown, 1):
        grid.addWidget(label(state, "small"), 0, column)
    for number, (name, make) in enumerate(rows, 1):
        grid.addWidget(label(name, "small"), number, 0)
        for column, state in enumerate(shown, 1):
            widget = in_state(make(), state)
            grid.addWidget(widget, number, column, Qt.AlignmentFlag.AlignVCenter)
    grid.setColumnStretch(len(shown) + 1, 1)
    return result


def row(*widgets: QWidget, stretch: bool = True) -> QWidget:
    """Set widgets side by side."""
    result = QWidget()
    layout = QHBoxLayout(result)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(M)
    for widget in widgets:
        layout.addWidget(widget, 0 if stretch else 1)
    if stretch:
        layout.addStretch(1)
    return result


def captioned(caption: str, widget: QWidget) -> QWidget:
    """Set a small caption over a widget."""
    result = QWidget()
    layout = QVBoxLayout(result)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(S // 2)
    layout.addWidget(label(caption, "small"))
    layout.addWidget(widget)
    layout.addStretch(1)
    return result


def columns(*stacks: Sequence[QWidget]) -> QWidget:
    """Set stacks of groups side by side, each as wide as the others."""
    result = QWidget()
    layout = QHBoxLayout(result)
    layout.setContentsMargins(L, L, L, L)
    layout.setSpacing(L)
    for stack in stacks:
        column = QVBoxLayout()
        column.setSpacing(L)
        for part in stack:
            column.addWidget(part)
        column.addStretch(1)
        layout.addLayout(column, 1)
    return result


def right_to_left(widget: QWidget) -> QWidget:
    """Turn a widget and all in it round."""
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for child in widget.findChildren(QWidget):
        child.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return widget
