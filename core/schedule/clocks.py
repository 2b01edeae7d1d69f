"""The clocks that the schedule goes by, and what their differences tell."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.host import clock

_NOTICED = 90.0  # seconds; smaller differences are corrections of the network's time


def since_boot() -> float | None:
    """Give the seconds since the computer started, those asleep included; ``None`` where the
    system has no such clock for us.
    """
    number = getattr(time, "CLOCK_BOOTTIME", None)
    return None if number is None else time.clock_gettime(number)


@dataclass(frozen=True, slots=True)
class Clocks:
    """``wall`` may jump; ``awake`` (seconds) runs while the computer does; ``boot`` (seconds) runs
    while it sleeps too.
    """

    wall: Callable[[], datetime] = clock.now
    awake: Callable[[], float] = clock.monotonic
    boot: Callable[[], float | None] = since_boot


@dataclass(frozen=True, slots=True)
class Moment:
    """What all clocks show at once."""

    wall: datetime
    awake: float
    boot: float | None


@dataclass(frozen=True, slots=True)
class Jump:
    """Time that passed without us. ``set_by`` is by how many seconds the clock was set (negative:
    back; 0: the computer was asleep).
    """

    why: str
    set_by: float = 0.0


def look(clocks: Clocks) -> Moment:
    """Read all clocks."""
    return Moment(clocks.wall(), clocks.awake(), clocks.boot())


def jump_between(before: Moment, after: Moment) -> Jump | None:
    """Say whether time passed that the agent did not live through, and why, as a sentence."""
    wall = (after.wall - before.wall).total_seconds()
    awake = after.awake - before.awake
    boot = None
    if before.boot is not None and after.boot is not None:
        boot = after.boot - before.boot
    if boot is not None and boot - awake > _NOTICED:
        set_by = wall - boot
        return Jump(
            f"the computer was asleep for {spell(boot - awake)}",
            set_by if abs(set_by) > _NOTICED else 0.0,
        )
    lost = wall - awake
    if lost < -_NOTICED:
        return Jump(f"the computer's clock was set back by {spell(-lost)}", lost)
    if lost <= _NOTICED:
        return None
    if boot is not None:
        return Jump(f"the computer's clock was set forward by {spell(lost)}", lost)
    return Jump(f"the computer was asleep, or its clock was set forward, by {spell(lost)}")


def spell(seconds: float) -> str:
    """Write a length of time in its two largest units, such as "9 h 12 min"; "20 s"."""
    if seconds < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"
