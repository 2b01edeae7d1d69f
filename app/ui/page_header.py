"""The head of a view: its title, a line that says what it holds, its controls on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.tokens import M
from app.ui.widgets import ElidedLabel, label


class PageHeader(QWidget):
    """Put controls into ``head``; the most important one last."""

    def __init__(self, title: str, summary: str = "") -> None:
        super().__init__()
        self._title = label(title, "title")
        self._summary = ElidedLabel(summary, "small")
        self.head = QHBoxLayout()
        self.head.setSpacing(M)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(M)
        layout.addWidget(self._title)
        layout.addWidget(self._summary, 1)
        layout.addLayout(self.head)

    def summarise(self, text: str) -> None:
        """Say the content in one line: "24 printers · 2 need attention"."""
        self._summary.setText(text)

    @property
    def summary(self) -> str:
        """The line beside the title."""
        return self._summary.full_text()
