"""A list in a card, and beside it a pane that tells more of what was chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

_HANDLE = 14
_REST = 10_000  # more than there ever is: the list has what the pane leaves


def list_card(content: QWidget, bar: QWidget, least: int) -> QFrame:
    """Give the card of a list, and under it what can be done with the selected rows."""
    card = QFrame()
    card.setProperty("role", "card")
    inner = QVBoxLayout(card)
    inner.setContentsMargins(1, 1, 1, 1)
    inner.setSpacing(0)
    inner.addWidget(content, 1)
    inner.addWidget(bar)
    card.setMinimumWidth(least)
    return card


def beside(card: QWidget, pane: QWidget, least: int, width: int) -> QSplitter:
    """Put the pane beside the card: ``width`` pixels at first, never under ``least``."""
    split = QSplitter(Qt.Orientation.Horizontal)
    split.setHandleWidth(_HANDLE)
    split.setChildrenCollapsible(False)
    split.addWidget(card)
    split.addWidget(pane)
    split.setStretchFactor(0, 1)
    split.setStretchFactor(1, 0)
    share(split, width)
    pane.setMinimumWidth(least)
    return split


def share(split: QSplitter, width: int) -> None:
    """Give the pane so many pixels, and the list what is left."""
    split.setSizes([_REST, width])
