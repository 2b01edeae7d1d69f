"""The button of the header that looks like a field: it opens the command palette."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from app.ui.key_hint import KeyHint
from app.ui.tokens import S
from app.ui.widgets import ElidedLabel, plain_tip

_WIDTH = 250
_LEAST_WORDS = 60  # of the words; less says nothing


class SearchButton(QPushButton):
    """Words at the left, its keys at the right; it gives way where room is short."""

    def __init__(self, text: str, keys: str) -> None:
        super().__init__()
        self.setProperty("kind", "field")
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = ElidedLabel(text, "muted")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._keys = KeyHint(keys)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(S + 2, 0, S, 0)
        layout.addWidget(words, 1)
        layout.addWidget(self._keys)

    def sizeHint(self) -> QSize:
        """Take the room of a field."""
        return QSize(_WIDTH, 32)

    def minimumSizeHint(self) -> QSize:
        """Live with the room of its keys and a word."""
        return QSize(_LEAST_WORDS + self._keys.sizeHint().width() + 3 * S, 32)
