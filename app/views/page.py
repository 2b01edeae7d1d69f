"""What every view has: a title, a line of facts beside it, and its controls on the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.page_header import PageHeader
from app.ui.tokens import XL, L, M

_NARROW, _LOW = 860, 480  # a page with less room than that has smaller margins


class Page(QWidget):
    """A view of the window. Subclasses put controls into ``head`` and the rest into ``body``."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName(title)
        self._header = PageHeader(title)
        self.head = self._header.head
        self.body = QVBoxLayout()
        self.body.setSpacing(M)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, L + 2, XL, L + 2)
        layout.setSpacing(L - 2)
        layout.addWidget(self._header)
        layout.addLayout(self.body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spend less on margins where there is little room."""
        super().resizeEvent(event)
        side = M if event.size().width() < _NARROW else XL
        edge = M - 2 if event.size().height() < _LOW else L + 2
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, edge, side, edge)
            layout.setSpacing(min(edge, L - 2))

    @property
    def header(self) -> PageHeader:
        """The head with the title, the line and the controls."""
        return self._header

    def summarise(self, text: str) -> None:
        """Say the page's content in one line."""
        self._header.summarise(text)

    def focus_first(self) -> None:
        """Give the keyboard to what the view is about."""
        self.setFocus()

    @property
    def summary(self) -> str:
        """The line beside the title."""
        return self._header.summary
