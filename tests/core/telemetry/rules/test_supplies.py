"""Supplies: low, empty, replaced, replaced early; what is no level raises nothing."""

from __future__ import annotations

import pytest

from core.model.reading import LevelState, SupplyKind
from core.model.rule import SupplyEmpty, SupplyLow, SupplyReplaced, SupplyReplacedEarly
from tests.support.judged import Judged, read, rule, supply

LOW = rule(SupplyLow(10, 5))


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((50, 10, 9, 8), ("", "raised", "", "")),
        ((9,), ("raised",)),
        ((9, 11, 14, 15, 10), ("raised", "", "", "cleared", "raised")),
        ((9, 11, 9, 11, 9, 11), ("raised", "", "", "", "", "")),  # flapping about the threshold
        ((None, None), ("", "")),
        ((9, None, 9), ("raised", "", "")),  # nobody knows: nothing changes
        ((50, None, 50), ("", "", "")),
        ((11, 12, 11), ("", "", "")),
        ((40, 0, 0, 100), ("", "raised", "", "cleared")),
    ],
)
def test_low(levels: tuple[float | None, ...], said: tuple[str, ...]) -> None:
    assert tuple(Judged(LOW).levels(*levels)) == said


def test_low_says_level_and_threshold() -> None:
    (item,) = Judged(LOW).visit(read(supply(8.0))).raised
    assert item.text == "Black toner is at 8 %."
    assert item.facts == {"level_percent": 8.0, "threshold": 10.0}
    assert (item.rule, item.kind, item.subject) == ("r", "supply_low", "supplies[1.1]")
    assert item.lasting
    assert item.open


def test_the_printers_own_word_counts_where_there_is_no_level() -> None:
    judged = Judged(LOW)
    assert judged.raised(read(supply(None, "low"))) == [
        "Black toner is low; the printer gives no figure."
    ]
    assert judged.raised(read(supply(None, "low"))) == []
    assert judged.visit(read(supply(None, "ok"))).cleared


def test_thresholds_are_per_kind_and_colour() -> None:
    of_black = rule(SupplyLow(30, 5, colors=("Black",)), id="black")
    of_drums = rule(SupplyLow(60, 5, (SupplyKind.DRUM,)), id="drums")
    cyan = supply(20.0, index="1.2", color="cyan")
    drum = supply(50.0, index="1.3", kind=SupplyKind.DRUM, color=None)
    said = Judged(of_black, of_drums).visit(read(supply(20.0), cyan, drum)).raised
    assert [(item.rule, item.subject) for item in said] == [
        ("black", "supplies[1.1]"),
        ("drums", "supplies[1.3]"),
    ]


def test_a_threshold_near_the_top_can_still_clear() -> None:
    assert Judged(rule(SupplyLow(98, 50))).levels(90, 100) == ["raised", "cleared"]


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((5, 0, 0), ("", "raised", "")),
        ((0, 1, 0, 2), ("raised", "", "", "")),
        ((0, 3, 0), ("raised", "cleared", "raised")),
        ((0, None, 100), ("raised", "", "cleared")),
        ((None, None), ("", "")),
    ],
)
def test_empty(levels: tuple[float | None, ...], said: tuple[str, ...]) -> None:
    assert tuple(Judged(rule(SupplyEmpty(3))).levels(*levels)) == said


def test_empty_by_the_printers_word() -> None:
    judged = Judged(rule(SupplyEmpty()))
    assert judged.raised(read(supply(None, "empty"))) == ["Black toner is empty."]
    assert judged.visit(read(supply(None, "some_remaining"))).cleared == ()
    assert judged.visit(read(supply(None, "low"))).cleared


@pytest.mark.parametrize(
    ("levels", "times"),
    [
        ((5, 100), 1),
        ((5, 100, 99, 5, 98), 2),
        ((90, 100), 0),  # too small a rise
        ((5, 30), 0),  # not full enough: shaken, or read anew
        ((100, 5), 0),
        ((None, 100), 0),  # never known before
        ((None, None, 100, 100), 0),
        ((5, None, 100), 1),  # 5 % is the last that was known
        ((100,), 0),
    ],
)
def test_replaced(levels: tuple[float | None, ...], times: int) -> None:
    assert Judged(rule(SupplyReplaced(20, 50))).levels(*levels).count("raised") == times


def test_replaced_says_what_was_and_what_is() -> None:
    judged = Judged(rule(SupplyReplaced()))
    judged.visit(read(supply(5.0, serial="A")))
    (item,) = judged.visit(read(supply(100.0, serial="B"))).raised
    assert item.text == "Black toner was replaced: 5 % before, 100 % now."
    assert item.facts["serial_before"] == "A"
    assert item.facts["serial_after"] == "B"
    assert not item.lasting


def test_another_serial_is_another_cartridge_whatever_the_level() -> None:
    judged = Judged(rule(SupplyReplaced()))
    judged.visit(read(supply(60.0, serial="A")))
    assert judged.raised(read(supply(55.0, serial=None))) == []
    assert len(judged.raised(read(supply(40.0, serial="B")))) == 1
    assert judged.raised(read(supply(None, "some_remaining", serial="B"))) == []


def test_a_row_that_became_another_supply_is_no_replacement() -> None:
    judged = Judged(rule(SupplyReplaced()))
    judged.visit(read(supply(5.0)))
    assert judged.raised(read(supply(100.0, color="cyan"))) == []


def test_replaced_early() -> None:
    judged = Judged(rule(SupplyReplacedEarly(above=20)))
    assert judged.levels(20, 100, 35, 100) == ["", "", "", "raised"]
    assert judged.said[-1].raised[0].text == "Black toner was replaced early: 35 % was left."


@pytest.mark.parametrize("state", [LevelState.SOME_REMAINING, LevelState.UNKNOWN])
def test_a_number_beside_an_unknown_state_is_no_level(state: LevelState) -> None:
    every = [rule(kind(), id=kind.__name__.lower()) for kind in (SupplyLow, SupplyEmpty)]
    judged = Judged(*every)
    assert judged.raised(read(supply(0.0, state.value))) == []


def test_two_rows_of_one_number_raise_once() -> None:
    assert len(Judged(LOW).raised(read(supply(5.0), supply(4.0)))) == 1
