"""A lane: one kind of thing that the agent does by itself, again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.model.action import ActionKind
from core.schedule.timing import Timing


@dataclass(frozen=True, slots=True)
class Lane:
    """What is done, and when.

    ``name`` is stable ("collect", "collect segment Office"): the state is kept under it.
    ``arguments`` is the JSON of the action's arguments. A lane with ``catches_up`` makes up for
    what was missed, once. One that ``needs_network`` waits until there is one. ``pausable`` lanes
    rest while a person has paused the agent. Of a ``quiet`` lane, which runs every few minutes,
    only those runs are kept with which something changed: it failed, or it works again.
    """

    name: str
    title: str
    kind: ActionKind
    timing: Timing
    arguments: str = "{}"
    catches_up: bool = True
    needs_network: bool = True
    pausable: bool = True
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class LaneState:
    """How far a lane is: the due time that was dealt with last, and whether a run is owed.

    ``owed`` is set where a run was skipped or cut off that is to be made up for.
    """

    handled: datetime
    owed: bool = False
