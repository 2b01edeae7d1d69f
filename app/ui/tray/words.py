"""The agent in the words of the tray: which icon, and what it says."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.workers.connection import Link, LinkState
from app.workers.keeper import Kept, KeptState
from core.model.plain import plain
from core.model.schedule import LaneStatus
from core.model.status import AgentStatus

#: Windows shows no more of a tool tip than 127 characters.
LONGEST = 127
_COLLECT = "collect"


class TrayState(StrEnum):
    """The icons there are."""

    IDLE = "idle"
    WORKING = "working"
    ATTENTION = "attention"
    PAUSED = "paused"
    OFF = "off"


def state(link: Link, status: AgentStatus | None) -> TrayState:
    """Choose the icon. What is wrong goes before a pause, and a pause before work."""
    if link.state is not LinkState.CONNECTED or status is None:
        return TrayState.OFF
    if status.problem is not None or status.state == "attention":
        return TrayState.ATTENTION
    if status.schedule.pause is not None:
        return TrayState.PAUSED
    return TrayState.WORKING if status.running else TrayState.IDLE


def tooltip(link: Link, status: AgentStatus | None, kept: Kept | None) -> str:
    """Say how the agent is, when it read last and reads next, and what waits."""
    if link.state is not LinkState.CONNECTED or status is None:
        return _short([_absent(link, kept)])
    parts = [_said(state(link, status), status), _reads(status), _waits(status)]
    if status.problem is not None:
        parts.insert(1, status.problem.text)
    return _short(parts)


def _short(parts: list[str]) -> str:
    # Some trays take what looks like HTML for HTML.
    said = " ".join(part for part in parts if part).replace("<", "(")
    text = plain(f"Platen \u2013 {said[:1].lower()}{said[1:]}", 1000)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _said(now: TrayState, status: AgentStatus) -> str:
    said = {
        TrayState.IDLE: QCoreApplication.translate("Tray", "Idle."),
        TrayState.WORKING: QCoreApplication.translate("Tray", "Working."),
        TrayState.ATTENTION: QCoreApplication.translate("Tray", "Attention."),
    }
    if now in said:
        return said[now]
    pause = status.schedule.pause
    if pause is None or pause.until is None:
        return QCoreApplication.translate("Tray", "Paused.")
    form = QCoreApplication.translate("Tray", "Paused until %1.")
    return form.replace("%1", wording.moment(pause.until), 1)


def _absent(link: Link, kept: Kept | None) -> str:
    if kept is not None and kept.state is KeptState.WAITING:
        form = QCoreApplication.translate("Tray", "Off. %1 Next start in %2 s.")
        why = kept.problem.text if kept.problem else ""
        return form.replace("%2", str(round(kept.wait)), 1).replace("%1", why, 1)
    starting = kept is not None and kept.state in {KeptState.STARTING, KeptState.HERE}
    if starting or link.state in {LinkState.CONNECTING, LinkState.STARTING}:
        return QCoreApplication.translate("Tray", "Starting.")
    return QCoreApplication.translate("Tray", "Off. No agent runs: nothing is read.")


def _lane(status: AgentStatus) -> LaneStatus | None:
    return next((lane for lane in status.schedule.lanes if lane.lane == _COLLECT), None)


def _reads(status: AgentStatus) -> str:
    lane = _lane(status)
    following = lane.next if lane is not None else None
    last = status.last_collection
    if last and following:
        form = QCoreApplication.translate("Tray", "Last read %1, next %2.")
    elif following:
        form = QCoreApplication.translate("Tray", "Nothing read yet, next %2.")
    elif last:
        form = QCoreApplication.translate("Tray", "Last read %1.")
    else:
        return QCoreApplication.translate("Tray", "Nothing read yet.")
    return form.replace("%1", wording.moment(last), 1).replace("%2", wording.moment(following), 1)


def _waits(status: AgentStatus) -> str:
    if not status.hub.enrolled:
        return QCoreApplication.translate("Tray", "Not connected to a dealer.")
    if status.waiting == 0:
        return QCoreApplication.translate("Tray", "All delivered.")
    form = QCoreApplication.translate(
        "Tray", "%n wait(s) for the dealer's server.", "", status.waiting
    )
    if status.waiting == 1:
        return wording.counted(form.replace("wait(s)", "waits"), 1)
    return wording.counted(form.replace("wait(s)", "wait"), status.waiting)
