from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.model.action import ActionKind
from core.schedule.decide import Anchor, Circumstances, Hold, Miss, Run, Skip, Wait, decide
from core.schedule.lane import Lane, LaneState
from core.schedule.timing import Every

HOURLY = Lane("collect", "Read", ActionKind.COLLECT, Every(3600))
CHECK = Lane("check-in", "Check in", ActionKind.DELIVER, Every(300), catches_up=False)
NOON = datetime(2028, 2, 29, 12, tzinfo=UTC)
FREE = Circumstances(UTC)
minutes = lambda n: timedelta(minutes=n)  # noqa: E731


def test_a_new_lane_counts_from_now() -> None:
    assert decide(HOURLY, None, NOON, FREE) == Anchor(NOON, set_back=False)
    assert decide(HOURLY, LaneState(NOON), NOON, FREE) == Wait(NOON + minutes(60))


def test_on_time_late_and_missed() -> None:
    state = LaneState(NOON)
    assert decide(HOURLY, state, NOON + minutes(61), FREE) == Run(NOON + minutes(60))
    late = decide(HOURLY, state, NOON + minutes(9 * 60 + 20), FREE)
    assert late == Run(NOON + minutes(540), missed=8, late=True)
    assert decide(CHECK, state, NOON + minutes(24), FREE) == Miss(NOON + minutes(20), 4)
    assert decide(CHECK, state, NOON + minutes(21), FREE) == Run(NOON + minutes(20), missed=3)


def test_a_clock_that_was_set_back() -> None:
    ahead = LaneState(NOON + timedelta(days=365))
    assert decide(HOURLY, ahead, NOON, FREE) == Anchor(NOON, set_back=True)
    # by less than one interval: what was done at 12:00 is not done again when it is 12:00 again
    assert decide(HOURLY, LaneState(NOON), NOON - minutes(20), FREE) == Wait(NOON + minutes(60))


def test_a_pause_leaves_out_and_owes() -> None:
    paused = Circumstances(UTC, paused="paused: by a person")
    due = NOON + minutes(61)
    assert decide(HOURLY, LaneState(NOON), due, paused) == Skip(
        NOON + minutes(60), 1, "paused: by a person"
    )
    owed = LaneState(NOON + minutes(60), owed=True)
    assert isinstance(decide(HOURLY, owed, due, paused), Wait)
    assert decide(HOURLY, owed, due, FREE) == Run(NOON + minutes(60), late=True)


def test_without_a_network_it_holds() -> None:
    offline = Circumstances(UTC, offline="no network")
    assert decide(HOURLY, LaneState(NOON), NOON + minutes(61), offline) == Hold("no network")


def test_a_late_run_waits_for_the_next_one_where_that_is_near() -> None:
    decision = decide(HOURLY, LaneState(NOON), NOON + minutes(113), FREE)
    assert isinstance(decision, Hold)
    assert decide(HOURLY, LaneState(NOON), NOON + minutes(120), FREE) == Run(
        NOON + minutes(120), missed=1
    )
