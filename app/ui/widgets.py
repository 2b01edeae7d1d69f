"""Small widgets that every view uses; they say what they are, the style sheet says how it looks."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from app.ui import fonts, icons, paint
from app.ui.theme import tokens
from app.ui.tokens import ICON_SMALL, Tone
from core.model.reading import LevelState

_FIGURES = {"small", "figures"}


def label(text: str = "", role: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """Make a label of a role of the style sheet; ``select`` lets a person mark and copy it."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setProperty("role", role)
    result.setWordWrap(wrap)
    if role == "mono":
        result.setFont(fonts.mono())
    elif role in _FIGURES:
        result.setFont(fonts.small() if role == "small" else fonts.figures())
    if select:
        result.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return result


def button(text: str, kind: str = "", *, tip: str = "") -> QPushButton:
    """Make a push button: kind "primary", "danger", "quiet", "link", "value" or plain."""
    result = QPushButton(text)
    result.setProperty("kind", kind)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    result.setAutoDefault(False)
    if tip:
        result.setToolTip(tip)
        result.setAccessibleName(tip)
    return result


def frame(role: str, layout: QLayout | None = None, *, tone: Tone | None = None) -> QFrame:
    """Make a frame of a role of the style sheet: card, inset, notice, divider ..."""
    result = QFrame()
    result.setProperty("role", role)
    if tone is not None:
        result.setProperty("tone", tone.value)
    if layout is not None:
        result.setLayout(layout)
    return result


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have the widget looked at again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class ElidedLabel(QLabel):
    """A label that ends in an ellipsis where room is short, and tells all in its tool tip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self._full = text
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role in _FIGURES:
            self.setFont(fonts.small())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text, as much as there is room for."""
        self._full = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def full_text(self) -> str:
        """Give the whole text."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for room for the whole text."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Live with very little."""
        return QSize(24, self.sizeHint().height())

    def _fit(self) -> None:
        self.ensurePolished()
        shown = self.fontMetrics().elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(self.width(), 24)
        )
        super().setText(shown)
        self.setToolTip(plain_tip(self._full) if shown != self._full else "")


def plain_tip(text: str) -> str:
    """Give a tool tip that shows ``text`` letter by letter.

    Qt takes what looks like HTML for HTML there, and what a printer says is not to be that.
    """
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if text else ""


class ChipLabel(QWidget):
    """A chip: a dot and a word on a tint."""

    def __init__(self, word: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__()
        self._word, self._tone = word, tone
        self._told = ""  # the tool tip that is of its own making
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(word, tone)

    @property
    def word(self) -> str:
        """The word of the chip."""
        return self._word

    @property
    def tone(self) -> Tone:
        """The tone of the chip."""
        return self._tone

    def show_state(self, word: str, tone: Tone) -> None:
        """Show another state."""
        self._word, self._tone = word, tone
        self.setAccessibleName(word)
        self._tell_all()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as wide as the word needs."""
        return QSize(int(paint.chip_width(self._word)) + 1, int(paint.CHIP_HEIGHT) + 2)

    def minimumSizeHint(self) -> QSize:
        """Never less than a few letters."""
        return QSize(min(self.sizeHint().width(), 56), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in the tool tip what does not fit."""
        super().resizeEvent(event)
        self._tell_all()

    def _tell_all(self) -> None:
        word = plain_tip(self._word)
        if self.width() < self.sizeHint().width():
            self._told = word
            self.setToolTip(word)
        elif self.toolTip() == self._told:
            self.setToolTip("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(paint.chip_width(self._word), float(self.width()))
        paint.draw_chip(painter, QPointF(0, self.height() / 2), self._word, self._tone, width)


class LevelBar(QWidget):
    """A lying level bar, as thick as a line of text is tall."""

    def __init__(self, color: str | None, state: LevelState, percent: float | None) -> None:
        super().__init__()
        self._color, self._state, self._percent = color, state, percent
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Take what there is."""
        return QSize(120, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        box = QRectF(0, self.height() / 2 - 4, self.width(), 8)
        paint.draw_level(painter, box, tokens().toner(self._color), self._state, self._percent)


class IconButton(QPushButton):
    """A quiet square button with an icon and, for who cannot see it, a name."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._icon = name
        self.setProperty("kind", "quiet")
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, then the icon in the colour of now."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = (self.width() - ICON_SMALL) / 2
        color = tokens().text if self.isEnabled() else tokens().muted
        icons.draw(painter, self._icon, color, QRectF(edge, edge, ICON_SMALL, ICON_SMALL))
