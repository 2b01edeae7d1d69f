"""Step 3: the first search, live; step 4: what came of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui import device_words, scan_words, wording
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.first_run_parts import StepPage
from app.ui.scan_form import USUAL_PORT
from app.ui.task_progress import Task, TaskProgress, TaskState
from app.ui.tokens import XS, L, M, S, Tone
from app.ui.widgets import ChipLabel, ElidedLabel, button, clear
from app.workers.scan import MOST_FOUND, Scan
from core.model.device import DeviceSummary

_LIST_HEIGHT = 330


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

    def show_found(self, found: list[DeviceSummary]) -> None:
        """Show these."""
        if found == self._shown:
            return
        self._shown = found
        clear(self._column)
        for summary in found:
            self._column.addWidget(_row(summary))
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
    """``cancelled`` when a person stops it; ``back`` to choose other networks."""

    cancelled = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__("", "")
        self.say(
            self.tr("Looking for printers"),
            self.tr("They appear here as they answer. You need not wait here for the end."),
        )
        self.progress = TaskProgress()
        self.progress.cancelled.connect(self.cancelled)
        self.progress.closed.connect(self.back)
        self.found = FoundList()
        self.found.setFixedHeight(_LIST_HEIGHT)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, XS, 0, XS)
        inside.addWidget(self.found)
        self.notice = NoticeCard()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._card)
        self._back = button(self.tr("Choose other networks"))
        self._back.clicked.connect(self.back)
        self.foot.addWidget(self._back)
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
        self.found.show_found(list(scan.newest))
        self._card.setVisible(bool(scan.newest))
        problem = scan.problem
        self.notice.tell(Notice(Tone.ERROR, problem.text, problem.remedy) if problem else None)
        self._back.setVisible(not scan.running)

    def focus_first(self) -> None:
        """Give the keyboard to the button that stops it."""
        self.progress.setFocus()


class DoneStep(StepPage):
    """``opened`` gives the view to open; ``back`` to search again."""

    opened = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Done"), "")
        self.notice = NoticeCard()
        self.found = FoundList()
        self.found.setFixedHeight(_LIST_HEIGHT)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, XS, 0, XS)
        inside.addWidget(self.found)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._card)
        self.devices = button(self.tr("Show the printers"), "primary")
        self.devices.clicked.connect(lambda: self.opened.emit("devices"))
        self._map = button(self.tr("Show the map"))
        self._map.clicked.connect(lambda: self.opened.emit("map"))
        self._again = button(self.tr("Search other networks"), "link")
        self._again.clicked.connect(self.back)
        for each in (self.devices, self._map, self._again):
            self.foot.addWidget(each)
        self.foot.addStretch(1)

    def show_end(self, scan: Scan, *, enrolled: bool) -> None:
        """Say what came of it, and what happens from now on."""
        self.say(said(scan), _from_now_on(enrolled=enrolled) if scan.found else _none())
        more = scan.found - min(len(scan.newest), MOST_FOUND)
        self.found.show_found(list(scan.newest))
        self._card.setVisible(bool(scan.newest))
        refused = [r for r in scan.rejected.values() if r.reason]
        notice = None
        if refused:
            text = self.tr("%n address(es) answered and could not be read.", "", len(refused))
            first = f"{refused[0].address}: {refused[0].reason}"
            notice = Notice(Tone.WARNING, wording.counted(text, len(refused)), first)
        self.notice.tell(notice)
        self._card.setToolTip(self.tr("and %n more", "", more) if more > 0 else "")

    def focus_first(self) -> None:
        """Give the keyboard to the way out."""
        self.devices.setFocus()


def said(scan: Scan) -> str:
    """Say in one line what was found and what was read of it."""
    counts = scan.result.counts if scan.result is not None else {}
    found = max(counts.get("found", 0), scan.found)
    if not found:
        return QCoreApplication.translate("FirstRun", "No printer was found")
    text = QCoreApplication.translate("FirstRun", "%n printer(s) found", "", found)
    form = QCoreApplication.translate("FirstRun", "%1, %2 read")
    read = wording.number(counts.get("read", scan.read))
    return form.replace("%1", wording.counted(text, found), 1).replace("%2", read, 1)


def _from_now_on(*, enrolled: bool) -> str:
    text = QCoreApplication.translate(
        "FirstRun",
        "Platen goes on reading every hour in the background; you can close this window.",
    )
    if enrolled:
        return (
            text
            + " "
            + QCoreApplication.translate("FirstRun", "Your dealer gets the page counts by itself.")
        )
    return (
        text
        + " "
        + QCoreApplication.translate(
            "FirstRun", "Nothing leaves this computer until you connect to a dealer."
        )
    )


def _none() -> str:
    return QCoreApplication.translate(
        "FirstRun",
        "Are the printers switched on, and in the networks that were searched? If they are, "
        "somebody may have changed their SNMP name.",
    )
