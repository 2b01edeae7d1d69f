"""Two lines that can be clicked: a name, and something small under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from app.ui.tokens import XS
from app.ui.widgets import ElidedLabel


class TwoLines(QPushButton):
    """A row of a list; a screen reader hears both lines."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setAccessibleName(f"{first}, {second}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XS + 2, XS, XS + 2, XS)
        layout.setSpacing(1)
        for words in (ElidedLabel(first), ElidedLabel(second, "small")):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(words)
