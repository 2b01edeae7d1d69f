"""The schedule as faces see it: what runs by itself, when it ran last, when it runs next."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a scheduled run."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"  # on purpose: paused, or the one before still ran
    MISSED = "missed"  # nobody was there to run it: asleep, switched off, the clock was set


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of a lane, or several that were missed or skipped for one reason.

    ``planned`` is when it was due (of several: the last one), ``count`` how many it stands for;
    ``started`` and ``ended`` are ``None`` for what never ran. ``reason`` is a sentence. Times are
    RFC 3339 in UTC.
    """

    lane: str
    planned: str
    outcome: Outcome
    reason: str = ""
    started: str | None = None
    ended: str | None = None
    count: int = 1
    late: bool = False
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LaneStatus:
    """One line of the schedule. ``waits_for`` says what holds back a run that is due."""

    lane: str
    title: str
    last: RunRecord | None
    next: str | None
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that a person asked for; ``until`` is ``None`` where it lasts until it is ended."""

    since: str
    until: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ScheduleStatus:
    """The whole schedule at one moment; ``zone`` is the time zone of its days and hours, ``away`` a
    sentence on why the agent was away last and until when ("": it was not, as far as is known).
    """

    lanes: tuple[LaneStatus, ...] = ()
    pause: Pause | None = None
    zone: str = "UTC"
    away: str = ""
