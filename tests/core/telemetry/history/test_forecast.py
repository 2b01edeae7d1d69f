from __future__ import annotations

from random import Random

from core.model.history import Run
from core.telemetry.history.forecast import forecast
from core.telemetry.history.replacement import replacements
from tests.support.runs import BEGIN

DAY = 86_400


def level(day: float, value: float | None) -> Run:
    moment = BEGIN + int(day * DAY)
    return Run(moment, moment, value)


def now(day: float) -> int:
    return BEGIN + int(day * DAY)


def test_a_steady_fall() -> None:
    found = forecast([level(day, 100 - 2.0 * day) for day in range(30)], 0, now(29))
    assert found.days == 21.0  # 42 per cent, 2 a day
    assert (found.least, found.most, found.per_day) == (21.0, 21.0, 2.0)


def test_a_third_of_wild_levels_moves_it_little() -> None:
    dice = Random(3)
    steady = [(day, 100 - 2.0 * day) for day in range(30)]
    wild = [level(day, dice.uniform(0, 100) if day % 4 == 1 else value) for day, value in steady]
    found = forecast([*wild[:-1], level(29, 42.0)], 0, now(29))
    assert found.days is not None
    assert 15 < found.days < 28
    assert found.least < found.days
    assert found.most is None or found.most > found.days


def test_an_uneven_fall_has_a_range() -> None:
    dice = Random(4)
    left, made = 100.0, []
    for day in range(40):
        left -= dice.choice((0, 0.5, 3))
        made.append(level(day, round(left, 1)))
    found = forecast(made, 0, now(39))
    assert found.least < found.days < found.most


def test_why_there_is_none() -> None:
    falling = [level(day, 100 - day) for day in range(30)]
    assert "no level" in forecast([], 0, now(1)).reason
    assert "no level" in forecast([level(1, None)], 0, now(1)).reason
    assert "few days" in forecast(falling[:5], 0, now(5)).reason
    assert (
        "few changes" in forecast([level(d, 50.0 - (d > 5)) for d in range(20)], 0, now(19)).reason
    )
    assert "older" in forecast(falling, 0, now(60)).reason
    flat = [level(day, 50.0 + day % 2) for day in range(30)]
    assert "does not fall" in forecast(flat, 0, now(29)).reason
    assert forecast(falling[:5], 0, now(5)).days is None


def test_only_what_is_in_it_now_counts() -> None:
    former = [level(day, 60.0 - 5 * day) for day in range(10)]
    new = [level(10 + day, 100.0 - day) for day in range(20)]
    ((_, since),) = replacements([*former, *new])
    assert since == new[0].at
    assert forecast([*former, *new], since, now(30)).days == 81.0


def test_a_replacement_is_a_rise_to_nearly_full_or_another_serial() -> None:
    def names(*values: str | None) -> list[Run]:
        return [Run(BEGIN + n * DAY, BEGIN + n * DAY, value) for n, value in enumerate(values)]

    levels = [level(0, 20.0), level(1, None), level(2, 98.0), level(3, 97.0)]
    assert replacements(levels) == [(levels[0].until, levels[2].at)]
    assert replacements([level(0, 20.0), level(1, 45.0)]) == []  # a shaken cartridge
    assert replacements([level(0, 85.0), level(1, 100.0)]) == []
    assert len(replacements([], names("A", "A", "B"))) == 1
    assert len(replacements([], names("A", None, "A"))) == 0
    assert len(replacements(levels, names("A", "A", "B"))) == 1  # one change, told twice
