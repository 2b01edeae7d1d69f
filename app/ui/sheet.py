"""A panel at the side of the window in place of a dialog: what it is about stays in sight.

It is not modal, Escape closes it, and the keyboard goes back to where it came from.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.tokens import XL, L, M
from app.ui.widgets import IconButton, frame, label

_WIDTH = 420
_LEAST_LEFT = 48  # of what lies under it, so that one sees that there is something


class Sheet(QFrame):
    """Put the content into ``body`` and buttons into ``foot``. ``closed`` when it was closed."""

    closed = Signal()

    def __init__(self, home: QWidget, title: str, *, width: int = _WIDTH) -> None:
        super().__init__(home)
        self.setProperty("role", "sheet")
        self.setAccessibleName(title)
        self.setAutoFillBackground(True)
        self._wanted = width
        self._back: QWidget | None = None
        self._title = label(title, "heading", wrap=True)
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.setContentsMargins(XL, L, M, M)
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(XL, M, XL, L)
        self.foot.setSpacing(M)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._make_body(), 1)
        layout.addWidget(frame("divider"))
        layout.addLayout(self.foot)
        home.installEventFilter(self)
        self.hide()

    def _make_body(self) -> QScrollArea:
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(XL, 0, XL, L)
        self.body.setSpacing(M)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def show_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def open(self) -> None:
        """Show it, with the keyboard on its first field."""
        self._back = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.focusNextChild()

    def leave(self) -> None:
        """Close it; nothing that was typed is lost by that."""
        if not self.isVisible():
            return
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if inside and self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)
        self._back = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        home = self.parentWidget()
        if home is None:
            return
        width = min(self._wanted, max(home.width() - _LEAST_LEFT, 1))
        left = home.width() - width
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = 0
        self.setGeometry(left, 0, width, home.height())
