"""The head of a view: its title, a line that says what it holds, its controls on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.fitting import FittingRow
from app.ui.widgets import ElidedLabel, label, plain_tip


class PageHeader(QWidget):
    """Put controls into ``head``; the most important one last. Where room is short, fields shrink,
    buttons that know how show their icon alone, and at last the line goes into the title's tip.
    """

    def __init__(self, title: str, summary: str = "") -> None:
        super().__init__()
        self._title = label(title, "title")
        self._summary = ElidedLabel(role="small")
        self.head = FittingRow(self._summary)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.addWidget(self._title)
        self.head.addWidget(self._summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.head)
        self.summarise(summary)

    def summarise(self, text: str) -> None:
        """Say the content in one line: "24 printers · 2 need attention"."""
        self._summary.setText(text)
        self._title.setToolTip(plain_tip(text))
        self._title.setAccessibleDescription(text)

    @property
    def summary(self) -> str:
        """The line beside the title."""
        return self._summary.full_text()
