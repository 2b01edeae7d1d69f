"""Cards: a titled one, one that answers a question with a figure, and one that says what is wrong.

``Card`` has a head (title, one line beside it, controls on the right) and a ``body``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import fonts
from app.ui.banner import Notice, NoticeFrame
from app.ui.tokens import XS, L, M, S, Tone
from app.ui.widgets import ElidedLabel, label, restyle


class Card(QFrame):
    """A card. Put the content into ``body`` and controls of the card into ``head``."""

    def __init__(self, title: str = "", note: str = "", *, margin: int = L) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self._title = label(title, "section")
        self._note = ElidedLabel(note, "small")
        self.head = QHBoxLayout()
        self.head.setSpacing(M)
        self.head.addWidget(self._title)
        self.head.addWidget(self._note, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(M)
        if title:
            layout.addLayout(self.head)
        layout.addLayout(self.body, 1)

    def show_title(self, title: str, note: str = "") -> None:
        """Show another title, and what stands beside it."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)

    def show_tone(self, tone: Tone | None) -> None:
        """Colour the edge: warning, error or accent; ``None`` is quiet. Words must say it too."""
        restyle(self, "tone", tone.value if tone is not None else "")


class StatCard(Card):
    """A question, its answer as a large figure, and what it is to be compared with."""

    def __init__(self, question: str, value: str = "", note: str = "") -> None:
        super().__init__()
        self._question = label(question, "small")
        self._value = label(value, "value")
        self._value.setFont(fonts.figures())
        self._beside = label(note, "small", wrap=True)
        self.body.setSpacing(XS)
        for each in (self._question, self._value, self._beside):
            self.body.addWidget(each)
        self.body.addStretch(1)
        self.show_value(value, note)

    def ask(self, question: str) -> None:
        """Put another question; its answer follows by ``show_value``."""
        self._question.setText(question)

    def show_value(self, value: str, note: str = "") -> None:
        """Show the answer; what is not known is said in words ("not known"), never as a zero."""
        self._value.setText(value)
        self._beside.setText(note)
        self._beside.setVisible(bool(note))
        self.setAccessibleName(f"{self._question.text()}: {value}. {note}".strip())


class NoticeCard(NoticeFrame):
    """A ``Notice`` in its place: the cause, the remedy, a button."""

    def __init__(self, notice: Notice | None = None, parent: QWidget | None = None) -> None:
        super().__init__("notice", parent)
        words = QVBoxLayout()
        words.setSpacing(XS)
        words.addWidget(self._text)
        words.addWidget(self._remedy)
        words.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(M, S + 2, M, S + 2)
        layout.setSpacing(S)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        if notice is None:
            self.hide()
        else:  # shown with its parent: by itself it would be a window
            self._fill(notice)

    def tell(self, notice: Notice | None) -> None:
        """Show this notice; ``None`` shows nothing."""
        self.setVisible(notice is not None)
        if notice is not None:
            self._fill(notice)
