"""A panel that opens under a button, not modal: Escape or a click elsewhere closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.ui.tokens import S


class Popover(QFrame):
    """Lives in a window; closing it loses nothing that it shows."""

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self.setProperty("role", "popover")
        self.setFixedWidth(width)
        self._opener: QWidget | None = None
        self.hide()

    def open_at(self, opener: QWidget) -> None:
        """Open under a button, the right edges together."""
        self._opener = opener
        self.fit()
        self.show()
        self.raise_()

    def toggle_at(self, opener: QWidget) -> None:
        """Open, or close where it is open."""
        if self.isVisible():
            self.hide()
        else:
            self.open_at(opener)

    def fit(self) -> None:
        """Take the size of what is shown, and the place for that size."""
        self.adjustSize()
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            # What is adjusted to is the room of long sentences in a narrower panel.
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        opener, home = self._opener, self.parentWidget()
        if opener is None or home is None:
            return
        corner = opener.mapTo(home, QPoint(opener.width(), opener.height() + S))
        x = max(S, min(corner.x() - self.width(), home.width() - self.width() - S))
        self.move(x, min(corner.y(), max(S, home.height() - self.height() - S)))

    def showEvent(self, event: QShowEvent) -> None:
        """Look for clicks outside while open."""
        self._watch(on=True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more, and give the keyboard back to where it came from."""
        self._watch(on=False)
        focused = QApplication.focusWidget()
        if self._opener is not None and focused is not None and self.isAncestorOf(focused):
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a click outside, in this window; follow the window's size."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if self._heeds(watched):
                self._outside(event.globalPosition().toPoint())
        elif event.type() == QEvent.Type.Resize and watched is self.parent():
            self.fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _heeds(self, watched: QObject) -> bool:
        """Whether a click there may close it."""
        return isinstance(watched, QWidget) and watched.window() is self.window()

    def _watch(self, *, on: bool) -> None:
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if on else application.removeEventFilter)(self)

    def _outside(self, at: QPoint) -> None:
        inside = self.rect().contains(self.mapFromGlobal(at))
        opener = self._opener
        on_opener = opener is not None and opener.rect().contains(opener.mapFromGlobal(at))
        if not inside and not on_opener:
            self.hide()
