"""Long work on screen: never half of what was and half of what is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.task_progress import Task, TaskProgress, TaskState
from app.ui.theme import Theme


class Painted(QObject):
    """Notes what stands on the button and in the name at each painting of the bar."""

    def __init__(self, shown: TaskProgress) -> None:
        super().__init__()
        self._shown = shown
        self.seen: list[tuple[str, str]] = []
        shown.bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            button = self._shown.findChild(QPushButton)
            self.seen.append((self._shown.accessibleName(), button.text()))
        return super().eventFilter(watched, event)


def test_it_is_painted_only_when_all_of_it_is_said(qtbot: QtBot, theme: Theme) -> None:
    shown = TaskProgress()
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show_task(Task("Scan in progress", 0.4, "40 asked"))
    painted = Painted(shown)
    shown.show_task(Task("Waiting", 0.9, "all asked"))
    shown.show_task(Task("Scan finished", 1.0, "8 found", TaskState.DONE))
    assert set(painted.seen) == {("Waiting all asked", "Cancel")}  # by the bar itself, at once
    assert not shown.bar.isVisible()
