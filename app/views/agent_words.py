"""The agent's state in words: for the header's chip, its line of facts, and the banner."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.ui.banner import Notice
from app.ui.tokens import Tone
from app.workers.connection import Link, LinkState
from core.model.action import ActionKind
from core.model.event import Delivery
from core.model.problem import Problem
from core.model.status import AgentStatus

_TRY = "agent_away"
_COLLECT = "collect"
RESCUED = "store_rescued"  # a note that stays until somebody says that it was seen


def chip(link: Link, status: AgentStatus | None) -> tuple[str, Tone]:
    """Say how the agent is."""
    if link.state is LinkState.CONNECTING:
        return QCoreApplication.translate("Agent", "Connecting"), Tone.NEUTRAL
    if link.state is LinkState.STARTING:
        return QCoreApplication.translate("Agent", "Starting agent"), Tone.ACCENT
    if link.state is LinkState.AWAY:
        return QCoreApplication.translate("Agent", "Agent away"), Tone.ERROR
    if status is None:
        return QCoreApplication.translate("Agent", "Connected"), Tone.NEUTRAL
    if status.state == "attention":
        return QCoreApplication.translate("Agent", "Attention"), Tone.WARNING
    return _work(status)


def _work(status: AgentStatus) -> tuple[str, Tone]:
    kinds = {action.kind for action in status.running}
    if ActionKind.DISCOVER in kinds:
        return QCoreApplication.translate("Agent", "Scanning"), Tone.GOOD
    if kinds & {ActionKind.COLLECT, ActionKind.READ}:
        return QCoreApplication.translate("Agent", "Collecting"), Tone.GOOD
    if status.state == "working":
        return QCoreApplication.translate("Agent", "Working"), Tone.GOOD
    return QCoreApplication.translate("Agent", "Idle"), Tone.GOOD


def customer(status: AgentStatus | None) -> str:
    """Say whose network it is: the customer, else the hub; nothing while not enrolled."""
    if status is None or not status.hub.enrolled:
        return ""
    return status.hub.customer or status.hub.hub_name or status.hub.address or ""


def facts(
    link: Link, status: AgentStatus | None, delivery: Delivery | None, newest: str | None = None
) -> tuple[str, str]:
    """Say in two lines when was read last and when is read next, and what waits to be delivered.

    ``newest`` is when any one device was read; the status knows only whole collections. An agent
    that is away plans nothing: what it said last of the past stays.
    """
    if status is None:
        return "", ""
    here = link.state is LinkState.CONNECTED
    reads = [_last_read(status, newest), _next_read(status) if here else ""]
    return wording.listed(reads), _waiting(status, delivery)


def details(status: AgentStatus | None) -> str:
    """Say all of it for the tool tip: each lane of the schedule, and when the agent was away."""
    if status is None:
        return ""
    form = QCoreApplication.translate("Agent", "%1: %2")
    said = [
        form.replace("%1", lane.title, 1).replace("%2", lane.waits_for or wording.moment(lane.next))
        for lane in status.schedule.lanes
        if lane.next or lane.waits_for
    ]
    return "\n".join(part for part in (*said, away(status)) if part)


def away(status: AgentStatus | None) -> str:
    """Say why the agent was away last, and until when; nothing where it was not."""
    if status is None or not status.schedule.away:
        return ""
    form = QCoreApplication.translate("Agent", "Last away: %1")
    return form.replace("%1", status.schedule.away, 1)


def _last_read(status: AgentStatus, newest: str | None) -> str:
    last = max(status.last_collection or "", newest or "")
    if not last:
        return QCoreApplication.translate("Agent", "Nothing read yet")
    form = QCoreApplication.translate("Agent", "Last read %1")
    return form.replace("%1", wording.moment(last), 1)


def _next_read(status: AgentStatus) -> str:
    pause = status.schedule.pause
    if pause is not None:
        if pause.until is None:
            return QCoreApplication.translate("Agent", "Paused")
        form = QCoreApplication.translate("Agent", "Paused until %1")
        return form.replace("%1", wording.moment(pause.until), 1)
    lane = next((lane for lane in status.schedule.lanes if lane.lane == _COLLECT), None)
    if lane is None or not (lane.next or lane.waits_for):
        return ""
    if lane.waits_for:
        return QCoreApplication.translate("Agent", "Next one waits")
    form = QCoreApplication.translate("Agent", "Next %1")
    return form.replace("%1", wording.moment(lane.next), 1)


def _waiting(status: AgentStatus, delivery: Delivery | None) -> str:
    if not status.hub.enrolled:
        return QCoreApplication.translate("Agent", "Not connected to a dealer")
    waiting = _count(status, delivery)
    if waiting == 0:
        return QCoreApplication.translate("Agent", "All delivered")
    form = QCoreApplication.translate("Agent", "%n waiting to be delivered", "", waiting)
    return wording.counted(form, waiting)


def _count(status: AgentStatus, delivery: Delivery | None) -> int:
    return status.waiting if delivery is None else delivery.waiting


def notice(
    link: Link, status: AgentStatus | None, delivery: Delivery | None, *, can_launch: bool
) -> Notice | None:
    """Say the most important thing that is wrong: agent, then its own trouble, then delivery."""
    if link.state is LinkState.STARTING:
        text = QCoreApplication.translate("Agent", "No agent was running: one is being started.")
        return Notice(Tone.ACCENT, text)
    if link.state is LinkState.AWAY:
        return _away(link, can_launch=can_launch, known=status is not None)
    if status is None or link.state is not LinkState.CONNECTED:
        return None
    problem = delivery.problem if delivery is not None else status.hub.problem
    own = status.problem
    # The agent's own trouble may be the delivery's: that is said with what waits.
    solved = delivery is not None and delivery.problem is None and own == status.hub.problem
    if own is not None and not solved and (problem is None or own.code != problem.code):
        return _own(own)
    if problem is None:
        return None
    waiting = _count(status, delivery)
    form = QCoreApplication.translate(
        "Agent",
        "Nothing can be delivered to the dealer: %n reading(s) kept for later. %1",
        "",
        waiting,
    )
    said = wording.counted(form, waiting)
    if waiting == 0:
        said = QCoreApplication.translate("Agent", "Nothing can be delivered to the dealer. %1")
    again = QCoreApplication.translate("Agent", "Deliver now")
    return Notice(Tone.WARNING, said.replace("%1", problem.text, 1), problem.remedy, again)


def _own(problem: Problem) -> Notice:
    if problem.code != RESCUED:
        return Notice(Tone.WARNING, problem.text, problem.remedy)
    seen = QCoreApplication.translate("Agent", "I have seen this")
    return Notice(Tone.WARNING, problem.text, problem.remedy, seen, RESCUED)


def _how_back(*, can_launch: bool) -> str:
    if can_launch:
        return QCoreApplication.translate(
            "Agent",
            "Start it here. If it is started elsewhere, the window finds it by itself.",
        )
    return QCoreApplication.translate(
        "Agent", "As soon as it runs again, the window connects by itself; nothing is lost."
    )


def _away(link: Link, *, can_launch: bool, known: bool) -> Notice:
    problem = link.problem
    failed = problem is not None and problem.code not in {_TRY, "channel_failed"}
    text = QCoreApplication.translate(
        "Agent", "The agent has gone. What is shown is what it said last."
    )
    if not known:
        text = QCoreApplication.translate("Agent", "No agent is running: nothing is collected.")
    if failed and problem is not None:
        text = problem.text
    remedy = problem.remedy if failed and problem is not None else _how_back(can_launch=can_launch)
    action = (
        QCoreApplication.translate("Agent", "Start the agent")
        if can_launch
        else QCoreApplication.translate("Agent", "Try again")
    )
    return Notice(Tone.ERROR, text, remedy, action)
