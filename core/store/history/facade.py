"""History as the rest of the agent sees it: ``Store.history``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo

from core.store.history import adopt, doubtful, read
from core.store.history.compact import Plan, Thinned, step
from core.store.history.read import Kept, Part
from core.store.history.thin import borders, days, months
from core.store.thread import DatabaseThread

_FOLD_AT_ONCE = 25


class History:
    """The history of every device. All methods raise ``StoreError``."""

    def __init__(
        self, writer: DatabaseThread, reader: DatabaseThread, clock: Callable[[], datetime]
    ) -> None:
        self._writer = writer
        self._reader = reader
        self.clock = clock

    async def open(self) -> None:
        """Bring in what was stored before there was a history."""
        while await self._writer.run(lambda db: adopt.fold(db, _FOLD_AT_ONCE)):
            pass

    async def paths(self, device_key: str) -> tuple[str, ...]:
        """Name the values of a device that have a history."""
        return await self._reader.run(lambda db: read.paths(db, device_key))

    async def read(self, device_key: str, path: str, since: int, until: int) -> Kept:
        """Give the runs of one value that reach into a span of time (Unix seconds)."""
        return await self._reader.run(lambda db: read.read(db, device_key, path, since, until))

    async def read_many(self, device_key: str, parts: Sequence[Part]) -> list[Kept]:
        """Give the runs of some values of a device, each for a span of its own."""
        return await self._reader.run(lambda db: read.read_many(db, device_key, parts))

    async def compact(
        self, now: datetime, zone: tzinfo, budget: float, monotonic: Callable[[], float]
    ) -> Thinned:
        """Thin what is old, for at most ``budget`` seconds; what is left waits for another time.

        Days and months are those of ``zone``. Each step is a transaction of some 20 ms, between
        which others may write. A ``now`` after the newest reading that is trusted is not believed.
        """
        clock = await self._reader.run(doubtful.load_clock)
        if clock.trusted is None:
            return Thinned(done=True)
        daily, monthly = borders(min(now, datetime.fromtimestamp(clock.trusted, UTC)), zone)
        plan = Plan(daily, monthly, days(zone), months(zone))
        end = monotonic() + budget
        total = Thinned()
        while not total.done and monotonic() < end:
            total += await self._writer.run(lambda db: step(db, plan, monotonic))
        return total
