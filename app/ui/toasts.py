"""Short messages in the corner: something is done. They go by themselves.

Never for an error that needs an answer: that is a ``Banner`` or a ``NoticeCard``, which stays.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.banner import ToneIcon
from app.ui.tokens import XL, L, M, S, Tone
from app.ui.widgets import IconButton, button, label

SHOWN_MS = 5_000
WITH_ACTION_MS = 10_000  # time to read, to decide and to reach it
MOST = 3
_WIDTH = 360


class Toast(QFrame):
    """One message. ``acted`` when its button was pressed, ``gone`` when it went."""

    acted = Signal()
    gone = Signal()

    def __init__(self, text: str, tone: Tone = Tone.GOOD, action: str = "") -> None:
        super().__init__()
        self.setProperty("role", "toast")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(text)
        self.text, self.tone = text, tone
        self._action = button(action, "link")
        self._action.clicked.connect(self._act)
        close = IconButton("close", self.tr("Dismiss"))
        close.clicked.connect(self.leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(M, S, S, S)
        layout.setSpacing(S)
        layout.addWidget(ToneIcon(tone))
        layout.addWidget(label(text, wrap=True), 1)
        layout.addWidget(self._action)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._action.setVisible(bool(action))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WITH_ACTION_MS if action else SHOWN_MS)
        self._timer.timeout.connect(self.leave)

    def start(self) -> None:
        """Begin to count the time that it is shown."""
        self._timer.start()

    def leave(self) -> None:
        """Go."""
        self._timer.stop()
        self.gone.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while somebody reads it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Count anew."""
        self._timer.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape dismisses it."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _act(self) -> None:
        self.acted.emit()
        self.leave()


class Toasts(QWidget):
    """The stack of messages in the lower corner of ``home``; at most three, the oldest goes."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self.setAccessibleName(self.tr("Messages"))
        self._shown: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S)
        home.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        tone: Tone = Tone.GOOD,
        action: str = "",
        act: Callable[[], object] | None = None,
    ) -> Toast:
        """Show a message for 5 s, one with an action for 10 s; a screen reader says it.

        Raises ``ValueError`` for an error: what went wrong must not go by itself.
        """
        if tone is Tone.ERROR:
            raise ValueError("an error stays until it is answered: use a Banner or a NoticeCard")
        toast = Toast(text, tone, action)
        if act is not None:
            toast.acted.connect(act)
        toast.gone.connect(lambda: self._drop(toast))
        self._shown.append(toast)
        self._column.addWidget(toast)
        for old in self._shown[:-MOST]:
            self._drop(old)
        toast.start()
        self._place()
        self.show()
        self.raise_()
        _announce(self, text)
        return toast

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown, the oldest first."""
        return tuple(toast.text for toast in self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner while the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return super().eventFilter(watched, event)

    def _drop(self, toast: Toast) -> None:
        if toast not in self._shown:
            return
        self._shown.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.setVisible(bool(self._shown))
        self._place()

    def _place(self) -> None:
        home = self.parentWidget()
        if home is None:
            return
        height = self._column.totalHeightForWidth(_WIDTH)
        left = home.width() - _WIDTH - XL
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = XL
        self.setGeometry(left, home.height() - height - L, _WIDTH, height)


def _announce(source: QWidget, text: str) -> None:
    """Have a screen reader say it when it has finished what it is saying."""
    event = QAccessibleAnnouncementEvent(source, text)
    QAccessible.updateAccessibility(event)
