"""What the schedule needs to have kept, so that it survives every end of the agent."""

from __future__ import annotations

from typing import Protocol

from core.model.schedule import Pause, RunRecord
from core.schedule.lane import LaneState


class RunLog(Protocol):
    """Where states, runs and the pause are kept. Every method raises ``PlatenError``."""

    async def states(self) -> dict[str, LaneState]:
        """Give the state of every lane that has one, by name."""
        ...

    async def latest(self) -> dict[str, RunRecord]:
        """Give the last record of every lane, by name."""
        ...

    async def save(self, lane: str, state: LaneState, *records: RunRecord) -> None:
        """Keep a lane's state and these records, all or nothing.

        A record of the same lane and the same planned time takes the other's place.
        """
        ...

    async def unfinished(self) -> tuple[RunRecord, ...]:
        """Give the records of runs that never ended: the agent did, while they ran."""
        ...

    async def pause(self) -> Pause | None:
        """Give the pause that is in force or was, until it is taken away."""
        ...

    async def set_pause(self, pause: Pause | None) -> None:
        """Keep a pause, or take it away."""
        ...

    async def alive(self) -> str | None:
        """Give when the agent was last known to run (RFC 3339)."""
        ...

    async def set_alive(self, at: str, ended: str = "") -> None:
        """Note that the agent runs at this time; ``ended`` is why it is about to end."""
        ...

    async def ended(self) -> str:
        """Give why the agent ended last time; empty where it could not say."""
        ...
