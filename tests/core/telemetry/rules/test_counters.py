"""Meters: fell, jumped, volumes, sums that disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.provenance import Provenance, Source
from core.model.reading import Reading
from core.model.rule import CounterFell, CounterJumped, MetersDisagree, VolumeReached
from tests.support.judged import HOUR, Judged, read, rule


def test_fell_once_a_fall_with_both_values() -> None:
    judged = Judged(rule(CounterFell()))
    assert judged.raised(read(total=76_064, scan=5)) == []
    (item,) = judged.visit(read(total=900, scan=5)).raised
    assert item.text == "The meter total fell from 76,064 to 900."
    assert item.facts == {"before": 76_064, "after": 900}
    assert judged.raised(read(total=901)) == []


def test_a_meter_that_is_missing_in_between_is_compared_with_its_last_value() -> None:
    judged = Judged(rule(CounterFell(("total",))))
    for taken in (read(total=100, mono=50), read(mono=40)):
        assert judged.raised(taken) == []
    assert len(judged.raised(read(total=99))) == 1


@pytest.mark.parametrize(
    ("before", "after", "seconds", "raised"),
    [
        (100, 100 + 400 * 60 + 1000, HOUR, False),
        (100, 101 + 400 * 60 + 1000, HOUR, True),
        (100, 1100, 0, False),
        (100, 1101, 0, True),
        (100, 10**8, -HOUR, False),  # the clock was set back: nobody knows how long it was
        (100, 50, HOUR, False),
    ],
)
def test_jumped(before: int, after: int, seconds: float, raised: bool) -> None:
    judged = Judged(rule(CounterJumped(400, 1000)))
    judged.visit(read(total=before))
    assert bool(judged.raised(read(total=after), after=seconds)) is raised


def test_jumped_explains() -> None:
    judged = Judged(rule(CounterJumped(400, 1000)))
    judged.visit(read(total=100))
    (item,) = judged.visit(read(total=900_100)).raised
    assert item.text == (
        "The meter total rose from 100 to 900,100 in 60 minutes; "
        "400 pages a minute would be 25,000 at most."
    )
    assert item.facts == {"before": 100, "after": 900_100, "minutes": 60.0, "most": 25_000}


@pytest.mark.parametrize(
    ("totals", "raised"),
    [
        ((999, 1000, 1001), (False, True, False)),
        ((999, 1000, 999, 1000, 1999, 2000), (False, True, False, False, False, True)),
        ((1500, 1600), (False, False)),  # behind it before it was first seen
        ((900, 5100, 5900), (False, True, False)),  # several at once are told once
        ((5900, 10, 1010), (False, False, True)),  # a count that begins anew
    ],
)
def test_each_thousand(totals: tuple[int, ...], raised: tuple[bool, ...]) -> None:
    judged = Judged(rule(VolumeReached(every=1000)))
    assert tuple(bool(judged.raised(read(total=value))) for value in totals) == raised


def test_a_volume_once() -> None:
    judged = Judged(rule(VolumeReached(at=1000)))
    said = [judged.raised(read(total=value)) for value in (10, 1000, 5000, 10, 1000)]
    assert [len(texts) for texts in said] == [0, 1, 0, 0, 0]
    assert said[1] == ["The meter total passed 1,000: it is 1,000."]


def test_a_volume_that_was_changed_counts_anew() -> None:
    judged = Judged(rule(VolumeReached(at=1000)))
    judged.visit(read(total=900))
    judged.visit(read(total=1100))
    judged.rules = (rule(VolumeReached(at=2000)),)
    assert judged.raised(read(total=1200)) == []
    assert len(judged.raised(read(total=2200))) == 1


def test_a_meter_that_is_not_known_reaches_nothing() -> None:
    judged = Judged(rule(VolumeReached("color", every=10)))
    assert judged.raised(read(total=100)) == []
    assert judged.raised(read(total=200)) == []


def test_sums_that_disagree_once_until_they_agree() -> None:
    judged = Judged(rule(MetersDisagree()))
    wrong = "total is 100, but mono 40 + color 50 is 90."
    (item,) = judged.visit(read(total=100, notes=[wrong])).raised
    assert item.text == "Total is 100, but mono 40 + color 50 is 90."
    assert item.facts == {"said": 100, "sum": 90}
    assert item.subject == "meters.total"
    worse = "total is 101, but mono 40 + color 50 is 90."
    assert judged.raised(read(total=101, notes=[worse])) == []
    assert judged.visit(read(mono=1)).cleared == ()  # the total is not told: nobody knows
    assert judged.visit(read(total=102)).cleared
    assert len(judged.raised(read(total=103, notes=[worse]))) == 1


def _from(place: str, **meters: int) -> Reading:
    origin = Provenance(Source.SNMP, (place,), ("0",), f"rule of {place}")
    return replace(read(**meters), provenance={f"meters.{name}": origin for name in meters})


def test_what_is_read_from_elsewhere_is_not_compared() -> None:
    judged = Judged(
        rule(CounterFell(), id="f"),
        rule(CounterJumped(1, 1), id="j"),
        rule(VolumeReached("total", every=1000), id="v"),
    )
    for place, total in (("1.2", 76_064), ("1.3", 99_498), ("1.2", 76_066)):
        assert judged.raised(_from(place, total=total)) == [], place
    (item,) = judged.visit(_from("1.2", total=900)).raised
    assert item.text == "The meter total fell from 76,066 to 900."


def test_what_was_remembered_without_its_origin_is_compared() -> None:
    judged = Judged(rule(CounterFell()))
    judged.visit(read(total=100))
    assert len(judged.raised(_from("1.2", total=99))) == 1
