"""How long an action may take before it is ended and named: a watchdog, no timetable."""

from __future__ import annotations

from datetime import timedelta

from core.model.action import ActionKind
from core.model.problem import Problem
from core.schedule.clocks import spell

_USUAL = timedelta(minutes=5)
_LIMITS = {
    ActionKind.DISCOVER: timedelta(hours=6),  # a /8 at the gentle pace is refused before
    ActionKind.COLLECT: timedelta(hours=2),
    ActionKind.DELIVER: timedelta(hours=1),
    ActionKind.RENEW: timedelta(hours=1),  # it lets a long delivery end first
    ActionKind.UPKEEP: timedelta(hours=1),
    ActionKind.COMPACT: timedelta(hours=1),
    ActionKind.PREPARE_BUNDLE: timedelta(minutes=15),
    ActionKind.SEND_BUNDLE: timedelta(minutes=30),
    ActionKind.SEND_LOGS: timedelta(minutes=45),
}


def limit_of(kind: ActionKind) -> timedelta:
    """Give the longest time that an action of this kind may take."""
    return _LIMITS.get(kind, _USUAL)


def overdue(kind: str, limit: timedelta) -> Problem:
    """Give the problem of an action that was ended because it went on for too long."""
    return Problem(
        "action_overdue",
        f"The action {kind} was ended: it had not come to its end after "
        f"{spell(limit.total_seconds())}.",
        "What it did until then is kept. Send the logs to support: they say where it hung.",
    )
