"""The panel that answers where the values of one time of a chart come from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.mono_label import MonoLabel
from app.ui.origin import Origin
from app.ui.popover import Popover
from app.ui.tokens import XS, M, S
from app.ui.widgets import IconButton, clear, label

_WIDTH, _TALLEST = 380, 420


class OriginsPanel(Popover):
    """Opens beside a place of a chart; Escape gives the keyboard back to the chart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _WIDTH)
        self._text = ""
        self._place = QPoint()
        self.setAccessibleName(self.tr("Where do these numbers come from?"))
        self._title = label(role="strong", wrap=True)
        self._copy = IconButton("copy", self.tr("Copy the explanation"))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        close = IconButton("close", self.tr("Close the explanation"))
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        for each in (self._copy, close):
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        self._inner = QWidget()
        self._body = QVBoxLayout(self._inner)
        self._body.setContentsMargins(0, 0, S, 0)
        self._body.setSpacing(XS)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("Explanations"))
        self._scroll.setWidget(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, S, S, M)
        layout.setSpacing(XS)
        layout.addLayout(head)
        layout.addWidget(self._scroll)

    @property
    def text(self) -> str:
        """All that is explained, as text."""
        return self._text

    def explain(self, when: str, found: Sequence[Origin], opener: QWidget, place: QPoint) -> None:
        """Explain values; ``place`` is that of the opener beside which it opens."""
        clear(self._body)
        self._title.setText(self.tr("Where do the numbers of %1 come from?").replace("%1", when, 1))
        for one in found:
            self._add(one)
        self._body.addStretch(1)
        self._text = "\n\n".join([self._title.text(), *(one.as_text() for one in found)])
        self._place = opener.mapTo(opener.window(), place)
        self.open_at(opener)
        self._copy.setFocus()

    def _add(self, one: Origin) -> None:
        name = label(one.question, "strong", wrap=True, select=True)
        name.setContentsMargins(0, S, 0, 0)
        self._body.addWidget(name)
        self._body.addWidget(label(one.sentence, wrap=True, select=True))
        for line in one.evidence:
            self._body.addWidget(MonoLabel(line))
        for line in filter(None, (one.rule, *one.remarks)):
            self._body.addWidget(label(line, "small", wrap=True, select=True))

    def fit(self) -> None:
        """Take the room that the explanations need, within reason and within the window."""
        home = self.window()
        height = self._body.heightForWidth(_WIDTH - M - 2 * S)
        self._scroll.setFixedHeight(max(60, min(height + S, _TALLEST, home.height() - 120)))
        self.adjustSize()
        x = min(max(S, self._place.x() + M), home.width() - self.width() - S)
        y = min(max(S, self._place.y()), home.height() - self.height() - S)
        self.move(x, y)
