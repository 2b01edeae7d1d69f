"""The keys of a command, as caps: Ctrl K."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget


class KeyHint(QLabel):
    """Shows a key sequence as this system writes it; only a hint, so the pointer goes through."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        written = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(written.replace("+", " "))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "key")
        self.setAccessibleName(written)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)
