"""Step 3: the first search, live."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.devices import words as device_words
from app.ui.first_run.parts import StepPage
from app.ui.scan import words as scan_words
from app.ui.scan.form import USUAL_PORT
from app.ui.task_progress import Task, TaskProgress, TaskState
from app.ui.tokens import XS, L, M, S, Tone
from app.ui.widgets import ChipLabel, ElidedLabel, button, clear, label
from app.workers.scan import Scan
from core.model.device import DeviceSummary

LIST_HEIGHT = 330


def in_card(found: FoundList) -> QFrame:
    """Give a card around the list, of the height that it has on every page."""
    card = QFrame()
    card.setProperty("role", "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(0, XS, 0, XS)
    inside.addWidget(found)
    found.setFixedHeight(LIST_HEIGHT)
    return card


class FoundList(QScrollArea):
    """The printers that were found, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Printers found"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(L, S, L, S)
        self._column.setSpacing(S)
        self.setWidget(inner)
        self._shown: list[DeviceSummary] = []
        self._more = 0

    def show_found(self, found: list[DeviceSummary], more: int = 0) -> None:
        """Show these, and say how many more there are."""
        if (found, more) == (self._shown, self._more):
            return
        self._shown, self._more = found, more
        clear(self._column)
        for summary in found:
            self._column.addWidget(_row(summary))
        if more > 0:
            text = self.tr("and %n more, all of them under Devices", "", more)
            self._column.addWidget(label(wording.counted(text, more), "small"))
        self._column.addStretch(1)


def _row(summary: DeviceSummary) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(M)
    words = QVBoxLayout()
    words.setSpacing(0)
    name, under = device_words.place_name(summary), _address(summary)
    model = device_words.model_name(summary.device.identity)
    words.addWidget(ElidedLabel(name, "strong"))
    words.addWidget(ElidedLabel(wording.listed([model or "", under]), "small"))
    line.addLayout(words, 1)
    if summary.latest is not None:
        line.addWidget(ChipLabel(QCoreApplication.translate("FirstRun", "Read"), Tone.GOOD))
    elif summary.problem is not None:
        line.addWidget(ChipLabel(QCoreApplication.translate("FirstRun", "Found"), Tone.WARNING))
    else:
        line.addWidget(ChipLabel(QCoreApplication.translate("FirstRun", "Found"), Tone.ACCENT))
    row.setAccessibleName(f"{name}, {under}")
    return row


def _address(summary: DeviceSummary) -> str:
    """Write the address, with a port only where it is not the usual one."""
    return str(summary.device.endpoint).removesuffix(f":{USUAL_PORT}")


class ScanStep(StepPage):
    """``cancelled`` when a person stops it; ``back`` to choose other networks; ``opened`` to look
    at the printers while it goes on.
    """

    cancelled = Signal()
    opened = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__("", "")
        self.say(
            self.tr("Looking for printers"),
            self.tr(
                "They appear here as they answer. The search goes on when you leave this page."
            ),
        )
        self.progress = TaskProgress()
        self.progress.cancelled.connect(self.cancelled)
        self.progress.closed.connect(self.back)
        self.found = FoundList()
        self._card = in_card(self.found)
        self.notice = NoticeCard()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._card)
        self._back = button(self.tr("Choose other networks"))
        self._back.clicked.connect(self.back)
        self.leave = button(self.tr("Show the printers"))
        self.leave.clicked.connect(lambda: self.opened.emit("devices"))
        self.foot.addWidget(self._back)
        self.foot.addWidget(self.leave)
        self.foot.addStretch(1)

    def show_scan(self, scan: Scan, seconds_left: float | None) -> None:
        """Show how it goes."""
        stopping = self.progress.task is not None and scan.running
        stopping = stopping and self.progress.task.state is TaskState.CANCELLING  # type: ignore[union-attr]
        state = TaskState.CANCELLING if stopping else TaskState.RUNNING
        if not scan.running:
            state = TaskState.CANCELLED if scan.cancelled else TaskState.DONE
        figures = scan_words.figures(scan, seconds_left)
        title = scan_words.title(scan)
        first = self.progress.task is None
        self.progress.show_task(Task(title, scan.share(), figures, state))
        if first:  # until now there was nothing here that takes the keyboard
            self.focus_first()
        self.found.show_found(list(scan.newest), more_than_listed(scan))
        self._card.setVisible(bool(scan.newest))
        problem = scan.problem
        self.notice.tell(Notice(Tone.ERROR, problem.text, problem.remedy) if problem else None)
        self._back.setVisible(not scan.running)
        self.leave.setVisible(scan.running)

    def focus_first(self) -> None:
        """Give the keyboard to the button that stops it."""
        self.progress.setFocus()


def more_than_listed(scan: Scan) -> int:
    """Count the printers that are not in the list of the newest."""
    return max(0, scan.found - len(scan.newest))
