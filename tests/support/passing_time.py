"""A computer whose time passes only when somebody sleeps: its clocks can be set and it can nap."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from core.schedule.clocks import Clocks
from core.schedule.scheduler import Around, Scheduler


class Computer:
    """``wall`` is what its clock shows; ``true`` is what it should show."""

    def __init__(self, start: datetime, zone: object) -> None:
        self.true = start.astimezone(UTC)
        self.offset = timedelta()
        self.asleep = timedelta()
        self.start = self.true
        self.zone = zone
        self.no_network = ""
        self.settle = 10.0
        self.longest_nap = 60.0

    @property
    def wall(self) -> datetime:
        return self.true + self.offset

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.wall, self._awake, self._boot)

    def _boot(self) -> float:
        return (self.true - self.start).total_seconds()

    def _awake(self) -> float:
        return self._boot() - self.asleep.total_seconds()

    def around(self) -> Around:
        async def never(_: float) -> None:
            await asyncio.Event().wait()

        return Around(
            self.clocks(),
            lambda: self.zone,  # type: ignore[arg-type,return-value]
            never,
            lambda: self.no_network,
            lambda: self.settle,
            self.longest_nap,
        )

    def pass_awake(self, seconds: float) -> None:
        self.true += timedelta(seconds=seconds)

    def sleep(self, length: timedelta) -> None:
        self.true += length
        self.asleep += length


async def live_until(computer: Computer, scheduler: Scheduler, end: datetime) -> None:
    """Let the scheduler take its turns until the true time is ``end``; each run ends at once."""
    while computer.true < end:
        nap = await scheduler.turn()
        while scheduler.running:
            await asyncio.gather(*scheduler.running.values())
        computer.pass_awake(max(nap, 0.05))
