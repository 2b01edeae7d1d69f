"""A strip under the header that says in words what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.aloud import announce
from app.ui.theme import tokens
from app.ui.tokens import ICON_SMALL, XL, M, S, Tone
from app.ui.widgets import button, label, restyle

_ICONS = {
    Tone.ERROR: "error",
    Tone.WARNING: "warning",
    Tone.ACCENT: "info",
    Tone.GOOD: "done",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What to say: the cause, the remedy, and the word on the button where one can act; ``code``
    is that of the problem where the button is for this one alone.
    """

    tone: Tone
    text: str
    remedy: str = ""
    action: str = ""
    code: str = ""


class ToneIcon(QWidget):
    """The icon of a tone: colour is never the only sign."""

    def __init__(self, tone: Tone = Tone.ACCENT) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As large as a small icon."""
        return QSize(ICON_SMALL + 2, ICON_SMALL + 2)

    def show_tone(self, tone: Tone) -> None:
        """Show another tone."""
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = _ICONS.get(self._tone, "info")
        icons.draw(painter, name, tokens().ink(self._tone), QRectF(self.rect()))


class NoticeFrame(QFrame):
    """The parts of what shows a notice, for whoever lays them out. ``acted`` when the button was
    pressed.
    """

    acted = Signal()

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self._icon = ToneIcon()
        self._text = label(role="strong", wrap=True, select=True)
        self._remedy = label(wrap=True, select=True)
        self._button = button("")
        self._button.clicked.connect(self.acted)

    def _fill(self, notice: Notice) -> None:
        restyle(self, "tone", notice.tone.value)
        self._icon.show_tone(notice.tone)
        self._text.setText(notice.text)
        self._remedy.setText(notice.remedy)
        self._remedy.setVisible(bool(notice.remedy))
        self._button.setText(notice.action)
        self._button.setVisible(bool(notice.action))
        self.setAccessibleName(notice.text)
        self.setAccessibleDescription(notice.remedy)


class Banner(NoticeFrame):
    """Shows one notice, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("banner", parent)
        self._notice: Notice | None = None
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._text)
        words.addWidget(self._remedy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(XL, S, XL, S)
        layout.setSpacing(M)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        layout.addWidget(self._button)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown."""
        return self._notice

    def tell(self, notice: Notice | None) -> None:
        """Show this notice; ``None`` shows nothing."""
        if notice == self._notice:
            return
        self._notice = notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._fill(notice)
        said = f"{notice.text} {notice.remedy}".strip()
        announce(self, said, at_once=notice.tone is Tone.ERROR)
