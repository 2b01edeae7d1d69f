"""The gallery's page of answers: banners, notices, toasts, progress, sheets."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.ui import poses
from app.ui.banner import Banner, Notice
from app.ui.cards import NoticeCard
from app.ui.empty_state import EmptyState
from app.ui.fields import TextField
from app.ui.forms import FormRow
from app.ui.gallery.parts import columns, group, right_to_left
from app.ui.sheet import Sheet
from app.ui.task_progress import Task, TaskProgress, TaskState
from app.ui.toasts import Toast
from app.ui.tokens import Tone
from app.ui.widgets import button, label

_LONG = (
    "The printer at 10.2.0.77 answers on its web page and refuses every community that this "
    "segment has, so that neither its counters nor its supplies can be read"
)
_TASKS = (
    Task("Scanning the network", 0.45, "724 of 1,016 addresses asked · 19 printers found"),
    Task("Asking the hub", None, "nobody knows yet how long"),
    Task("Sending the logs", 0.8, "4 of 5 MB", TaskState.CANCELLING),
    Task("The logs are sent", 1.0, "Reference 4F2K-77", TaskState.DONE),
    Task("The logs were not sent", None, "The hub does not answer.", TaskState.FAILED),
    Task("Scan stopped", None, "19 printers found", TaskState.CANCELLED),
)


def feedback() -> QWidget:
    """Make the page."""
    return columns(
        (_banners(), _notices(), _toasts(), _nothing()),
        (_progress(), _sheet()),
    )


def _banners() -> QWidget:
    notices = (
        Notice(Tone.ACCENT, "No agent was running: one is being started."),
        Notice(Tone.WARNING, "Nothing can be delivered to the hub.", "Look at the network."),
        Notice(Tone.ERROR, "The agent has gone.", "", "Start the agent"),
    )
    banners = [Banner() for _ in notices]
    result = group("Banners", *banners)
    for banner, notice in zip(banners, notices, strict=True):
        banner.tell(notice)
    return result


def _notices() -> QWidget:
    return group(
        "Notices in their place",
        NoticeCard(Notice(Tone.GOOD, "The hub knows this agent.")),
        NoticeCard(Notice(Tone.ERROR, _LONG, "Set its SNMP name or allow SNMPv3.", "Try again")),
        right_to_left(NoticeCard(Notice(Tone.WARNING, "الحبر منخفض", "اطلب المزيد", "طلب"))),
    )


def _toasts() -> QWidget:
    return group(
        "Toasts",
        Toast("The map is saved.", Tone.GOOD),
        Toast("14 alerts are acknowledged.", Tone.GOOD, "Undo"),
        Toast("The list has been cut at 10,000 rows, which is what one sheet holds.", Tone.WARNING),
    )


def _nothing() -> QWidget:
    nothing = EmptyState("search", primary=False)
    nothing.say("Nothing matches “ricohh”", "The filter looks at names, places, models.", "Clear")
    nothing.setFixedHeight(190)
    return group("Empty, because of a filter", nothing)


def _progress() -> QWidget:
    tasks = (*_TASKS, Task("فحص الشبكة", 0.45, "19"))
    shown = [TaskProgress() for _ in tasks]
    result = group("Progress with cancel", *shown)
    for progress, task in zip(shown, tasks, strict=True):
        poses.pose(progress.bar, "still")
        progress.show_task(task)
    right_to_left(shown[-1])
    return result


def _sheet() -> QWidget:
    home = QFrame()
    home.setProperty("role", "inset")
    home.setFixedHeight(300)
    sheet = Sheet(home, "Edit the segment", width=360)
    name = TextField("Name")
    name.setText("Harbour Street, second floor")
    sheet.body.addWidget(FormRow("Name", name, "As it is called on the map."))
    sheet.body.addWidget(label("It is searched on Mondays and Thursdays.", "muted", wrap=True))
    sheet.body.addStretch(1)
    sheet.foot.addWidget(button("Remove", "danger"))
    sheet.foot.addStretch(1)
    sheet.foot.addWidget(button("Cancel"))
    sheet.foot.addWidget(button("Save", "primary"))
    sheet.setGeometry(170, 1, 360, 298)
    sheet.setVisible(True)
    return group("A sheet in place of a dialog", home)
