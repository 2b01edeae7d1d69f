"""A year in the life of a laptop: the production scheduler, store and outbox, a clock of ours.

It sleeps every night, is off for two weeks, its clock shows the wrong year for two days, there is
a leap day, and summer time begins and ends.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest

from core.host.clock import parse_rfc3339, rfc3339
from core.model.action import ActionKind
from core.model.schedule import Outcome, RunRecord
from core.schedule.lane import Lane
from core.schedule.ran import Ran
from core.schedule.scheduler import Scheduler
from core.schedule.timing import Every, Weekly
from core.store import Store
from tests.support.passing_time import Computer, live_until
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2028, 1, 1, 7, tzinfo=BERLIN)
END = datetime(2029, 1, 1, 7, tzinfo=BERLIN)
HOLIDAY = date(2028, 7, 3)
WRONG_FROM = datetime(2028, 9, 12, 14, 20, tzinfo=BERLIN)
WRONG_UNTIL = datetime(2028, 9, 14, 9, 10, tzinfo=BERLIN)
COLLECT = Lane("collect", "Read", ActionKind.COLLECT, Every(3600, 17))
SEARCH = Lane("discover", "Search", ActionKind.DISCOVER, Weekly(frozenset({1, 3}), time(10, 30)))


class Laptop:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.computer = Computer(BEGIN, BERLIN)
        self.computer.longest_nap = 3600.0
        self.sample = reading(summaries(1)[0])
        self.ran: dict[str, list[datetime]] = {"collect": [], "discover": []}
        self.delivered: list[str] = []
        self.waiting = 0

    async def start(self) -> None:
        self.store = await Store.open(self.folder, lambda: self.computer.wall, Random(7))
        self.scheduler = Scheduler(
            lambda: (COLLECT, SEARCH),
            self.store.schedule,
            self.computer.around(),
            self._perform,
            lambda: None,
        )
        await self.scheduler.open()

    async def end(self, why: str) -> None:
        await self.scheduler.close(why)
        await self.store.close()

    async def _perform(self, lane: Lane, planned: str) -> Ran:
        del planned
        self.ran[lane.name].append(self.computer.true)
        if lane is COLLECT:
            taken = replace(self.sample, taken_at=rfc3339(self.computer.wall))
            await self.store.save_reading(taken)
        return Ran(Outcome.DONE)

    async def deliver(self) -> None:
        while items := await self.store.outbox(500, 10_000_000):
            self.delivered += [item.key for item in items if item.kind == "reading"]
            await self.store.acknowledge([item.key for item in items])

    async def day(self, morning: datetime) -> None:
        """Live from the morning until the night, then sleep until the next morning."""
        night = morning.replace(hour=22)
        for moment, by in ((WRONG_FROM, -timedelta(days=366)), (WRONG_UNTIL, timedelta())):
            if morning <= moment < night:
                await live_until(self.computer, self.scheduler, moment.astimezone(UTC))
                self.computer.offset = by
        await live_until(self.computer, self.scheduler, night.astimezone(UTC))
        await self.deliver()
        following = datetime.combine(morning.date() + timedelta(days=1), time(7), BERLIN)
        self.computer.sleep(following.astimezone(UTC) - self.computer.true)

    async def holiday(self, days: int) -> None:
        await self.end("the computer was shut down")
        self.computer.start = self.computer.true  # a computer that was off counts from zero
        back = self.computer.true + timedelta(days=days)
        self.computer.asleep = timedelta()
        self.computer.true = back
        self.computer.start = back
        await self.start()


async def live(folder: Path) -> tuple[Laptop, list[RunRecord]]:
    laptop = Laptop(folder)
    await laptop.start()
    while laptop.computer.true < END.astimezone(UTC):
        morning = laptop.computer.true.astimezone(BERLIN)
        if morning.date() == HOLIDAY:
            await laptop.holiday(14)
            morning = laptop.computer.true.astimezone(BERLIN)
        await laptop.day(morning)
    page = await laptop.store.schedule.runs(limit=100_000)
    laptop.waiting = await laptop.store.waiting()
    await laptop.end("the year is over")
    return laptop, list(reversed(page.items))


@pytest.fixture(scope="module")
def year() -> tuple[Laptop, list[RunRecord]]:
    # In memory where there is such a folder: ten thousand transactions, each waited for.
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        return asyncio.run(live(Path(folder)))


def true_time(text: str) -> str:
    """Give the time that a right clock would have shown."""
    moment = parse_rfc3339(text)
    return rfc3339(moment + timedelta(days=366 if moment.year == WRONG_FROM.year - 1 else 0))


Year = tuple[Laptop, list[RunRecord]]


def test_none_is_doubled(year: Year) -> None:
    laptop, records = year
    planned = [(r.lane, r.planned) for r in records]
    assert len(planned) == len(set(planned))
    times = laptop.ran["collect"]
    late = {true_time(r.started) for r in records if r.late and r.started}
    for before, after in itertools.pairwise(times):
        made_up = {rfc3339(after), rfc3339(before)} & late
        least = timedelta(minutes=9 if made_up else 55)
        assert after - before > least, (before, after)


def test_none_is_missed_without_a_reason(year: Year) -> None:
    _, records = year
    missed = [r for r in records if r.outcome is Outcome.MISSED]
    assert missed
    reasons = Counter(r.reason.split(" for ")[0] for r in missed)
    assert set(reasons) <= {"the computer was asleep", "the agent was not running"}
    gone = [r for r in missed if "shut down" in r.reason]
    assert {r.lane: r.count for r in gone}["collect"] == 14 * 24 + 9  # and the night before
    assert all(r.outcome is Outcome.DONE for r in records if r.outcome is not Outcome.MISSED)


def test_every_due_time_is_accounted_for(year: Year) -> None:
    """Each hour of the year stands in a record: it ran, or it was missed with a reason."""
    _, records = year
    wrong = range(WRONG_FROM.year - 1, WRONG_FROM.year)
    collect = [r for r in records if r.lane == "collect" and r.planned[:4] not in map(str, wrong)]
    accounted = sum(r.count for r in collect)
    last_evening = END.replace(hour=22) - timedelta(days=1)  # nobody woke up to tell of that night
    hours = (last_evening.astimezone(UTC) - BEGIN.astimezone(UTC)).total_seconds() / 3600
    wrong_hours = (WRONG_UNTIL - WRONG_FROM).total_seconds() / 3600
    # the wrong clock's own hours have records of their own year; each setting costs at most one
    assert abs(accounted - (hours - wrong_hours)) <= 4


def test_on_every_day_it_ran(year: Year) -> None:
    laptop, _ = year
    days = Counter(at.astimezone(BERLIN).date() for at in laptop.ran["collect"])
    away = {HOLIDAY + timedelta(days=n) for n in range(14)}
    every = {BEGIN.date() + timedelta(days=n) for n in range(366)}
    assert set(days) == every - away
    assert date(2028, 2, 29) in days
    assert {n for day, n in days.items() if day != BEGIN.date()} <= {15, 16, 17}


def test_searches_keep_to_their_hour_through_summer_time(year: Year) -> None:
    laptop, _ = year
    at = [t.astimezone(BERLIN) for t in laptop.ran["discover"]]
    usual = [t for t in at if t.hour == 10 and t.minute in {30, 31}]
    assert len(usual) >= len(at) - 3  # one made up for after the holiday, two by a wrong clock
    assert 96 <= len(at) <= 103


def test_nothing_is_lost_on_the_way_to_the_hub(year: Year) -> None:
    laptop, _ = year
    assert len(laptop.delivered) == len(set(laptop.delivered)) == len(laptop.ran["collect"])
    assert laptop.waiting == 0


def test_the_log_of_runs_reads_well(year: Year) -> None:
    _, records = year
    missed = (r for r in records if r.outcome is Outcome.MISSED and r.planned > "2028")
    first = next(missed)
    assert first.reason == "the computer was asleep for 9 h"
    assert parse_rfc3339(first.planned).astimezone(BERLIN).date() == date(2028, 1, 2)
