"""The agent's schedule: its lanes from the settings, its runs as actions, its pause."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from core.host.zone import local_zone
from core.jobs.lanes import lanes
from core.jobs.runner import Emit
from core.jobs.scheduled import Do, perform
from core.jobs.surroundings import missing_network
from core.jobs.tools import Tools
from core.model.action import NoArguments, PauseArguments
from core.model.event import Finished
from core.model.problem import BadInputError
from core.model.schedule import ScheduleStatus
from core.schedule.clocks import Clocks
from core.schedule.scheduler import Around, Scheduler

#: After a start or a sleep the network is left in peace for so many seconds, plus up to as many
#: again: all laptops of an office wake up at nine.
_SETTLE = 5.0


class Timetable:
    """Runs by itself from ``open`` until ``close``."""

    def __init__(self, tools: Tools, do: Do, tell: Callable[[], None]) -> None:
        self._tools = tools
        around = Around(
            Clocks(wall=tools.clock),
            local_zone,
            asyncio.sleep,
            lambda: missing_network(tools.settings.discovery.as_segments()),
            lambda: _SETTLE + tools.random.uniform(0, _SETTLE),
        )
        self._scheduler = Scheduler(
            lambda: lanes(tools.settings, tools.store.installation),
            tools.store.schedule,
            around,
            partial(perform, tools, do),
            tell,
        )
        self._running: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Take up where the last agent left off, and go on by itself; raises ``StoreError``."""
        await self._scheduler.open()
        self._running = asyncio.create_task(self._scheduler.run(), name="schedule")

    def status(self) -> ScheduleStatus:
        """Give the schedule as it stands."""
        return self._scheduler.status()

    def changed(self) -> None:
        """Look at the settings again."""
        self._scheduler.wake()

    async def pause(self, arguments: PauseArguments, _: Emit) -> Finished:
        """Do nothing by itself for a while."""
        minutes = arguments.minutes
        if minutes is not None and not 1 <= minutes <= 60 * 24 * 366:
            raise BadInputError(
                "bad_pause", f"A pause of {minutes} minutes.", "Between 1 minute and 1 year."
            )
        until = None if minutes is None else self._tools.clock() + timedelta(minutes=minutes)
        made = await self._scheduler.pause(until, arguments.reason)
        return Finished(text=f"Paused until {made.until}." if made.until else "Paused.")

    async def resume(self, _: NoArguments, __: Emit) -> Finished:
        """End the pause."""
        await self._scheduler.resume()
        return Finished(text="Not paused any more.")

    async def close(self, why: str) -> None:
        """End; ``why`` is told to whoever looks at the schedule next."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
            await self._scheduler.close(why)
