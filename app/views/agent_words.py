"""The agent's state in words: for the header's chip, its line of facts, and the banner."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.ui.banner import Notice
from app.ui.tokens import Tone
from app.workers.connection import Link, LinkState
from core.model.action import ActionKind
from core.model.event import Delivery
from core.model.status import AgentStatus

_TRY = "agent_away"


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
) -> str:
    """Say when was read last and what waits to be delivered.

    ``newest`` is when any one device was read; the status knows only whole collections.
    """
    if status is None or link.state is not LinkState.CONNECTED:
        return ""
    return wording.listed([_last_read(status, newest), _waiting(status, delivery)])


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


def _waiting(status: AgentStatus, delivery: Delivery | None) -> str:
    if not status.hub.enrolled:
        return QCoreApplication.translate("Agent", "not enrolled")
    waiting = status.waiting if delivery is None else delivery.waiting
    if waiting == 0:
        return QCoreApplication.translate("Agent", "all delivered")
    form = QCoreApplication.translate("Agent", "%n waiting", "", waiting)
    return wording.counted(form, waiting)


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
    if status.problem is not None:
        return Notice(Tone.WARNING, status.problem.text, status.problem.remedy)
    problem = delivery.problem if delivery is not None else status.hub.problem
    if problem is None:
        return None
    form = QCoreApplication.translate("Agent", "Nothing can be delivered to the hub. %1")
    return Notice(Tone.WARNING, form.replace("%1", problem.text, 1), problem.remedy)


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
    remedy = problem.remedy if failed and problem is not None else ""
    action = (
        QCoreApplication.translate("Agent", "Start the agent")
        if can_launch
        else QCoreApplication.translate("Agent", "Try again")
    )
    return Notice(Tone.ERROR, text, remedy, action)
