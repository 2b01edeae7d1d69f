from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.schedule.clocks import Clocks, Moment, jump_between, look, spell

NOON = datetime(2028, 2, 29, 12, tzinfo=UTC)


def moment(wall: float, awake: float, boot: float | None) -> Moment:
    return Moment(NOON + timedelta(seconds=wall), awake, boot)


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (moment(60, 60, 60), None),
        (moment(32_460, 60, 32_460), "the computer was asleep for 9 h"),
        (moment(-31_536_000, 60, 60), "the computer's clock was set back by 365 d"),
        (moment(7_260, 60, 60), "the computer's clock was set forward by 2 h"),
        (moment(7_260, 60, None), "the computer was asleep, or its clock was set forward, by 2 h"),
    ],
)
def test_what_the_clocks_tell(after: Moment, why: str | None) -> None:
    jump = jump_between(moment(0, 0, None if after.boot is None else 0), after)
    assert (None if jump is None else jump.why) == why


def test_the_real_clocks_go_on_together() -> None:
    first = look(Clocks())
    assert jump_between(first, look(Clocks())) is None


def test_lengths_in_words() -> None:
    assert [spell(s) for s in (0, 29.6, 30, 59, 3_600, 33_120, 200_000)] == [
        "0 s", "30 s", "30 s", "59 s", "1 h", "9 h 12 min", "2 d 7 h",
    ]  # fmt: skip
