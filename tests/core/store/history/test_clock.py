from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.host.clock import rfc3339
from core.store.history.clock import AHEAD, EARLIEST, SETTLES, SLACK, Clock, judge
from core.store.history.save import CLOCK_SUSPECT
from tests.support.past import FOREVER, keep, read_at, values
from tests.support.stored import START, opened

NOW = int(START.timestamp())
DAY = 24


def test_right_times_move_on() -> None:
    clock = Clock()
    for at in (NOW, NOW + 3600, NOW + 1800, NOW + 3600 + AHEAD):
        right, clock = judge(clock, at)
        assert right
    assert clock == Clock(trusted=NOW + 3600 + AHEAD)


def test_wrong_times_are_in_doubt_and_change_nothing_else() -> None:
    clock = Clock(trusted=NOW)
    for at in (0, EARLIEST - 1, NOW - SLACK - 1, NOW + AHEAD + 1):
        right, after = judge(clock, at)
        assert not right
        assert after.trusted == NOW


@given(st.lists(st.integers(EARLIEST - 10**8, EARLIEST + 10**8), max_size=30))
@settings(max_examples=200)
def test_trust_never_goes_back_without_two_days_of_reason(moments) -> None:
    clock = Clock()
    for at in moments:
        right, after = judge(clock, at)
        if right and clock.trusted is not None and at < clock.trusted - SLACK:
            assert clock.doubt_from is not None
            assert at - clock.doubt_from >= SETTLES
        assert after.trusted is None or after.trusted >= EARLIEST
        clock = after


async def test_a_reading_from_a_wrong_clock_is_kept_and_marked(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 100), read_at(1, 110)])
        wrong = await store.save_reading(read_at(-24 * 365 * 11, 120))
        latest = (await store.device(wrong.device.key)).latest
        assert [note.code for note in latest.notes] == [CLOCK_SUSPECT]
        assert "2015" in latest.notes[0].text
        assert "2026-01-01T01:00:00Z" in latest.notes[0].text
        kept = await store.history.read(key, "meters.total", 0, FOREVER)
        assert [run.value for run in kept.runs] == [100, 110]
        assert [run.value for run in kept.doubtful] == [120]
        assert kept.origins[kept.doubtful[0].origin].rule == "rule"
        right = await store.save_reading(read_at(2, 130))
        assert (await store.device(right.device.key)).latest.notes == ()
        assert await values(store, key) == [100, 110, 130]


async def test_a_clock_that_stays_ahead_was_put_right_and_nothing_is_lost(tmp_path) -> None:
    later = 200 * DAY
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 100)])
        await keep(store, (read_at(later + hour, 200 + hour) for hour in range(48)))
        assert await values(store, key) == [100]
        await keep(store, [read_at(later + 48, 248)])
        assert await values(store, key) == [100, *range(200, 249)]
        kept = await store.history.read(key, "meters.total", 0, FOREVER)
        assert kept.doubtful == ()


async def test_a_clock_that_was_ahead_and_came_back(tmp_path) -> None:
    ahead = 50 * DAY
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 100), read_at(1, 101)])
        await keep(store, (read_at(ahead + hour, 200 + hour) for hour in range(60)))
        await keep(store, (read_at(DAY + hour, 300 + hour) for hour in range(50)))
        assert await values(store, key) == [100, 101, *range(300, 350)]
        kept = await store.history.read(key, "meters.total", 0, FOREVER)
        assert [run.value for run in kept.doubtful] == list(range(200, 260))
        await keep(store, [read_at(3 * DAY + hour, 350 + hour) for hour in range(5)])
        assert (await values(store, key))[-1] == 354


async def test_other_devices_follow_when_the_clock_has_settled(tmp_path) -> None:
    async with opened(tmp_path) as store:
        a = await keep(store, [read_at(50 * DAY, 10, serial="A")])
        b = await keep(store, [read_at(50 * DAY, 20, serial="B")])
        for hour in range(50):
            await keep(store, [read_at(hour, 100 + hour, serial="A")])
        assert await values(store, a) == [*range(100, 150)]
        await keep(store, [read_at(50, 33, serial="B")])
        assert await values(store, b) == [33]


async def test_a_few_minutes_back_are_no_matter(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(1, 10), read_at(0.9, 11), read_at(2, 12)])
        kept = await store.history.read(key, "meters.total", 0, FOREVER)
        assert [run.value for run in kept.runs] == [10, 11, 12]
        assert rfc3339(START + timedelta(hours=2)) == "2026-01-01T02:00:00Z"
