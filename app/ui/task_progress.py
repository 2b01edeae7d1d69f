"""Long work as a person sees it: what is done, how far it is, and a way to stop it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.ui.banner import ToneIcon
from app.ui.progress_bar import ProgressBar
from app.ui.tokens import L, M, S, Tone
from app.ui.widgets import ElidedLabel, button, label, restyle


class TaskState(StrEnum):
    """How the work stands."""

    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Task:
    """What is done (``title``), how far it is (``share`` 0 to 1, ``None`` while nobody knows),
    figures beside it, and for one that failed the cause.
    """

    title: str
    share: float | None = None
    figures: str = ""
    state: TaskState = TaskState.RUNNING
    can_cancel: bool = True


_TONES = {TaskState.DONE: Tone.GOOD, TaskState.FAILED: Tone.ERROR, TaskState.CANCELLED: Tone.ACCENT}
_SCALE = 1000


class TaskProgress(QFrame):
    """Shows a ``Task``. ``cancelled`` when a person stops it; ``closed`` when an ended one may go.

    After ``cancelled`` it says that it is being stopped until the owner shows the end.
    """

    cancelled = Signal()
    closed = Signal()

    def __init__(self, *, card: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "card" if card else "")
        self._task: Task | None = None
        self._sign = ToneIcon(Tone.GOOD)
        self._title = label(role="strong", wrap=True)
        self._figures = ElidedLabel(role="small")
        self.bar = ProgressBar()
        self._button = button("")
        self._button.clicked.connect(self._press)
        self.setFocusProxy(self._button)
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        words = QVBoxLayout()
        words.setSpacing(S)
        words.addLayout(head)
        words.addWidget(self.bar)
        words.addWidget(self._figures)
        layout = QHBoxLayout(self)
        margin = L if card else 0
        layout.setContentsMargins(margin, M if card else 0, margin, M if card else 0)
        layout.setSpacing(L)
        layout.addLayout(words, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def task(self) -> Task | None:
        """What is shown."""
        return self._task

    def show_task(self, task: Task | None) -> None:
        """Show this work as it stands; ``None`` shows nothing."""
        self._task = task
        self.setVisible(task is not None)
        if task is None:
            return
        going = task.state in {TaskState.RUNNING, TaskState.CANCELLING}
        self._title.setText(task.title)
        self.bar.setAccessibleName(task.title)
        self.bar.setVisible(going)
        self._sign.setVisible(not going)
        self._sign.show_tone(_TONES.get(task.state, Tone.ACCENT))
        self._figures.setText(task.figures)
        self._figures.setVisible(bool(task.figures))
        self._show_button(task, going=going)
        failed = task.state is TaskState.FAILED and self.property("role") == "card"
        restyle(self, "tone", "error" if failed else "")
        self.setAccessibleName(f"{task.title} {task.figures}".strip())
        self._show_share(task)  # last: a bar in sight is painted at once, and with it all around it

    def _show_share(self, task: Task) -> None:
        if task.share is None:
            self.bar.setRange(0, 0)
            return
        self.bar.setRange(0, _SCALE)
        self.bar.setValue(round(max(0.0, min(task.share, 1.0)) * _SCALE))

    def _show_button(self, task: Task, *, going: bool) -> None:
        words = {
            TaskState.RUNNING: QCoreApplication.translate("Task", "Cancel"),
            TaskState.CANCELLING: QCoreApplication.translate("Task", "Stopping"),
        }
        self._button.setText(words.get(task.state, QCoreApplication.translate("Task", "Close")))
        self._button.setEnabled(task.state is not TaskState.CANCELLING)
        self._button.setVisible(task.can_cancel or not going)

    def _press(self) -> None:
        if self._task is None:
            return
        if self._task.state is not TaskState.RUNNING:
            self.closed.emit()
            return
        task = self._task
        self.show_task(
            Task(task.title, task.share, task.figures, TaskState.CANCELLING, task.can_cancel)
        )
        self.cancelled.emit()
