"""Short messages over the window: something is done. They go by themselves, and cover no control.

Never for an error that needs an answer: that is a ``Banner`` or a ``NoticeCard``, which stays.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.aloud import announce
from app.ui.banner import ToneIcon
from app.ui.free_spot import controls, free_spot
from app.ui.tokens import M, S, Tone
from app.ui.widgets import IconButton, button, label

SHOWN_MS = 5_000
WITH_ACTION_MS = 10_000  # time to read, to decide and to reach it
MOST = 3
_WIDTH = 360
_LOOK_MS = 300  # between two looks at whether a control has come under a message


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
        self._close = IconButton("close", self.tr("Dismiss"))
        self._close.clicked.connect(self.leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(M, S, S, S)
        layout.setSpacing(S)
        layout.addWidget(ToneIcon(tone))
        layout.addWidget(label(text, wrap=True), 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
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

    def hold(self, on: bool) -> None:
        """Stay while somebody is about to answer; afterwards the time is counted anew."""
        if on:
            self._timer.stop()
        elif not self.underMouse() and not self._timer.isActive():
            self._timer.start()

    def take_keyboard(self) -> None:
        """Give the keyboard to what can be answered, else to the cross."""
        target = self._action if not self._action.isHidden() else self._close
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
    """The stack of messages in the lower part of ``home``, where no control is; at most three, the
    oldest goes. ``take_keyboard`` brings the keyboard to the newest, ``dismiss`` takes that away.
    """

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self.setAccessibleName(self.tr("Messages"))
        self._shown: list[Toast] = []
        self._back: QWidget | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._give_way)
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
        self._look.start()
        announce(self, text)
        return toast

    def take_keyboard(self) -> None:
        """Bring the keyboard to the newest message; it goes back when that goes."""
        if self._shown:
            self._back = QApplication.focusWidget()
            self._shown[-1].hold(on=True)
            self._shown[-1].take_keyboard()

    def dismiss(self) -> bool:
        """Take the newest message away; says whether there was one."""
        if not self._shown:
            return False
        self._shown[-1].leave()
        return True

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
        focused = QApplication.focusWidget()
        inside = focused is not None and toast.isAncestorOf(focused)
        self._shown.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.setVisible(bool(self._shown))
        if not self._shown:
            self._look.stop()
        if inside and self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place()

    def _place(self) -> None:
        home = self.parentWidget()
        if home is not None:
            size = QSize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
            self.setGeometry(free_spot(home, size, self))

    def _give_way(self) -> None:
        """Go elsewhere when a control has come under the messages, unless somebody is at them."""
        home, focused = self.parentWidget(), QApplication.focusWidget()
        for toast in self._shown:
            toast.hold(on=focused is not None and toast.isAncestorOf(focused))
        if home is None or self.underMouse():
            return
        if any(self.geometry().intersects(box) for box in controls(home, self)):
            self._place()
