"""The card that answers "where does this number come from?"."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.mono_label import MonoLabel
from app.ui.origin import Origin
from app.ui.tokens import XS, M
from app.ui.widgets import IconButton, clear, label

MOST_LINES = 6


class ProvenanceCard(QFrame):
    """Shows one ``Origin``; ``closed`` when the person has read enough."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._origin: Origin | None = None
        self._question = label(role="strong", wrap=True)
        copy = IconButton("copy", self.tr("Copy the explanation"))
        copy.clicked.connect(self._copy)
        close = IconButton("close", self.tr("Close the explanation"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._question, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._body = QVBoxLayout()
        self._body.setSpacing(XS)
        self._body.setContentsMargins(0, 0, XS, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, XS, XS, M)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._body)
        self.hide()

    @property
    def origin(self) -> Origin | None:
        """What is explained at present."""
        return self._origin

    def explain(self, origin: Origin, *, remarks: bool = True) -> None:
        """Show this origin; without ``remarks`` where they stand beside the value anyway."""
        self._origin = origin
        clear(self._body)
        self._question.setText(origin.question)
        self._body.addWidget(label(origin.sentence, wrap=True))
        for line in origin.evidence[:MOST_LINES]:
            self._body.addWidget(MonoLabel(line))
        hidden = len(origin.evidence) - MOST_LINES
        if hidden > 0:
            more = self.tr("and %1 more places").replace("%1", str(hidden), 1)
            self._body.addWidget(label(more, "small"))
        if origin.rule:
            self._body.addWidget(label(origin.rule, "small", wrap=True))
        for remark in origin.remarks if remarks else ():
            self._body.addWidget(label(remark, wrap=True))
        self.setAccessibleName(origin.question)
        self.setAccessibleDescription(origin.sentence)
        self.show()

    def _copy(self) -> None:
        if self._origin is not None:
            QGuiApplication.clipboard().setText(self._origin.as_text())
