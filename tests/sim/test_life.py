"""A printer's life: the same for the same seed, counters that grow, supplies that come and go."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.alerts import JAM, SLEEP, TRAY_EMPTY, WARNING, Condition, error_state
from sim.life import DAY, Life, Situation
from sim.spec import Spec, load_specs

SPECS = load_specs()
MFP, MONO = SPECS["kyocera-taskalfa-2554ci"], SPECS["hp-laserjet-m507"]


def picture(life: Life) -> tuple[object, ...]:
    return (
        sorted(life.counts.items()),
        life.supplies,
        life.replaced,
        life.trays,
        life.alerts,
        life.alert_events,
        life.printing,
        life.asleep,
    )


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 5 * DAY), max_size=40), st.sampled_from(sorted(SPECS)))
def test_it_does_not_matter_who_looks_and_when(looks: list[float], name: str) -> None:
    seen, unseen = Life(SPECS[name], "7"), Life(SPECS[name], "7")
    for moment in sorted(looks):
        seen.advance(moment)
    seen.advance(5 * DAY)
    unseen.advance(5 * DAY)
    assert picture(seen) == picture(unseen)


def test_another_seed_is_another_life() -> None:
    assert picture(Life(MFP, "1")) != picture(Life(MFP, "2"))


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_counters_only_grow_and_do_grow(spec: Spec) -> None:
    life = Life(spec, "3")
    first = dict(life.counts)
    before = dict(first)
    for hour in range(1, 72):
        life.advance(hour * 3600)
        assert all(life.counts[name] >= before[name] for name in before)
        before = dict(life.counts)
    assert life.counts["print_mono"] > first["print_mono"]


def test_time_does_not_run_backwards() -> None:
    life = Life(MFP, "3")
    life.advance(DAY)
    then = picture(life)
    life.advance(10)
    assert picture(life) == then
    assert life.now == DAY


def test_supplies_fall_run_out_and_are_replaced() -> None:
    life = Life(MONO, "5")
    start, levels, texts = life.replaced[0], [life.supplies[0]], set()
    for hour in range(1, 24 * 60):
        life.advance(hour * 900)
        levels.append(life.supplies[0])
        texts |= {condition.code for condition in life.conditions}
    assert min(levels) < 0.1
    assert life.replaced[0] > start
    rises = [after for before, after in pairwise(levels) if after > before]
    assert rises
    assert all(rise > 0.9 for rise in rises)
    assert 1104 in texts


def test_a_jam_stops_it_until_somebody_comes() -> None:
    life = Life(MFP, "1", Situation.JAM)
    total = sum(life.counts.values())
    assert life.stopped
    assert JAM in life.conditions
    life.advance(3600)
    assert life.stopped
    assert sum(life.counts.values()) == total
    life.advance(2 * DAY)
    assert sum(life.counts.values()) > total


def test_each_situation_can_be_seen_from_the_beginning() -> None:
    def codes(situation: Situation) -> set[int]:
        return {condition.code for condition in Life(MONO, "1", situation).conditions}

    assert codes(Situation.NORMAL) == set()
    assert codes(Situation.LOW) == {1104}
    assert codes(Situation.EMPTY) == {1101}
    assert codes(Situation.TRAY) == {808}
    assert codes(Situation.JAM) == {8}
    assert codes(Situation.SLEEPING) == {SLEEP.code}
    assert Life(MONO, "1", Situation.SLEEPING).asleep
    assert not Life(MONO, "1").asleep


def test_alerts_come_and_go_and_are_counted() -> None:
    life = Life(SPECS["ricoh-im-c2510"], "4")
    events, seen = life.alert_events, set()
    for quarter in range(4 * 24 * 10):
        life.advance(quarter * 900)
        seen |= {alert.index for alert in life.alerts}
    assert len(seen) > 3
    assert life.alert_events - events >= len(seen)
    assert life.critical_events <= life.alert_events


def test_an_idle_printer_falls_asleep_and_a_job_wakes_it() -> None:
    life, changes, asleep = Life(MFP, "1"), [], False
    for minute in range(3 * 24 * 60):
        life.advance(minute * 60)
        if life.asleep != asleep:
            asleep = life.asleep
            changes.append(asleep)
            assert (SLEEP in life.conditions) == asleep
        if asleep:
            (alert,) = life.alerts
            assert alert.since <= life.now
    assert changes[:4] == [True, False, True, False]


def test_the_error_state_has_its_bits_in_network_order() -> None:
    empty = Condition(WARNING, 8, 1, 808, "", TRAY_EMPTY)
    assert error_state([], 1) == b"\x00"
    assert error_state([], 2) == b"\x00\x00"
    assert error_state([JAM], 1) == b"\x04"
    assert error_state([JAM, empty], 1) == b"\x04\x04"
    assert error_state([SLEEP], 1) == b"\x00"
