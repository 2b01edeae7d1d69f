"""Conditions that last, and what becomes of a device: new, moved, offline, stale, back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.identity import Endpoint, Identity
from core.model.reading import DeviceState
from core.model.rule import Back, ConditionLasting, Moved, NewDevice, Offline, Only, Stale
from core.telemetry.rules.memory import Limits
from tests.support.judged import DAY, DEVICE, HOUR, MINUTE, Judged, read, rule

JAMMED = read(conditions=["jammed"], state="error")
FINE = read()


def test_a_condition_is_told_when_it_has_lasted_and_once() -> None:
    judged = Judged(rule(ConditionLasting(("jammed",), (), 15)))
    assert judged.raised(JAMMED) == []
    assert judged.raised(JAMMED, after=14 * MINUTE) == []
    assert judged.raised(JAMMED, after=MINUTE) == ["Jammed for 15 minutes."]
    assert judged.raised(JAMMED, after=DAY) == []
    assert judged.visit(FINE).cleared
    assert judged.raised(JAMMED) == []


def test_a_condition_that_came_and_went_begins_anew() -> None:
    judged = Judged(rule(ConditionLasting(("jammed",), (), 60)))
    assert [judged.raised(r, after=40 * MINUTE) for r in (JAMMED, FINE, JAMMED)] == [[], [], []]
    assert judged.raised(JAMMED, after=59 * MINUTE) == []
    assert len(judged.raised(JAMMED, after=MINUTE)) == 1


def test_at_once_and_by_state() -> None:
    judged = Judged(rule(ConditionLasting((), (DeviceState.ERROR,), 0)))
    assert judged.raised(JAMMED) == ["The printer is in the state error."]


def test_a_clock_that_is_set_back_lets_nothing_last_longer() -> None:
    judged = Judged(rule(ConditionLasting(("jammed",), (), 60)))
    judged.visit(JAMMED)
    # A year back, then on: an hour is counted from there.
    assert judged.raised(JAMMED, after=-365 * DAY) == []
    assert judged.raised(JAMMED, after=59 * MINUTE) == []
    assert len(judged.raised(JAMMED, after=MINUTE)) == 1


def test_a_missed_visit_leaves_conditions_as_they_were() -> None:
    judged = Judged(rule(ConditionLasting(("jammed",), (), 0)))
    judged.visit(JAMMED)
    said = judged.visit(None)
    assert (said.raised, said.cleared) == ((), ())
    assert judged.raised(JAMMED) == []


def test_offline_after_the_set_number_of_misses_and_once() -> None:
    judged = Judged(rule(Offline()), limits=Limits(offline_after=3))
    judged.visit(read(state="sleep"))
    assert [bool(judged.raised(None)) for _ in range(5)] == [False, False, True, False, False]
    assert judged.memory.offline
    assert judged.visit(FINE).cleared
    assert not judged.memory.offline
    # Misses that are not in a row are none.
    for taken in (None, None, FINE, None, None, FINE):
        assert judged.raised(taken) == []


def test_what_a_search_sees_is_no_miss_and_no_reading() -> None:
    judged = Judged(rule(Offline()))
    judged.visit(FINE)
    judged.visit(None)
    judged.visit(None, what="seen")
    assert judged.memory.misses == 1
    assert judged.raised(None) == ["The printer did not answer 2 times in a row: it is offline."]


def test_stale_after_weeks_then_back() -> None:
    judged = Judged(rule(Stale()), rule(Back(), id="back"), limits=Limits(2, 42))
    judged.visit(FINE)
    said = [judged.raised(None, after=DAY) for _ in range(45)]
    assert [number for number, texts in enumerate(said, 1) if texts] == [42]
    assert judged.memory.stale
    last = judged.visit(FINE)
    assert [item.rule for item in last.raised] == ["back"]
    assert [item.rule for item in last.cleared] == ["r"]
    assert not judged.memory.stale


def test_weeks_without_a_visit_make_nothing_stale_before_it_was_asked() -> None:
    judged = Judged(rule(Stale()))
    judged.visit(FINE)
    assert judged.raised(None, what="reviewed", after=60 * DAY) == []
    assert judged.raised(None) == []
    assert len(judged.raised(None)) == 1


def test_what_is_only_listed_becomes_stale_by_the_review() -> None:
    judged = Judged(rule(Stale()))
    listed = replace(DEVICE, managed=False)
    judged.visit(FINE, device=listed)
    assert judged.raised(None, what="reviewed", after=41 * DAY, device=listed) == []
    assert len(judged.raised(None, what="reviewed", after=DAY, device=listed)) == 1


def test_back_after_being_offline_and_not_after_one_miss() -> None:
    judged = Judged(rule(Back()))
    for taken in (FINE, None, FINE):
        assert judged.raised(taken) == []
    for taken in (None, None):
        judged.visit(taken)
    (text,) = judged.raised(FINE)
    assert text == "The printer answers again."


def test_new_and_moved() -> None:
    judged = Judged(rule(NewDevice(), id="new"), rule(Moved(), id="moved"))
    (item,) = judged.visit(None, what="found").raised
    assert (item.rule, item.text) == ("new", "A new printer was found at 10.0.0.1:161: HP M1.")
    elsewhere = replace(DEVICE, endpoint=Endpoint("10.0.0.9"))
    (item,) = judged.visit(None, what="moved", device=elsewhere).raised
    assert item.facts == {"before": "10.0.0.1", "after": "10.0.0.9"}
    assert judged.raised(FINE, device=elsewhere) == []


def test_what_the_first_search_finds_is_no_news() -> None:
    judged = Judged(rule(NewDevice()))
    assert judged.raised(None, what="found", first_search=True) == []


@pytest.mark.parametrize(
    ("only", "raised"),
    [
        (Only(), True),
        (Only(devices=("d1",)), True),
        (Only(devices=("d2",)), False),
        (Only(vendors=("hp", "Canon")), True),
        (Only(vendors=("Canon",)), False),
        (Only(segments=("office",)), True),
        (Only(segments=("lab",), vendors=("HP",)), False),
    ],
)
def test_a_rule_for_some_devices(only: Only, raised: bool) -> None:
    judged = Judged(rule(ConditionLasting(("jammed",), (), 0), only=only))
    assert bool(judged.raised(JAMMED)) is raised


def test_what_a_rule_raised_is_over_when_the_rule_is() -> None:
    standing = rule(ConditionLasting(("jammed",), (), 0))
    judged = Judged(standing)
    judged.visit(JAMMED)
    judged.rules = (replace(standing, enabled=False),)
    assert [item.rule for item in judged.visit(JAMMED).cleared] == ["r"]
    judged.rules = (standing,)
    assert len(judged.raised(JAMMED, after=HOUR)) == 1
    judged.rules = (rule(ConditionLasting(("no_paper",), (), 0)),)
    assert judged.visit(JAMMED).cleared


def test_a_new_device_is_called_by_its_vendor_once() -> None:
    assert Identity("Konica Minolta", "KONICA MINOLTA C250i").called == "KONICA MINOLTA C250i"
    assert Identity("HP", "M1").called == "HP M1"
    assert (Identity("HP").called, Identity().called) == ("HP", "")
