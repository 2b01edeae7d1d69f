"""The navigation rail: one entry a view, and only views that exist."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from app.ui import fonts, icons
from app.ui.theme import tokens
from app.ui.tokens import ICON, RADIUS_CONTROL, XS, M, S

_WIDTH, _WIDEST, _HEIGHT = 60, 92, 54
_BADGE = 16
_MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the key of the view, the icon's name, the word under it."""

    key: str
    icon: str
    text: str


class RailButton(QAbstractButton):
    """An icon over a word; the current one stands on a tint."""

    def __init__(self, entry: Entry, shortcut: str) -> None:
        super().__init__()
        self._entry = entry
        self.setText(entry.text)
        self.setAccessibleName(entry.text)
        self.setToolTip(f"{entry.text} ({shortcut})")
        self.setShortcut(shortcut)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._count = 0
        self.take_width(_WIDTH)

    def show_count(self, count: int, said: str) -> None:
        """Show how many things wait there, ``said`` in words; none shows nothing."""
        if count == self._count:
            return
        self._count = count
        name = self._entry.text
        self.setAccessibleName(f"{name}, {said}" if count else name)
        self.update()

    def words_width(self) -> int:
        """Give the width that its word wants."""
        return QFontMetrics(fonts.rail(strong=True)).horizontalAdvance(self._entry.text) + 2 * XS

    def take_width(self, width: int) -> None:
        """Be as wide as the others."""
        self.setFixedSize(width, _HEIGHT)

    def sizeHint(self) -> QSize:
        """Every entry has one size."""
        return self.size()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Paint the hover."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon and word."""
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ink = colors.accent if self.isChecked() else colors.muted
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(colors.accent_tint if self.isChecked() else colors.track))
        painter.setPen(QPen(QColor(colors.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        icons.draw(painter, self._entry.icon, ink, QRectF((self.width() - ICON) / 2, 7, ICON, ICON))
        painter.setPen(QColor(ink))
        painter.setFont(fonts.rail(strong=self.isChecked()))
        words = QRectF(0, 7 + ICON + 1, self.width(), 20)
        shown = painter.fontMetrics().elidedText(
            self._entry.text, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)
        if self._count:
            self._draw_count(painter)

    def _draw_count(self, painter: QPainter) -> None:
        colors = tokens()
        text = str(self._count) if self._count <= _MOST_SHOWN else f"{_MOST_SHOWN}+"
        painter.setFont(fonts.sign())
        width = max(painter.fontMetrics().horizontalAdvance(text) + 8, _BADGE)
        box = QRectF(min(self.width() / 2 + 4, self.width() - width - 2), 4, width, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.error))
        painter.drawRoundedRect(box, _BADGE / 2, _BADGE / 2)
        painter.setPen(QColor(colors.on_error))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """The rail. ``chosen`` gives the key of the entry that a person picked."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[Entry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName(self.tr("Views"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(S, M, S, S)
        layout.setSpacing(XS)
        for number, entry in enumerate(entries, 1):
            button = RailButton(entry, f"Ctrl+{number}")
            button.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[entry.key] = button
            layout.addWidget(button)
        widest = max((each.words_width() for each in self._buttons.values()), default=_WIDTH)
        for button in self._buttons.values():
            button.take_width(max(_WIDTH, min(widest, _WIDEST)))
        layout.addStretch(1)

    def show_count(self, key: str, count: int, said: str) -> None:
        """Show on an entry how many things wait there, ``said`` in words for who cannot see it."""
        self._buttons[key].show_count(count, said)

    def mark(self, key: str) -> None:
        """Mark the entry of the view that is shown."""
        self._buttons[key].setChecked(True)
