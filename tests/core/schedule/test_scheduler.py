"""The production scheduler on a computer whose time is in our hand, with a real store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from core.model.action import ActionKind
from core.model.problem import PlatenError
from core.model.schedule import Outcome, RunRecord
from core.schedule.lane import Lane
from core.schedule.ran import Ran
from core.schedule.scheduler import Scheduler
from core.schedule.timing import Every
from core.store import Store
from tests.support.passing_time import Computer, live_until

BEGIN = datetime(2028, 2, 28, 8, 30, tzinfo=UTC)
HOURLY = Lane("collect", "Read the printers", ActionKind.COLLECT, Every(3600))
CHECK = Lane("check-in", "Check in", ActionKind.DELIVER, Every(300), catches_up=False)


class Site:
    def __init__(self, store: Store, computer: Computer, *lanes: Lane) -> None:
        self.store, self.computer = store, computer
        self.ran: list[tuple[str, datetime]] = []
        self.outcome = Ran(Outcome.DONE, counts={"read": 1})
        self.scheduler = Scheduler(
            lambda: lanes, store.schedule, computer.around(), self._perform, lambda: None
        )

    async def _perform(self, lane: Lane, planned: str) -> Ran:
        del planned
        self.ran.append((lane.name, self.computer.true))
        return self.outcome

    async def live(self, **length: float) -> None:
        await live_until(self.computer, self.scheduler, self.computer.true + timedelta(**length))

    async def records(self) -> list[RunRecord]:
        page = await self.store.schedule.runs(limit=1000)
        return list(reversed(page.items))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(tmp_path, lambda: BEGIN, Random(1))
    yield opened
    await opened.close()


@pytest.fixture
def computer() -> Computer:
    return Computer(BEGIN, UTC)


async def test_every_hour_over_the_leap_day(store: Store, computer: Computer) -> None:
    site = Site(store, computer, HOURLY)
    await site.scheduler.open()
    await site.live(days=3)
    assert len(site.ran) == 72
    assert {at.minute for _, at in site.ran} == {0}
    assert datetime(2028, 2, 29, 12, tzinfo=UTC) in {
        at.replace(second=0, microsecond=0) for _, at in site.ran
    }
    assert {r.outcome for r in await site.records()} == {Outcome.DONE}


async def test_a_sleep_is_made_up_for_once_and_after_the_network(
    store: Store, computer: Computer
) -> None:
    site = Site(store, computer, HOURLY)
    await site.scheduler.open()
    await site.live(hours=2)
    site.ran.clear()
    computer.sleep(timedelta(hours=9))
    computer.no_network = "there is no network"
    await site.live(minutes=3)
    assert site.ran == []
    assert site.scheduler.status().lanes[0].waits_for == "there is no network"
    computer.no_network = ""
    await site.live(minutes=3)
    assert len(site.ran) == 1
    missed, late = (await site.records())[-2:]
    assert (missed.outcome, missed.count) == (Outcome.MISSED, 8)
    assert missed.reason == "the computer was asleep for 9 h"
    assert (late.outcome, late.late) == (Outcome.DONE, True)


async def test_what_cannot_be_made_up_for_is_only_noted(store: Store, computer: Computer) -> None:
    site = Site(store, computer, CHECK)
    await site.scheduler.open()
    await site.live(minutes=11)
    site.ran.clear()
    computer.sleep(timedelta(hours=1, minutes=3))
    await site.live(seconds=50)
    assert site.ran == []
    await site.live(minutes=5)
    assert len(site.ran) == 1


async def test_a_pause_survives_a_restart(store: Store, computer: Computer) -> None:
    site = Site(store, computer, HOURLY)
    await site.scheduler.open()
    await site.live(minutes=1)
    until = computer.wall + timedelta(hours=4)
    await site.scheduler.pause(until, "a person at this machine asked for it")
    await site.live(hours=2)
    again = Site(store, computer, HOURLY)
    await again.scheduler.open()
    assert (pause := again.scheduler.status().pause) is not None
    assert pause.reason == "a person at this machine asked for it"
    await again.live(hours=1)
    assert site.ran == again.ran == []
    assert (await again.records())[-1].outcome is Outcome.SKIPPED
    await again.live(hours=1, minutes=2)
    assert len(again.ran) == 1  # owed, made up for once
    assert again.scheduler.status().pause is None


async def test_resuming_makes_up_at_once(store: Store, computer: Computer) -> None:
    site = Site(store, computer, HOURLY)
    await site.scheduler.open()
    await site.scheduler.pause(None, "until I say so")
    await site.live(hours=5)
    assert site.scheduler.status().lanes[0].next is None
    await site.scheduler.resume()
    await site.live(minutes=1)
    assert len(site.ran) == 1


async def test_an_agent_that_died_in_a_run_owes_it(store: Store, computer: Computer) -> None:
    site = Site(store, computer, HOURLY)
    begun = asyncio.Event()

    async def hang(lane: Lane, planned: str) -> Ran:
        del lane, planned
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    site.scheduler._perform = hang
    await site.scheduler.open()
    await site.live(minutes=29)
    computer.pass_awake(90)
    await site.scheduler.turn()
    await begun.wait()
    for task in site.scheduler.running.values():
        task.cancel()  # as a kill would: nothing more is written
    computer.pass_awake(600)
    again = Site(store, computer, HOURLY)
    await again.scheduler.open()
    (record,) = await again.records()
    assert (record.outcome, record.reason) == (Outcome.FAILED, "the agent ended during it")
    await again.live(minutes=2)
    assert len(again.ran) == 1


async def test_a_run_that_goes_on_is_not_started_twice(store: Store, computer: Computer) -> None:
    site = Site(store, computer, HOURLY)
    free = asyncio.Event()

    async def slow(lane: Lane, planned: str) -> Ran:
        site.ran.append((lane.name, computer.true))
        del planned
        await free.wait()
        return site.outcome

    site.scheduler._perform = slow
    await site.scheduler.open()
    await site.scheduler.turn()
    computer.pass_awake(1900)
    await site.scheduler.turn()
    computer.pass_awake(3600)
    await site.scheduler.turn()
    await asyncio.sleep(0)
    assert len(site.ran) == 1
    assert (await site.records())[-1].reason == "the run before it was still going on"
    free.set()
    await asyncio.gather(*site.scheduler.running.values())


async def test_an_agent_that_was_not_there_says_why(store: Store, computer: Computer) -> None:
    site = Site(store, computer, HOURLY)
    await site.scheduler.open()
    await site.live(hours=1)
    await site.scheduler.close("a person ended it")
    computer.pass_awake(5 * 3600)
    again = Site(store, computer, HOURLY)
    await again.scheduler.open()
    await again.live(minutes=2)
    missed, late = (await again.records())[-2:]
    assert missed.reason == "the agent was not running for 5 h (a person ended it)"
    assert again.scheduler.status().away == f"{missed.reason}, until 2028-02-28 14:30 UTC"
    assert late.late


@pytest.mark.parametrize(
    ("why", "seconds", "said"),
    [
        ("a person ended it", 20, ""),
        ("a person ended it", 45, "the agent was not running for 45 s (a person ended it)"),
        # Killed a minute after it noted that it lives, and back at once: nobody asked for it.
        ("", 80, "the agent was not running for up to 1 min (it ended without saying why"),
        ("", 10, "the agent was not running for up to 10 s (it ended without saying why"),
    ],
)
async def test_a_short_absence_is_told_where_nobody_asked_for_it(
    store: Store, computer: Computer, why: str, seconds: float, said: str
) -> None:
    site = Site(store, computer, HOURLY)
    await site.scheduler.open()
    await site.scheduler.turn()
    if why:
        await site.scheduler.close(why)
    computer.pass_awake(seconds)
    again = Site(store, Computer(computer.true, ZoneInfo("Europe/Vienna")), HOURLY)
    await again.scheduler.open()
    told = again.scheduler.status().away
    assert told.startswith(said)
    assert (told == "") == (said == "")
    assert not told or told.endswith(f"until 2028-02-28 09:{30 + (seconds > 60)} CET")


async def test_a_failed_run_says_so_and_the_schedule_goes_on(
    store: Store, computer: Computer
) -> None:
    site = Site(store, computer, HOURLY)
    site.outcome = Ran(Outcome.FAILED, "No device could be read.")
    await site.scheduler.open()
    await site.live(hours=2)
    records = await site.records()
    assert [r.outcome for r in records] == [Outcome.FAILED, Outcome.FAILED]
    assert records[0].reason == "No device could be read."


class FullDisk:
    """A log of runs that takes nothing while it is full."""

    def __init__(self, store: Store) -> None:
        self._log = store.schedule
        self.full = False

    def __getattr__(self, name: str) -> object:
        if self.full and name in {"save", "set_alive", "set_pause"}:
            return self._refuse
        return getattr(self._log, name)

    async def _refuse(self, *_: object) -> None:
        raise PlatenError("store_full", "There is no room left.", "Free some space.")


async def test_a_full_disk_holds_runs_up_and_says_so(store: Store, computer: Computer) -> None:
    disk = FullDisk(store)
    site = Site(store, computer, HOURLY)
    site.scheduler = Scheduler(
        lambda: (HOURLY,), disk, computer.around(), site._perform, lambda: None
    )  # fmt: skip
    await site.scheduler.open()
    await site.live(hours=2)
    disk.full = True
    await site.live(hours=3)
    assert len(site.ran) == 2
    disk.full = False
    await site.live(hours=2)
    missed = [r for r in await site.records() if r.outcome is Outcome.MISSED]
    assert [r.count for r in missed] == [2]
    assert "could not be kept: There is no room left." in missed[0].reason
    disk.full = True
    await site.scheduler.close("it was told to end")  # a full disk keeps nobody from ending


async def test_the_end_of_a_run_that_filled_the_disk_is_kept_later(
    store: Store, computer: Computer
) -> None:
    disk = FullDisk(store)
    site = Site(store, computer, HOURLY)

    async def fill(lane: Lane, planned: str) -> Ran:
        disk.full = True
        return Ran(Outcome.FAILED, "There is no room left.")

    site.scheduler = Scheduler(lambda: (HOURLY,), disk, computer.around(), fill, lambda: None)
    await site.scheduler.open()
    await site.live(minutes=40)
    (lane,) = site.scheduler.status().lanes
    assert lane.last is not None
    assert lane.last.outcome is Outcome.FAILED
    assert [r.outcome for r in await site.records()] == [Outcome.RUNNING]
    disk.full = False
    await site.live(minutes=5)
    (record,) = await site.records()
    assert (record.outcome, record.reason) == (Outcome.FAILED, "There is no room left.")
