"""What a lane should do now: a pure decision over its timing, its state and what holds it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TypeAlias

from core.schedule.lane import Lane, LaneState

#: A run that starts no later than this after its time was not missed. Longer than the scheduler
#: ever sleeps (``Around.longest_nap``), with room for a busy machine.
GRACE = timedelta(seconds=150)
#: A run is not made up for where the next one is nearer than this: it does for both.
NEAR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds all lanes back: a pause or a network that is not there yet, as sentences."""

    zone: tzinfo
    paused: str = ""
    offline: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before this moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Anchor:
    """Count from now: the lane is new, or the clock was set back."""

    at: datetime
    set_back: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """A run is due and something holds it back; look again soon."""

    why: str


@dataclass(frozen=True, slots=True)
class Skip:
    """So many runs that were due until ``planned`` are left out on purpose."""

    planned: datetime
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Miss:
    """So many runs were missed until ``planned``, and are not made up for."""

    planned: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Run:
    """Run now. ``missed`` runs before this one never ran; ``late``: it is being made up for."""

    planned: datetime
    missed: int = 0
    late: bool = False


Decision: TypeAlias = Wait | Anchor | Hold | Skip | Miss | Run


def decide(
    lane: Lane, state: LaneState | None, now: datetime, circumstances: Circumstances
) -> Decision:
    """Say what the lane does at ``now``."""
    timing, zone = lane.timing, circumstances.zone
    if state is None or state.handled > now + timing.gap:
        # What was dealt with lies further ahead than the next due time can: the clock was wrong.
        return Anchor(now, set_back=state is not None)
    planned, count = timing.passed(state.handled, now, zone)
    following = timing.following(max(now, state.handled), zone)
    rests = lane.pausable and bool(circumstances.paused)
    if count and rests:
        return Skip(planned, count, circumstances.paused)
    if count == 0 and (rests or not state.owed):
        return Wait(following)
    late = count == 0 or now - planned > GRACE
    if late and not lane.catches_up:
        return Miss(planned, count)
    if held := _held(lane, circumstances, near=late and following - now < NEAR):
        return Hold(held)
    return Run(planned, count - 1, late) if count else Run(state.handled, late=True)


def _held(lane: Lane, circumstances: Circumstances, *, near: bool) -> str:
    if near:
        return "it is made up for at the next time, which is near"
    return circumstances.offline if lane.needs_network else ""
