"""A search field that waits until a person has stopped typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.fields import TextField
from app.ui.key_hint import KeyHint

PAUSE_MS = 120
_HINT_ROOM = 8
_MARK = 36  # of the search mark and what is left free around it


class SearchBox(TextField):
    """``searched`` gives the text after a short rest, on Enter at once; Escape clears.

    ``keys`` ("Ctrl+F") brings the keyboard here from anywhere in ``scope``, and is shown.
    """

    searched = Signal(str)

    def __init__(
        self, name: str, hint: str = "", *, keys: str = "", scope: QWidget | None = None
    ) -> None:
        super().__init__(name, hint, search=True)
        self._told = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)
        self._rest.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._tell)
        self._hint = KeyHint(keys, self) if keys else None
        if self._hint is not None:
            self.setToolTip(self._hint.accessibleName())
            shortcut = QShortcut(QKeySequence(keys), scope or self)
            shortcut.activated.connect(self.take_keyboard)

    def take_keyboard(self) -> None:
        """Get the keyboard, with all that is typed marked."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the end of the field."""
        super().resizeEvent(event)
        self._place_hint()

    def _place_hint(self) -> None:
        """Show the keys at the end, where they leave room for the words before them."""
        if self._hint is None:
            return
        taken = _MARK + self._hint.sizeHint().width() + 3 * _HINT_ROOM
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        self._hint.setVisible(not self.text() and words + taken <= self.width())
        size = self._hint.sizeHint()
        left = self.width() - size.width() - _HINT_ROOM
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = _HINT_ROOM
        self._hint.setGeometry(
            left, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears what is typed."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
            return
        super().keyPressEvent(event)

    def _changed(self, _text: str) -> None:
        self._place_hint()
        self._rest.start()

    def _tell(self) -> None:
        self._rest.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)
