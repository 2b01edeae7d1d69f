"""What every view has: a title, a line of facts beside it, and its controls on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.tokens import XL, L, M
from app.ui.widgets import ElidedLabel, label


class Page(QWidget):
    """A view of the window. Subclasses put controls into ``head`` and the rest into ``body``."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName(title)
        self._summary = ElidedLabel(role="small")
        self.head = QHBoxLayout()
        self.head.setSpacing(M)
        self.head.addWidget(label(title, "title"))
        self.head.addWidget(self._summary, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(M)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, L + 2, XL, L + 2)
        layout.setSpacing(L - 2)
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)

    def summarise(self, text: str) -> None:
        """Say the page's content in one line."""
        self._summary.setText(text)

    def focus_first(self) -> None:
        """Give the keyboard to what the view is about."""
        self.setFocus()

    @property
    def summary(self) -> str:
        """The line beside the title."""
        return self._summary.full_text()
