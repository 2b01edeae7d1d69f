"""What every step of setting up has: a title, a sentence, its content, its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.tokens import XS, L, M
from app.ui.widgets import label


class StepPage(QWidget):
    """Put the content into ``body`` and the buttons into ``foot``, the one that goes on first."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.title = label(title, "title", wrap=True)
        self.sentence = label(sentence, "muted", wrap=True, select=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(M)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(M)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addSpacing(L)
        layout.addLayout(self.body)
        layout.addSpacing(L)
        layout.addLayout(self.foot)
        layout.addStretch(1)

    def say(self, title: str, sentence: str) -> None:
        """Say something else at the head."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.setAccessibleName(title)

    def focus_first(self) -> None:
        """Give the keyboard to what the step is about."""
        self.setFocus()
