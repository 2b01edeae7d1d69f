"""Buttons beyond the plain one: with an icon, with a menu, and one that is at work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter

from app.ui import icons
from app.ui.theme import tokens
from app.ui.tokens import CONTROL_HEIGHT, ICON_SMALL
from app.ui.widgets import plain_tip

_TURN_MS = 60
_STEP = 24
_ARROW = 16  # that the arrow of a menu adds to an icon


def _ink(button: QPushButton) -> str:
    colors = tokens()
    if not button.isEnabled():
        return colors.muted
    kind = button.property("kind")
    inks = {"primary": colors.on_accent, "danger": colors.error, "link": colors.accent}
    return inks.get(kind if isinstance(kind, str) else "", colors.text)


class TextButton(QPushButton):
    """A button with an icon before its words: kind "primary", "danger", "quiet", "link" or plain.

    ``work(True)`` shows that what it started goes on: a turning ring, and no second press.
    """

    def __init__(self, text: str, icon: str = "", kind: str = "") -> None:
        super().__init__(text)
        self._name, self._angle, self._working = icon, 90, False
        self._rank, self._narrow, self._small = 0, False, ""
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.setIconSize(QSize(ICON_SMALL, ICON_SMALL))
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._turn)
        self._tint()

    @property
    def working(self) -> bool:
        """Whether what it started goes on."""
        return self._working

    def work(self, on: bool) -> None:
        """Show whether what it started goes on."""
        if on is self._working:
            return
        self._working = on
        self.setEnabled(not on)
        self.setAccessibleDescription(self.tr("Working") if on else "")
        self._tint()
        if on and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    # --- in a row where room is short (app.ui.fitting) ------------------------------------------

    def give_way(self, icon: str, rank: int = 1) -> Self:
        """Have it show this icon alone where room is short; the words are its tool tip then."""
        self._small, self._rank = icon, rank
        return self

    @property
    def rank(self) -> int:
        """When it gives way: 1 first, 0 never."""
        return self._rank

    def widths(self) -> tuple[int, int]:
        """Give its width with its words, and with its icon alone."""
        return super().sizeHint().width(), self._narrow_width()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, or the words."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._tell_words()
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """Say something else; narrow, it is the tool tip that says it."""
        silent = self.toolTip() == plain_tip(self.text())
        super().setText(text)
        if silent:
            self.setToolTip("")
        self._tell_words()

    def sizeHint(self) -> QSize:
        """Ask for room for the words, or for the icon."""
        wanted = super().sizeHint()
        return QSize(self._narrow_width(), wanted.height()) if self._narrow else wanted

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint() if self._narrow else super().minimumSizeHint()

    def _narrow_width(self) -> int:
        return CONTROL_HEIGHT + 2

    def _tell_words(self) -> None:
        words = plain_tip(self.text())
        if self._narrow and not self.toolTip():
            self.setToolTip(words)
        elif not self._narrow and self.toolTip() == words:
            self.setToolTip("")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme and being enabled."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.EnabledChange}:
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button; at work a ring stands where its icon is."""
        if self._narrow:
            self._paint_narrow()
            return
        super().paintEvent(event)
        if not self._working:
            return
        words = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - words - ICON_SMALL - 4) / 2
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - ICON_SMALL
        box = QRectF(left + 2, self.height() / 2 - 6, 12, 12)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(_ink(self)), 1.7)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(box, self._angle * 16, 270 * 16)

    def _paint_narrow(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = (CONTROL_HEIGHT + 2 - ICON_SMALL) / 2
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            edge = self.width() - edge - ICON_SMALL
        box = QRectF(edge, (self.height() - ICON_SMALL) / 2, ICON_SMALL, ICON_SMALL)
        icons.draw(painter, self._small, _ink(self), box)

    def _turn(self) -> None:
        self._angle = (self._angle - _STEP) % 360
        self.update()

    def _tint(self) -> None:
        if self._working:  # room for the ring
            blank = QPixmap(ICON_SMALL, ICON_SMALL)
            blank.fill(Qt.GlobalColor.transparent)
            self.setIcon(QIcon(blank))
        elif self._name:
            self.setIcon(icons.icon(self._name, _ink(self)))
        else:
            self.setIcon(QIcon())


class MenuButton(TextButton):
    """A button that opens a menu under it; fill it with ``offer``."""

    def __init__(self, text: str, icon: str = "") -> None:
        super().__init__(text, icon)
        self.setProperty("arrow", "true")
        self.list = QMenu(self)
        self.clicked.connect(self.open)

    def offer(
        self, text: str, act: Callable[[], object], *, icon: str = "", keys: str = ""
    ) -> QAction:
        """Put one more command into the menu; gives it, to disable or tick it."""
        result = QAction(text, self.list)
        if icon:
            result.setIcon(icons.icon(icon, tokens().text))
        if keys:
            result.setShortcut(QKeySequence(keys))
        result.triggered.connect(lambda _=False: act())
        self.list.addAction(result)
        return result

    def _narrow_width(self) -> int:
        return super()._narrow_width() + _ARROW

    def open(self) -> None:
        """Open the menu; what it is about goes on meanwhile."""
        self.list.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button and its arrow."""
        super().paintEvent(event)
        right = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        left = self.width() - (20 if self._narrow else 24) if right else 10
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.draw(painter, "down", _ink(self), QRectF(left, self.height() / 2 - 7, 14, 14), 2)
